"""What the database itself refuses: two people on call for the same at the same time."""

from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OVERLAP_SQLITE = """
CREATE TRIGGER duty_spans_apart_{event} BEFORE {event} ON contacts_duty
WHEN EXISTS (
    SELECT 1 FROM contacts_duty o
    WHERE o.language = NEW.language AND o.id IS NOT NEW.id
      AND o.starts_at < NEW.ends_at AND NEW.starts_at < o.ends_at
)
BEGIN SELECT RAISE(ABORT, 'duty spans overlap'); END
"""
# Ranges of one number are the same where the language is: no extension is needed.
OVERLAP_POSTGRESQL = """
ALTER TABLE contacts_duty ADD CONSTRAINT duty_spans_apart EXCLUDE USING gist (
    int8range(hashtext(language), hashtext(language), '[]') WITH &&,
    tstzrange(starts_at, ends_at) WITH &&)
"""

NAMES = {
    "sqlite": ("duty_spans_apart_INSERT", "duty_spans_apart_UPDATE"),
    "postgresql": ("duty_spans_apart",),
}
INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT conname FROM pg_constraint WHERE contype = 'x'",
}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of what does not stand."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    return [name for name in NAMES[connection.vendor] if name not in there]


def reinstall(connection: BaseDatabaseWrapper, names: Iterable[str]) -> None:
    """Put back what is missing."""
    editor = connection.schema_editor()
    for name in names:
        event = name.rpartition("_")[2]
        sql = OVERLAP_SQLITE.format(event=event)
        editor.execute(OVERLAP_POSTGRESQL if connection.vendor == "postgresql" else sql)


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let the database keep the spans apart (migrations.RunPython calls this)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(OVERLAP_POSTGRESQL)
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(OVERLAP_SQLITE.format(event=event))


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take that away (the reverse of `install`)."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE contacts_duty DROP CONSTRAINT duty_spans_apart")
    else:
        for event in ("INSERT", "UPDATE"):
            schema_editor.execute(f"DROP TRIGGER duty_spans_apart_{event}")
