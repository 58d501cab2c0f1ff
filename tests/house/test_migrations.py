"""Migrations: complete, reversible, with telling names, and free of the editor."""

import ast
import re
from collections.abc import Iterator

import pytest
from django.core.management import call_command

from tests.house.source import Source, bites, called, house, offences

#: What can be undone only if we say how: the call, and the argument that says it.
ONE_WAY = {"RunPython": "reverse_code", "RunSQL": "reverse_sql"}


def names_the_editor(source: Source) -> Iterator[str]:
    """The editor can be replaced in one line: no migration knows it."""
    if "ckeditor" in source.text.lower():
        yield f"{source.path}: names the editor"


def one_way(source: Source) -> Iterator[str]:
    """Each data migration can be undone, be it by doing nothing."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and (argument := ONE_WAY.get(called(node))):
            given = {keyword.arg for keyword in node.keywords}
            if len(node.args) < 2 and argument not in given:
                yield source.at(node, f"{called(node)} without {argument}")


def nameless(source: Source) -> Iterator[str]:
    """A migration's name says what it does."""
    name = source.parts[-1]
    if not re.fullmatch(r"\d{4}_[a-z][a-z0-9_]{3,}", name) or re.match(r"\d{4}_auto_", name):
        yield f"{source.path}: the name says nothing"


def migrations() -> list[Source]:
    return [one for one in house() if one.is_migration]


@pytest.mark.parametrize(
    "rule", [names_the_editor, one_way, nameless], ids=lambda rule: rule.__name__
)
def test_migrations_keep_the_rules(rule):
    assert migrations()
    assert offences(rule, migrations()) == []


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (names_the_editor, "0002_x.py", "import ckeditor.fields"),
        (names_the_editor, "0002_x.py", "field = CKEditorField()"),
        (one_way, "0002_x.py", "migrations.RunPython(make)"),
        (one_way, "0002_x.py", "migrations.RunPython(code=make)"),
        (one_way, "0002_x.py", "migrations.RunSQL('SELECT 1', state_operations=[])"),
        (nameless, "0002_auto_20260101_1200.py", ""),
        (nameless, "0002.py", ""),
    ],
)
def test_each_rule_catches_its_offender(rule, path, text):
    assert bites(rule, text, f"releases/migrations/{path}")


def test_a_reversible_migration_with_a_name_passes():
    text = "migrations.RunPython(make, unmake)\nmigrations.RunSQL('a', reverse_sql='b')"
    path = "releases/migrations/0002_roles.py"
    assert not any(bites(rule, text, path) for rule in (names_the_editor, one_way, nameless))
