"""Sizes, names and habits: small functions, small files, nothing that happens behind one's back."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, bites, files, house, imports, offences, written

LONGEST_FUNCTION = 40
LONGEST_FILE = 400
ATTICS = {"utils", "helpers", "services", "util", "helper", "service", "misc", "common"}
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals")


def long_function(source: Source) -> Iterator[str]:
    """No function, and so no view, is longer than a screen."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield source.at(node, f"{node.name}() has {lines} lines")


def long_file(source: Source) -> Iterator[str]:
    """No file is longer than one can hold in mind."""
    lines = len(source.text.splitlines())
    if lines > LONGEST_FILE:
        yield f"{source.path}: {lines} lines"


def attic(source: Source) -> Iterator[str]:
    """A module is named for what it does, not for being left over."""
    for part in source.parts:
        if part in ATTICS:
            yield f"{source.path}: {part} says nothing"


def save_override(source: Source) -> Iterator[str]:
    """What a model's save() does is what Django says: changes go through the one door."""
    if "models" not in source.parts:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in (
            "save",
            "asave",
        ):
            yield source.at(node, f"a model overrides {node.name}()")


def signal(source: Source) -> Iterator[str]:
    """Nothing happens by signal."""
    for one in imports(source):
        if one.module.startswith(SIGNALS) or one.name in ("receiver", "signals"):
            yield source.at(one.node, f"{one.module} {one.name} is about signals")
    for node in ast.walk(source.tree):
        match node:
            case ast.Name(id="receiver") | ast.Attribute(attr="receiver"):
                yield source.at(node, "a receiver of signals")


@pytest.mark.parametrize("rule", [save_override, signal], ids=lambda rule: rule.__name__)
def test_nothing_happens_behind_ones_back(rule):
    assert offences(rule, written()) == []


def test_functions_are_short():
    assert offences(long_function, files(".py")) == []


def test_files_are_short():
    ours = [one for one in files(".py", ".html", ".css", ".js", ".sh") if not one.is_migration]
    assert offences(long_file, ours) == []


def test_modules_have_telling_names():
    assert offences(attic, house()) == []


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (long_function, "releases/newsroom/views.py", "def f():\n" + "    x = 1\n" * 40),
        (long_file, "static/css/base.css", "a {}\n" * 401),
        (attic, "releases/utils.py", ""),
        (attic, "releases/helpers/dates.py", ""),
        (attic, "contacts/services.py", ""),
        (save_override, "contacts/models.py", "class A:\n    def save(self): ..."),
        (save_override, "releases/models/topic.py", "class A:\n    async def asave(self): ..."),
        (signal, "releases/desk/log.py", "from django.dispatch import receiver"),
        (signal, "releases/desk/log.py", "from django.db.models import signals"),
        (signal, "releases/desk/log.py", "@dispatch.receiver(saved)\ndef f(): ..."),
    ],
)
def test_each_rule_catches_its_offender(rule, path, text):
    assert bites(rule, text, path)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (long_function, "releases/newsroom/views.py", "def f():\n" + "    x = 1\n" * 39),
        (long_file, "static/css/base.css", "a {}\n" * 400),
        (save_override, "contacts/forms.py", "class A:\n    def save(self): ..."),
        (signal, "releases/desk/log.py", "from django.db.models import F"),
    ],
)
def test_no_rule_is_stricter_than_it_says(rule, path, text):
    assert not bites(rule, text, path)
