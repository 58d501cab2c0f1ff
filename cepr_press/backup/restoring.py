"""Bringing a site back: onto SQLite or PostgreSQL, in one transaction, or not at all.

The tables are dropped and made anew by the migrations that the archive's database had, filled, and
migrated on to today's: the same way for an archive of today and for one of any older version. So
no guard is taken away: those that the migrations put up stand while rows come in, and refuse what
they always refuse. Readers with SQLite see the old site until the last moment; with PostgreSQL they
wait.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import Storage
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from cepr_press import generation
from cepr_press.backup import numbers
from cepr_press.backup.archive import Manifest, Refused, StoredFile
from cepr_press.backup.reading import Archive, opened
from cepr_press.backup.room import demand_room
from cepr_press.backup.tables import (
    Schema,
    Table,
    Unfit,
    batch,
    ends,
    insert,
    present,
    schema,
)
from cepr_press.models import Generation
from cepr_press.purge import purge_later
from files.storing import place
from releases import guards
from releases.search.index import index_all

Say = Callable[[str], Any]

#: A site that has none of these is new: all else in it was made by the migrations.
MADE_BY_PEOPLE = ("auth.user", "contacts.contact", "files.picture", "releases.release")
#: On PostgreSQL: what triggers called, and none calls any more.
IDLE_FUNCTIONS = """
SELECT format('DROP FUNCTION %s', p.oid::regprocedure) FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace AND p.prorettype = 'trigger'::regtype
  AND pg_has_role(p.proowner, 'USAGE')
  AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgfoid = p.oid)
  AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def rows_there() -> dict[str, int]:
    """Return what people made of the site that is here, as rows by table; nothing for a new one."""
    tables = present(connection).kept
    counted = {name: tables[name].count() for name in MADE_BY_PEOPLE if name in tables}
    return {name: count for name, count in counted.items() if count}


def restore(path: Path, say: Say) -> Manifest:
    """Put the archive's site in the place of the one that is here; return the manifest.

    Raises Refused, before anything is touched, for an archive that is not whole or not for this
    code; Unfit where the database here is newer than the code. If anything fails after that, or
    the process is killed, the old site is still there: at most some files have come to the storage.
    """
    with opened(path) as archive:
        say("The archive is whole.")
        loader = MigrationLoader(connection)
        state, here = _fitting(archive.manifest, loader), present(connection)
        storages = _storages(archive, state)
        demand_room(archive, storages)
        _place_files(archive, storages)
        say(f"{len(archive.files)} files are in their places.")
        try:
            with connection.constraint_checks_disabled(), transaction.atomic(durable=True):
                _rebuild(archive, state, here, say)
        except DatabaseError as error:
            raise Refused(f"The database does not take it: {error}") from error
        purge_later()
        return archive.manifest


def _fitting(manifest: Manifest, loader: MigrationLoader) -> Schema:
    """Return the state that the archive was made from. Raises Refused where this code has none."""
    try:
        state = schema(loader, manifest.migrations)
    except Unfit as error:
        raise Refused(str(error)) from error
    ours = {name: set(table.fields) for name, table in state.kept.items()}
    theirs = {name: set(table.columns) for name, table in manifest.tables.items()}
    if ours != theirs:
        differing = sorted(
            name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)
        )
        raise Refused(f"Its tables are not those of its migrations: {', '.join(differing[:5])}.")
    return state


def _storages(archive: Archive, state: Schema) -> dict[str, Storage]:
    """Return the storage of each column that names files. Raises Refused for columns unknown."""
    storages = {
        f"{table.name}.{one.name}": one.storage
        for table in state.kept.values()
        for one in table.files
    }
    if unknown := {one.column for one in archive.files} - storages.keys():
        raise Refused(f"It has files of columns that there are not: {', '.join(sorted(unknown))}.")
    return storages


def _place_files(archive: Archive, storages: dict[str, Storage]) -> None:
    """Put every file where the storage had it, before any row names it."""
    for one in archive.files:
        _place(storages[one.column], one, archive)


def _place(storage: Storage, one: StoredFile, archive: Archive) -> None:
    with archive.content(one) as content:
        place(storage, one.name, File(content), one.sha256)


def _rebuild(archive: Archive, state: Schema, here: Schema, say: Say) -> None:
    """All that happens in the one transaction."""
    number = max(numbers.generation(here), archive.manifest.generation)
    _drop(here)
    _constraints("IMMEDIATE")
    _migrate(state)
    _constraints("DEFERRED")
    _clear(state)
    for name, table in state.kept.items():
        _load(archive, table)
        numbers.go_on(connection, table, archive.manifest.tables[name].last)
    connection.check_constraints()
    say(f"{sum(one.count for one in archive.manifest.tables.values())} rows are in their tables.")
    # From here on as in any migration of a site that is full.
    _constraints("IMMEDIATE")
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)
    if unguarded := [*guards.missing(connection), *generation.missing(connection)]:
        raise Refused(f"The migrations left the database unguarded: {', '.join(unguarded)}.")
    say("The search index is being made anew …")
    index_all()
    Generation.objects.update(number=number + 1)
    connection.check_constraints()


def _drop(here: Schema) -> None:
    """Drop all tables of the site that is here; tables of others in the database stay."""
    names = [one.model._meta.db_table for one in here.every]
    names.append(MigrationRecorder.Migration._meta.db_table)
    there = set(connection.introspection.table_names())
    found = [connection.ops.quote_name(name) for name in names if name in there]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in found:
                cursor.execute(f"DROP TABLE {name}")
            return
        if found:
            cursor.execute(f"DROP TABLE {', '.join(found)}")
        cursor.execute(IDLE_FUNCTIONS)
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def _migrate(state: Schema) -> None:
    """Make the tables as the archive's database had them."""
    executor = MigrationExecutor(connection)
    executor.migrate(ends(executor.loader, state.migrations))


def _clear(state: Schema) -> None:
    """Remove the rows that migrations made: the archive has them, changed or not."""
    for table in state.kept.values():
        models.QuerySet(table.model).delete()


def _load(archive: Archive, table: Table) -> None:
    for rows in _parts(archive.rows(table.name), batch(connection, table)):
        try:
            insert(connection, table, rows)
        except (TypeError, ValueError) as error:
            raise Refused(f"A row of {table.name} is none: {error}.") from error


def _parts(rows: Iterator[dict[str, Any]], length: int) -> Iterator[list[dict[str, Any]]]:
    while part := list(islice(rows, length)):
        yield part


def _constraints(when: str) -> None:
    """Have PostgreSQL check keys at once or at the end; SQLite is asked at the end."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL {when}")
