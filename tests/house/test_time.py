"""What is public is asked in one place, and nobody asks the clock or the database on import."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, bites, called, offences, written

#: The one file that may look for editions by their span.
PREDICATE = "releases/models/edition.py"
SPAN = ("public_from", "public_until")

#: Calls whose keyword arguments look rows up. Making an edition or closing one is no look-up.
LOOKUPS = {
    "filter", "exclude", "get", "aget", "Q", "When", "FilteredRelation", "annotate", "alias",
    "get_or_create", "update_or_create", "get_object_or_404", "get_list_or_404",
}  # fmt: skip

#: Files that ask the machine's clock itself, and why.
BY_THE_CLOCK = {
    "releases/timekeeping.py",  # This is where it is held against what is known.
    "releases/autosaving.py",  # Who is at work now, and who has gone.
    "releases/importers/draft.py",  # A guess that a person looks at.
    "releases/management/commands/sweep_files.py",  # How old a file is on the disk.
    "releases/newsroom/signposts.py",  # Until when security.txt holds.
}

#: Questions to the clock.
CLOCK = {"now", "utcnow", "today", "localdate", "localtime", "time"}


def looked_up(name: str) -> bool:
    """Is this keyword or path about the span: `public_from`, `edition__public_until__gt` …?"""
    return any(part in SPAN for part in name.split("__"))


def second_predicate(source: Source) -> Iterator[str]:
    """Only the predicate's own file compares the columns that say when an edition is public."""
    if source.path == PREDICATE:
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(keywords=keywords) if called(node) in LOOKUPS:
                names = [keyword.arg for keyword in keywords if keyword.arg]
            case ast.Call(func=ast.Name("F") | ast.Attribute(attr="F"), args=[ast.Constant(name)]):
                names = [str(name)]
            case ast.Constant(value=str(name)) | ast.keyword(arg=str(name)) if "__" in name:
                names = [name]
            case _:
                continue
        for name in filter(looked_up, names):
            yield source.at(node, f"{name} is looked up outside {PREDICATE}")


def other_time(source: Source) -> Iterator[str]:
    """What readers and staff see goes by the newsroom's time, which no clock puts back."""
    if source.parts[0] != "releases" or source.path in BY_THE_CLOCK:
        return
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("timezone" | "datetime"), attr="now")):
                yield source.at(node, "asks the machine's clock, not releases/timekeeping.py")


def on_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs when the module is imported: all but the bodies of functions.

    Default values and decorators do run, and so do the bodies of classes.
    """
    yield node
    for field, value in ast.iter_fields(node):
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        if later and field in ("body", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from on_import(child)


def asks_on_import(source: Source) -> Iterator[str]:
    """An import asks neither the time nor the database."""
    for node in on_import(source.tree):
        match node:
            case ast.Call() if called(node) in CLOCK:
                yield source.at(node, f"{called(node)}() is called on import")
            case ast.Attribute(attr="objects" | "_default_manager"):
                yield source.at(node, "the database is asked on import")


def test_one_file_says_what_is_public():
    assert offences(second_predicate, written()) == []


def test_the_application_goes_by_the_newsroom_s_time():
    assert offences(other_time, written()) == []


@pytest.mark.parametrize("text", ["a = timezone.now()", "def f():\n    return datetime.now(UTC)"])
def test_another_time_is_caught(text):
    assert bites(other_time, text, "releases/newsroom/views.py")


def test_its_own_time_is_allowed():
    assert not bites(other_time, "a = timekeeping.now()", "releases/newsroom/views.py")


def test_nothing_is_asked_on_import():
    assert offences(asks_on_import, written()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Edition.objects.filter(public_from__lte=now())",
        "Edition.objects.exclude(public_until__isnull=False)",
        "q = Q(public_until=None)",
        "Topic.objects.filter(editions__public_from__lte=at)",
        "Edition.objects.filter(**{'public_from__lte': at})",
        "dict(public_until__gt=at)",
        "x = F('public_from')",
        "get_object_or_404(Edition, public_until=None)",
    ],
)
def test_a_second_predicate_is_caught(text):
    assert bites(second_predicate, text)


@pytest.mark.parametrize(
    "text",
    [
        "Edition.objects.create(public_from=at, public_until=None)",
        "Edition(public_from=at)",
        "editions.update(public_until=at)",
        "x = edition.public_from",
        "list_display = ['number', 'public_from']",
    ],
)
def test_making_closing_and_showing_an_edition_are_no_predicate(text):
    assert not bites(second_predicate, text)


def test_the_predicate_itself_may_stand_in_its_own_file():
    assert not bites(second_predicate, "self.filter(public_from__lte=at)", PREDICATE)


@pytest.mark.parametrize(
    "text",
    [
        "START = now()",
        "START = timezone.now()",
        "TODAY = datetime.date.today()",
        "def f(at=now()): ...",
        "class A:\n    made = now()",
        "TOPICS = list(Topic.objects.all())",
        "class A:\n    queryset = Topic.objects.all()",
        "@cached(now())\ndef f(): ...",
    ],
)
def test_asking_on_import_is_caught(text):
    assert bites(asks_on_import, text)


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    return now()",
        "made = DateTimeField(default=now)",
        "key = lambda: Topic.objects.count()",
        "class A:\n    objects = Manager()\n    def f(self):\n        return A.objects.get()",
    ],
)
def test_asking_later_is_allowed(text):
    assert not bites(asks_on_import, text)
