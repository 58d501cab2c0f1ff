"""Whether the database has the state that this code wants."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


@cache
def wanted() -> frozenset[tuple[str, str]]:
    """Return the migrations of this code, read once: application and name of each."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def unapplied() -> list[str]:
    """Return the names of migrations that the database lacks, by two queries at most."""
    there = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in wanted() - there.keys())
