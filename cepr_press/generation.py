"""Counting the generation: triggers on every table whose rows readers can see.

In the database rather than in the code, so that a shell, a script or an admin page of somebody
else's counts too, in the same transaction. Drafts, revisions, the log and sessions are in other
tables and never move it. SQLite drops a table's triggers when Django rebuilds the table: a
migration that alters one of these tables calls `install` again, and a test asks the database.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F, Q
from django.db.models.functions import Now

from cepr_press.models import Generation
from releases import guards
from releases.timekeeping import TICK

TABLES = (
    "releases_edition",
    "releases_note",
    "releases_withdrawal",
    "releases_topic",
    "releases_topicaddress",
    "releases_pin",
    "releases_series",
    "releases_seriesaddress",
    "releases_seriesplace",
    "releases_event",
    "releases_boilerplate",
    "contacts_contact",
    "contacts_contactaddress",
    "contacts_duty",
    "donations_campaign",
    "donations_appeal",
    "donations_appeal_topics",
    "donations_appeal_releases",
)
EVENTS = ("INSERT", "UPDATE", "DELETE")
# By how much the clocks of two machines may differ that are both right.
SKEW = timedelta(seconds=2)
COUNT = "UPDATE cepr_press_generation SET number = number + 1"


def current() -> int:
    """Return the generation as the database has it now, by one query."""
    return Generation.objects.values_list("number", flat=True).get()


def with_mark() -> tuple[int, datetime | None]:
    """Return the generation and the mark of time (releases/timekeeping.py), by one query."""
    return Generation.objects.values_list("number", "mark").get()


def put_mark(moment: datetime) -> None:
    """Keep that an edition began or ended at `moment`, where no later one is known.

    The database's own clock has to agree, but for the moment just after the mark: one machine
    whose clock is ahead does not take the others along.
    """
    mark, clock = Generation.objects.values_list("mark", Now()).get()
    agreed = clock + SKEW if mark is None else max(clock + SKEW, mark + TICK)
    if moment <= agreed:
        Generation.objects.filter(Q(mark=None) | Q(mark__lt=moment)).update(mark=moment)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that do not stand, and "the generation" without a row."""
    there = guards.installed(connection)
    names = [_name(table, event) for table in TABLES for event in EVENTS]
    row = [] if Generation.objects.exists() else ["the generation"]
    return row + [name for name in names if name not in there]


def count_on() -> None:
    """Count up once, so that every process drops what it keeps; make the row where it is gone."""
    if not Generation.objects.update(number=F("number") + 1):
        Generation.objects.create(number=1)


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place, whatever was there before (migrations.RunPython calls this)."""
    remove(apps, schema_editor)
    build = _postgresql if schema_editor.connection.vendor == "postgresql" else _sqlite
    # An older migration may come before a table that a younger one makes.
    there = set(schema_editor.connection.introspection.table_names())
    for statement in build([table for table in TABLES if table in there]):
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away (the reverse of `install`)."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    there = set(schema_editor.connection.introspection.table_names())
    for table in (table for table in TABLES if table in there):
        for event in EVENTS:
            on = f" ON {table}" if postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)}{on}")
    if postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS count_generation()")


def _name(table: str, event: str) -> str:
    return f"{table}_{event.lower()}_counts"


def _sqlite(tables: list[str]) -> list[str]:
    return [
        f"CREATE TRIGGER {_name(table, event)} AFTER {event} ON {table} BEGIN {COUNT}; END"
        for table in tables
        for event in EVENTS
    ]


def _postgresql(tables: list[str]) -> list[str]:
    return [
        "CREATE FUNCTION count_generation() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {COUNT}; RETURN NULL; END $$",
        *(
            f"CREATE TRIGGER {_name(table, event)} AFTER {event} ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION count_generation()"
            for table in tables
            for event in EVENTS
        ),
    ]
