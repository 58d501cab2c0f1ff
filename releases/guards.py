"""What the database itself refuses, so that no code path, shell or mistake can do it.

- two editions of a release whose spans overlap;
- any change of an edition but to the ends of its span, and of those once they have passed;
- deleting an edition that was ever public; changing what hangs on an edition.

SQLite drops a table's triggers when Django rebuilds the table, so every migration that alters an
edition's table calls `install` again as its last operation; a test asks the migrated database.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EDITION = "releases_edition"
PARTS = (
    "releases_editiontopic",
    "releases_editioncontact",
    "releases_editionfigure",
    "releases_editionattachment",
)
SQLITE = (
    "edition_spans_apart_insert",
    "edition_spans_apart_update",
    "edition_text_fixed",
    "edition_past_fixed",
    "edition_kept",
    *(f"{part}_{what}" for part in PARTS for what in ("fixed", "kept")),
)
POSTGRESQL = ("edition_spans_apart", "edition_fixed", *(f"{part}_fixed" for part in PARTS))
INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    # A trigger that was switched off (tgenabled D) does not stand.
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    " UNION SELECT conname FROM pg_constraint WHERE contype = 'x'",
}
SPAN = ("public_from", "public_until")
NOW_SQLITE = "strftime('%Y-%m-%d %H:%M:%f', 'now')"

# A bare year would be read as a number, and any text is greater than any number.
OVERLAP_SQLITE = """
CREATE TRIGGER edition_spans_apart_{when} BEFORE {event} ON releases_edition
WHEN EXISTS (
    SELECT 1 FROM releases_edition o
    WHERE o.release_id = NEW.release_id AND o.id IS NOT NEW.id
      AND o.public_from < COALESCE(NEW.public_until, '9999-12-31')
      AND NEW.public_from < COALESCE(o.public_until, '9999-12-31')
)
BEGIN SELECT RAISE(ABORT, 'edition spans overlap'); END
"""

PART_KEPT_SQLITE = """
CREATE TRIGGER {part}_kept BEFORE DELETE ON {part}
WHEN EXISTS (
    SELECT 1 FROM releases_edition e WHERE e.id = OLD.edition_id AND e.public_from <= {now}
)
BEGIN SELECT RAISE(ABORT, 'a published edition is kept'); END
"""


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the guards in place, whatever was there before (migrations.RunPython calls this)."""
    remove(apps, schema_editor)
    columns = [
        field.column
        for field in apps.get_model("releases", "Edition")._meta.local_concrete_fields
        if field.column not in SPAN
    ]
    build = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    # An older migration may come before a table that a younger one makes.
    there = set(schema_editor.connection.introspection.table_names())
    for statement in build(columns, [part for part in PARTS if part in there]):
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards away (the reverse of `install`)."""
    drop = _drop_postgresql if schema_editor.connection.vendor == "postgresql" else _drop_sqlite
    there = set(schema_editor.connection.introspection.table_names())
    for statement in drop([part for part in PARTS if part in there]):
        schema_editor.execute(statement)


def installed(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of all triggers and exclusion constraints that stand in the database."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED[connection.vendor])
        return {str(row[0]) for row in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that do not stand."""
    wanted = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
    there = installed(connection)
    return [name for name in wanted if name not in there]


def sqlite(columns: list[str], parts: list[str]) -> list[str]:
    """Return SQLite's triggers; `columns` never change, `parts` are the tables beside."""
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
    return [
        OVERLAP_SQLITE.format(when="insert", event="INSERT"),
        OVERLAP_SQLITE.format(when="update", event="UPDATE OF public_from, public_until"),
        f"CREATE TRIGGER edition_text_fixed BEFORE UPDATE ON {EDITION} WHEN {changed} "
        "BEGIN SELECT RAISE(ABORT, 'an edition never changes'); END",
        f"CREATE TRIGGER edition_past_fixed BEFORE UPDATE ON {EDITION} WHEN "
        f"(NEW.public_from IS NOT OLD.public_from AND OLD.public_from <= {NOW_SQLITE}) OR "
        f"(NEW.public_until IS NOT OLD.public_until AND OLD.public_until <= {NOW_SQLITE}) "
        "BEGIN SELECT RAISE(ABORT, 'an edition keeps its past'); END",
        f"CREATE TRIGGER edition_kept BEFORE DELETE ON {EDITION} "
        f"WHEN OLD.public_from <= {NOW_SQLITE} "
        "BEGIN SELECT RAISE(ABORT, 'a published edition is kept'); END",
        *(
            f"CREATE TRIGGER {part}_fixed BEFORE UPDATE ON {part} "
            "BEGIN SELECT RAISE(ABORT, 'an edition never changes'); END"
            for part in parts
        ),
        *(PART_KEPT_SQLITE.format(part=part, now=NOW_SQLITE) for part in parts),
    ]


EDITION_GUARD_POSTGRESQL = """
CREATE FUNCTION edition_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP = 'DELETE' THEN
    IF OLD.public_from <= clock_timestamp() THEN
        RAISE integrity_constraint_violation USING MESSAGE = 'a published edition is kept';
    END IF;
    RETURN OLD;
END IF;
IF {changed} THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'an edition never changes';
END IF;
IF (NEW.public_from IS DISTINCT FROM OLD.public_from AND OLD.public_from <= clock_timestamp())
    OR (NEW.public_until IS DISTINCT FROM OLD.public_until
        AND OLD.public_until <= clock_timestamp()) THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'an edition keeps its past';
END IF;
RETURN NEW; END $$"""

PART_GUARD_POSTGRESQL = """
CREATE FUNCTION edition_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP = 'UPDATE' THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'an edition never changes';
END IF;
IF EXISTS (SELECT 1 FROM releases_edition e
        WHERE e.id = OLD.edition_id AND e.public_from <= clock_timestamp()) THEN
    RAISE integrity_constraint_violation USING MESSAGE = 'a published edition is kept';
END IF;
RETURN OLD; END $$"""


def postgresql(columns: list[str], parts: list[str]) -> list[str]:
    """Return PostgreSQL's exclusion constraint and triggers, for the same arguments."""
    changed = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)
    return [
        # Two integer ranges overlap where the release is the same: no extension is needed.
        f"ALTER TABLE {EDITION} ADD CONSTRAINT edition_spans_apart EXCLUDE USING gist ("
        "int8range(release_id, release_id, '[]') WITH &&, "
        "tstzrange(public_from, public_until) WITH &&)",
        EDITION_GUARD_POSTGRESQL.format(changed=changed),
        f"CREATE TRIGGER edition_fixed BEFORE UPDATE OR DELETE ON {EDITION} "
        "FOR EACH ROW EXECUTE FUNCTION edition_guard()",
        PART_GUARD_POSTGRESQL,
        *(
            f"CREATE TRIGGER {part}_fixed BEFORE UPDATE OR DELETE ON {part} "
            "FOR EACH ROW EXECUTE FUNCTION edition_part_guard()"
            for part in parts
        ),
    ]


def _drop_sqlite(_parts: list[str]) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE]


def _drop_postgresql(parts: list[str]) -> list[str]:
    return [
        f"ALTER TABLE {EDITION} DROP CONSTRAINT IF EXISTS edition_spans_apart",
        f"DROP TRIGGER IF EXISTS edition_fixed ON {EDITION}",
        *(f"DROP TRIGGER IF EXISTS {part}_fixed ON {part}" for part in parts),
        "DROP FUNCTION IF EXISTS edition_guard()",
        "DROP FUNCTION IF EXISTS edition_part_guard()",
    ]
