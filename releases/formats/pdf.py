"""A PDF for people and screen readers alike: typeset, tagged, bookmarked (PDF/UA-1, ISO 14289-1).

`release.typ` is the page; what it says goes there as data, so no word of a release is ever read as
Typst's markup. The typesetter sees one folder, which holds the release's own pictures and nothing
else: no network, no packages, no fonts but those that it brings and those of `fonts/` (Arabic,
Chinese, Japanese, emoji).
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.elements import Node, is_block
from releases.formats.pictures import for_page
from releases.formats.shape import Facts, Figure, Format, Person, note_heading, opened
from releases.html import one_line

PAGE = Path(__file__).with_name("release.typ")
FONTS = Path(__file__).with_name("fonts")
#: The width of the text, in points; a picture is never shown wider, nor finer than the screen's.
WIDTH = 445
#: What the typesetter says of letters that none of its fonts has.
NO_LETTER = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
ROUNDS = 8
#: What is no letter: controls and lone surrogates, and what chooses how a sign looks. Arabic
#: letters and emoji keep what joins them.
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufffe\uffff]"
    "|[\U000e0000-\U000e01ef]|(?<![\u0600-\u06ff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)


def write(facts: Facts) -> bytes:
    """Return the release as a PDF. Raises typst.TypstError where it cannot be set."""
    with TemporaryDirectory(prefix="press-pdf-") as folder:
        said = _release(facts, _pictures(facts.figures, Path(folder)))
        missing: set[str] = set()
        for _round in range(ROUNDS):
            try:
                return _set(_shown(said, missing.__contains__), folder, facts)
            except typst.TypstError as error:
                found = set(_without_letters(error.diagnostic))
                if not found - missing:
                    break
                missing |= found
        return _set(_shown(said, _unsure), folder, facts)


def _set(said: Any, folder: str, facts: Facts) -> bytes:
    compiler = typst.Compiler(
        PAGE.read_bytes(),
        root=folder,
        font_paths=_fonts(),
        sys_inputs={"release": json.dumps(said)},
        package_path=folder,
        package_cache_path=folder,
    )
    made = compiler.compile(
        format="pdf", pdf_standards=["ua-1"], timestamp=int(facts.changed.timestamp())
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter returned no file")
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the typesetter's own fonts and ours, so that every machine sets the same page."""
    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def _without_letters(error: str) -> Iterator[str]:
    """Give the characters that an error names."""
    for text in NO_LETTER.findall(error):
        yield from ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)


def _unsure(character: str) -> bool:
    """Return whether a character is none of those that the fonts are sure to have."""
    return ord(character) > 0x17F and character not in "–—‘’“”…•·"


def _shown(said: Any, missing: Callable[[str], bool]) -> Any:
    """Return the same data with a stand-in for each character that no font has."""
    if isinstance(said, str):
        joined = UNSEEN.sub("", said)
        return "".join(_stand_in(one) if missing(one) else one for one in joined)
    if isinstance(said, list):
        return [_shown(one, missing) for one in said]
    if isinstance(said, dict):
        return {name: _shown(value, missing) for name, value in said.items()}
    return said


def _stand_in(character: str) -> str:
    """Return a sign's name in brackets ("[party popper]"), an empty box for a letter."""
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf", "Cc"):
        return ""
    name = unicodedata.name(character, "") if category.startswith("S") else ""
    return f"[{name.lower()}]" if name else "□"


def _pictures(figures: Sequence[Figure], folder: Path) -> list[dict[str, Any]]:
    """Put the pictures into the typesetter's folder; return what the page says of each."""
    found = []
    for number, figure in enumerate(figures):
        suffix, data = for_page(figure)
        name = f"{number}{suffix}"
        (folder / name).write_bytes(data)
        width = min(WIDTH, 0.75 * figure.width)
        alt = one_line(figure.alt)
        found.append({"path": name, "width": width, "alt": alt, "words": figure.words})
    return found


def _release(facts: Facts, figures: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the page says, as plain data."""
    language, _hyphen, region = facts.language.partition("-")
    return {
        "title": one_line(facts.headline),
        "author": facts.office.full_name,
        "summary": one_line(facts.summary) or one_line(facts.headline),
        "keywords": [one_line(topic.name) for topic in facts.topics],
        "date": [facts.dated.year, facts.dated.month, facts.dated.day],
        "lang": language,
        "region": region.upper() or None,
        "paper": "us-letter" if facts.language == "en" else "a4",
        "top": facts.release_line,
        "record": facts.record_line,
        "page": facts.page,
        "kicker": facts.kicker,
        "topics": " · ".join(one_line(topic.name) for topic in facts.topics),
        "headline": one_line(facts.headline),
        "subhead": one_line(facts.subhead),
        "day": facts.day,
        "people": _("People to call"),
        "contacts": [_person(one) for one in facts.contacts],
        "body": _Levels().blocks(opened(facts).children),
        "figures": figures,
        "files_heading": _("Files"),
        "files": [{"href": one.address, "said": one.line} for one in facts.documents],
        "notes": [{"heading": note_heading(one), "text": one.text} for one in facts.notes],
        "about_heading": facts.about_heading,
        "about": [one for one in facts.office.about.splitlines() if one.strip()],
    }


def _person(person: Person) -> dict[str, Any]:
    ways = (
        (f"tel:{person.phone}", person.phone_display),
        (f"tel:{person.mobile}", person.mobile_display),
        (f"mailto:{person.email}", person.email),
    )
    named = [{"href": href, "said": said} for href, said in ways if said]
    return {"name": one_line(person.name), "role": one_line(person.role), "ways": named}


class _Levels:
    """Rich text as data for the page; no heading skips a level (PDF/UA-1, 7.4.2)."""

    def __init__(self) -> None:
        self.level = 1

    def blocks(self, children: Sequence[Node | str]) -> list[dict[str, Any]]:
        """Return blocks; running text between them is a paragraph of its own."""
        found: list[dict[str, Any]] = []
        line: list[Node | str] = []
        for child in [*children, Node("hr")]:
            if not (isinstance(child, Node) and is_block(child)):
                line.append(child)
                continue
            if any(not isinstance(one, str) or one.strip() for one in line):
                found.append({"role": "paragraph", "children": _running(line)})
            line = []
            found.append(self._block(child))
        return found[:-1]

    def _block(self, node: Node) -> dict[str, Any]:
        own = {"role": node.role, "tag": node.tag, **_language(node)}
        match node.role:
            case "heading":
                self.level = min(int(node.tag[1]), self.level + 1)
                return {**own, "level": self.level, "children": _running(node.children)}
            case "quote" | "item":
                return {**own, "children": self.blocks(node.children)}
            case "list":
                return {**own, "children": [self._block(item) for item in node.nodes()]}
            case "table":
                return {**own, **_table(node)}
            case _:
                return {**own, "children": _running(node.children)}


def _table(node: Node) -> dict[str, Any]:
    """Return a table's caption, its rows of heads, the others, and how many columns it has."""
    captions = [one for one in node.nodes() if one.role == "caption"]
    parts = [one for one in node.nodes() if one.role == "section"]
    rows = {
        is_head: [
            {"children": [_cell(cell) for cell in row.nodes()]}
            for part in parts
            for row in part.nodes()
            if (part.tag == "thead") == is_head
        ]
        for is_head in (True, False)
    }
    first = (rows[True] + rows[False])[:1]
    width = sum(cell["colspan"] for row in first for cell in row["children"])
    caption = _running(captions[0].children) if captions else None
    return {"caption": caption, "head": rows[True], "rows": rows[False], "width": width}


def _cell(cell: Node) -> dict[str, Any]:
    spans = {name: int(cell.attrs.get(name, 1)) for name in ("colspan", "rowspan")}
    return {"tag": cell.tag, **spans, "children": _running(cell.children)}


def _running(children: Sequence[Node | str]) -> list[Any]:
    """Return running text; blocks within it (in a cell) come after a line break."""
    found: list[Any] = []
    for child in children:
        if isinstance(child, str):
            found.append(child)
            continue
        if is_block(child) and found:
            found.append({"tag": "br", "children": []})
        found.append(
            {
                "tag": child.tag,
                "children": _running(child.children),
                **_language(child),
                **_link(child),
            }
        )
    return found


def _link(node: Node) -> dict[str, Any]:
    """Return where a link leads; whose address is not its text is told in a footnote."""
    href = node.attrs.get("href", "")
    if not href.startswith(("http://", "https://", "mailto:", "tel:")):
        return {}
    said = "".join(one for one in node.children if isinstance(one, str))
    return {"href": href, "noted": href.startswith("http") and said != href}


def _language(node: Node) -> dict[str, str]:
    return {"lang": node.attrs["lang"]} if "lang" in node.attrs else {}


FORMAT = Format(
    "pdf", "application/pdf", gettext_lazy("PDF"), write, place=2, version=2, indexed=True
)
