"""Both catalogues are whole: every word of code and templates, translated, compiled as it stands.

Read without GNU gettext, so that the suite needs none: `make messages` does.
"""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache

import pytest
from django.template import Context, Engine, Template
from django.template.base import FilterExpression
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils import translation

from releases.templatetags import dates
from tests.house.source import ROOT, Source, below, called, files, imports, written

CATALOGUES = {"es": "es", "pt-br": "pt_BR"}
#: Django's translation functions, each with what its first arguments are.
FUNCTIONS = {
    "gettext": ("msgid",),
    "gettext_lazy": ("msgid",),
    "gettext_noop": ("msgid",),
    "ngettext": ("msgid", "plural"),
    "ngettext_lazy": ("msgid", "plural"),
    "pgettext": ("context", "msgid"),
    "pgettext_lazy": ("context", "msgid"),
    "npgettext": ("context", "msgid", "plural"),
    "npgettext_lazy": ("context", "msgid", "plural"),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]")
KEYWORD = re.compile(r"(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) (\".*\")")


@dataclass(frozen=True)
class Message:
    """What a catalogue is asked for."""

    msgid: str
    plural: str = ""
    context: str = ""


@dataclass
class Entry:
    """One entry of a .po file: its fields by keyword, and whether a person has yet to look."""

    fields: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def message(self) -> Message:
        return Message(
            self.fields["msgid"],
            self.fields.get("msgid_plural", ""),
            self.fields.get("msgctxt", ""),
        )

    @property
    def strings(self) -> list[str]:
        return [text for name, text in self.fields.items() if name.startswith("msgstr")]


def entries(text: str) -> list[Entry]:
    """Read a .po file (GNU gettext manual, 'The Format of PO Files'); its header comes first."""
    found: list[Entry] = []
    for block in re.split(r"\n\s*\n", text):
        entry, name = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,"):
                entry.fuzzy |= "fuzzy" in line
            elif start := KEYWORD.fullmatch(line):
                name = start[1]
                entry.fields[name] = ast.literal_eval(start[2])
            elif line.startswith('"'):
                entry.fields[name] += ast.literal_eval(line)
        if entry.fields:
            found.append(entry)
    return found


@cache
def catalogue(locale: str) -> list[Entry]:
    path = ROOT / "locale" / locale / "LC_MESSAGES" / "django.po"
    return entries(path.read_text(encoding="utf-8"))


def said_in_code(source: Source) -> Iterator[Message]:
    """Every message that a module asks for; an argument that is no plain text is an error."""
    names = {
        one.bound: one.name for one in imports(source) if one.module == "django.utils.translation"
    }
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call):
            continue
        function = names.get(called(node)) if isinstance(node.func, ast.Name) else called(node)
        if function in FUNCTIONS:
            asked = zip(FUNCTIONS[function], node.args, strict=False)
            yield Message(**{name: ast.literal_eval(argument) for name, argument in asked})


def said_in_template(source: Source) -> Iterator[Message]:
    """Every message that a template asks for."""
    nodes = Template(source.text, engine=Engine.get_default()).nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        yield Message(node.filter_expression.var.literal, context=_plain(node.message_context))
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        msgid = node.render_token_list(node.singular)[0]
        yield Message(msgid, plural, _plain(node.message_context))


def _plain(context: FilterExpression | None) -> str:
    return str(context.resolve(Context())) if context else ""


def borrowed(locale: str) -> Iterator[Message]:
    """Messages of Django's own that we say better."""
    path = ROOT / "locale" / f"months.{locale}.po"
    if path.exists():
        yield from (one.message for one in entries(path.read_text(encoding="utf-8"))[1:])


def said() -> set[Message]:
    """Everything that code and templates say."""
    templates = below("templates", ".html", ".xml", ".txt")
    return {one for source in written() for one in said_in_code(source)} | {
        one for source in templates for one in said_in_template(source)
    }


@pytest.fixture(params=CATALOGUES.values())
def locale(request) -> str:
    return request.param


def test_the_catalogue_holds_what_is_said_and_nothing_else(locale):
    kept = {entry.message for entry in catalogue(locale)[1:]}
    wanted = said() | set(borrowed(locale))
    assert len(wanted) > 200
    assert (wanted - kept, kept - wanted) == (set(), set()), "run: make messages"


def test_every_entry_is_translated_by_a_person(locale):
    header, *rest = catalogue(locale)
    forms = int(re.search(r"nplurals=(\d)", header.fields["msgstr"])[1])
    for entry in rest:
        assert not entry.fuzzy, entry
        assert all(text.strip() for text in entry.strings), entry
        assert len(entry.strings) == (forms if entry.message.plural else 1), entry


def test_placeholders_ends_and_breaks_match(locale):
    for entry in catalogue(locale)[1:]:
        originals = [marks(one) for one in (entry.message.msgid, entry.message.plural) if one]
        assert all(marks(text) in originals for text in entry.strings), entry


def marks(text: str) -> tuple[list[str], str, bool]:
    """What a translation may not change: placeholders, the last ellipsis or colon, outer space."""
    last = text[-1] if text.endswith(("…", ":")) else ""
    return sorted(PLACEHOLDER.findall(text)), last, text == text.strip()


def test_no_message_stands_twice(locale):
    keys = [(entry.message.context, entry.message.msgid) for entry in catalogue(locale)]
    assert len(keys) == len(set(keys))


def test_the_compiled_catalogue_is_the_readable_one(locale):
    """A .mo (GNU gettext manual, 'The Format of GNU MO Files') holds the same, all but one date."""
    with (ROOT / "locale" / locale / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        found = gettext.GNUTranslations(compiled)._catalog
    expected = {key: text for entry in catalogue(locale) for key, text in as_compiled(entry)}
    assert found == expected, "run: make messages"


def as_compiled(entry: Entry) -> Iterator[tuple[str | tuple[str, int], str]]:
    """An entry as Python's reader of .mo files keeps it: one row for each plural form."""
    message = entry.message
    key = f"{message.context}\x04{message.msgid}" if message.context else message.msgid
    for number, text in enumerate(entry.strings):
        text = re.sub(r"POT-Creation-Date: .*\n", "", text) if not key else text
        yield ((key, number) if message.plural else key), text


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [
        ("en", "March 4, 2026", "March 4, 2026, 2:30 p.m. EST"),
        ("es", "4 de marzo de 2026", "4 de marzo de 2026, 14:30 EST"),
        ("pt-br", "4 de março de 2026", "4 de março de 2026, 14:30 EST"),
    ],
)
def test_dates_are_written_as_each_language_does(language, day, moment):
    at = datetime(2026, 3, 4, 19, 30, tzinfo=UTC)
    with translation.override(language):
        assert dates.day(date(2026, 3, 4)) == f'<time datetime="2026-03-04">{day}</time>'
    assert shown("_moment.html", language, moment=at) == moment


def shown(template: str, language: str, **values: object) -> str:
    """A small template's text as readers of `language` see it."""
    with translation.override(language):
        markup = Engine.get_default().get_template(f"newsroom/{template}").render(Context(values))
    return re.sub(r"<[^>]*>", "", markup).strip()


def test_messages_are_found_wherever_they_are_said():
    code = Source(
        "releases/a.py",
        "from django.utils.translation import gettext as _, npgettext\n"
        "from django.utils import translation\n"
        "_('a' 'b') + npgettext('c', 'one', 'many', n) + translation.gettext('d')\n"
        "for _x in other('no'): ...",
    )
    page = Source(
        "templates/a.html",
        "{% load i18n %}{% if x %}{% translate 'a' %}{% else %}"
        "<p title=\"{% translate 'b' context 'c' as d %}\">"
        "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days"
        "{% endblocktranslate %}{% endif %}",
    )
    assert set(said_in_code(code)) == {
        Message("ab"),
        Message("one", "many", "c"),
        Message("d"),
    }
    assert set(said_in_template(page)) == {
        Message("a"),
        Message("b", context="c"),
        Message("%(n)s day", "%(n)s days"),
    }


def test_a_po_file_is_read_as_gettext_does():
    text = (
        'msgid ""\nmsgstr "Language: es\\n"\n\n'
        '#, fuzzy, python-format\nmsgctxt "c"\nmsgid "a"\nmsgid_plural ""\n"as"\n'
        'msgstr[0] "\\"á\\""\nmsgstr[1] "b\\\\d"\n\n#~ msgid "gone"\n#~ msgstr "ido"\n'
    )
    header, entry = entries(text)
    assert header.strings == ["Language: es\n"]
    assert entry.fuzzy
    assert entry.message == Message("a", "as", "c")
    assert entry.strings == ['"á"', "b\\d"]


def test_every_language_of_the_newsroom_has_its_catalogue(settings):
    others = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert others == set(CATALOGUES)
    compiled = {one.parent.parent.name for one in (ROOT / "locale").glob("*/*/django.mo")}
    assert compiled == set(CATALOGUES.values())
    assert {one.path.split("/")[1] for one in files("django.po")} == compiled
