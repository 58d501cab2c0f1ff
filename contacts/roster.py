"""What the database itself refuses: two people on call for the same at the same time."""

from typing import Any

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
