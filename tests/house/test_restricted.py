"""The desk shows nobody a restricted release: every question it asks goes through visible_to()."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, bites, called, offences, written

#: Releases, and what hangs on one and tells of it.
HELD = {
    "Release", "Edition", "Act", "Revision", "Comment", "ShareLink", "Address", "NamedPerson",
    "ReleaseContact", "ReleaseFigure", "EditionContact", "EditionFigure", "EditionTopic",
    "Withdrawal", "Note", "ReleaseAttachment", "EditionAttachment",
}  # fmt: skip

#: Where people of the desk are shown what there is.
ROOMS = (("releases", "desk"), ("donations", "admin"), ("donations", "report"), ("cepr_press",))

#: Files in these rooms that show nothing to anybody at the desk, and why.
EXCEPT = {
    "cepr_press/demo/load.py": "writes the demo's own releases, from the command line",
    "cepr_press/management/commands/load_demo.py": "the same",
    "cepr_press/leaving/desk.py": "the export, from the command line, by who has the database",
}

#: What may be asked without a person: what readers can see, anyhow.
OPEN_TO_ALL = {"public"}

SHORT_CUTS = {"get_object_or_404", "get_list_or_404"}


def narrowed(call: ast.Call) -> bool:
    """Does this first question say who asks, or hang on a row that was chosen already?"""
    if called(call) in {"visible_to", *OPEN_TO_ALL}:
        return True
    inside = [*call.args, *(word.value for word in call.keywords)]
    if any(isinstance(one, ast.Call) and called(one) == "visible_to" for one in inside):
        return True
    outer = [word for word in call.keywords if word.arg in ("release", "picture", "document")]
    return any(isinstance(one.value, ast.Call) and called(one.value) == "OuterRef" for one in outer)


def unasked(source: Source) -> Iterator[str]:
    """The desk asks for nothing of a release without saying for whom."""
    parts = source.parts
    if source.path in EXCEPT or not any(parts[: len(room)] == room for room in ROOMS):
        return
    good: set[ast.AST] = set()
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute() as manager)) if narrowed(node):
                good.add(manager)
    for node in ast.walk(source.tree):
        asked = ""
        match node:
            case ast.Attribute(attr="_default_manager"):
                yield source.at(node, "rows of any model: ask its own list at the desk")
            case ast.Attribute(value=ast.Name(id=name), attr="objects") if node not in good:
                asked = name
            case ast.Call(args=[ast.Name(id=name), *_]) if called(node) in SHORT_CUTS:
                asked = name
            case _:
                continue
        if asked in HELD:
            yield source.at(node, f"{asked}: for whom? ask visible_to()")


def test_the_desk_says_for_whom_it_asks():
    assert offences(unasked, written()) == []


def test_the_exceptions_are_there_and_are_some():
    paths = {one.path for one in written()}
    assert paths >= EXCEPT.keys()
    for one in written():
        if one.path in EXCEPT:
            assert any(f"{name}.objects" in one.text for name in HELD), one.path


@pytest.mark.parametrize(
    "text",
    [
        "Release.objects.get(pk=pk)",
        "Release.objects.all()",
        "Edition.objects.scheduled(now)",
        "Act.objects.order_by('-at')",
        "Edition.objects.filter(release=release)",
        "get_object_or_404(Release, pk=pk)",
        "rows = model._default_manager.all()",
        "ReleaseFigure.objects.filter(picture=picture)",
        "Release.objects.filter(stage=stage).visible_to(by)",
    ],
)
@pytest.mark.parametrize("path", ["releases/desk/front.py", "cepr_press/find.py"])
def test_asking_for_nobody_is_caught(text, path):
    assert bites(unasked, text, path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("releases/desk/front.py", "Release.objects.visible_to(by).filter(stage=stage)"),
        ("releases/desk/front.py", "Act.objects.filter(release=OuterRef('pk'))"),
        ("releases/desk/access.py", "get_object_or_404(Release.objects.visible_to(by), pk=pk)"),
        ("releases/desk/act_forms.py", "Edition.objects.public(now).filter(slug=slug)"),
        ("releases/desk/admin.py", "Topic.objects.all()"),
        ("donations/admin.py", "Release.objects.exclude(visible_to(by))"),
        ("releases/workflow.py", "Release.objects.get(pk=pk)"),
    ],
)
def test_the_rule_is_no_stricter_than_it_says(path, text):
    assert not bites(unasked, text, path)
