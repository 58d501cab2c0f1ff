"""One moment of the database, for as long as one looks at it, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from cepr_press.backup.tables import Unfit


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """A block in which every question sees the same moment; it writes nothing and stops nobody.

    PostgreSQL: a read-only transaction at REPEATABLE READ. SQLite: a deferred one, which in a
    database with a write-ahead log keeps its view. Raises Unfit within another transaction.
    """
    if connection.in_atomic_block:
        raise Unfit("A backup needs a transaction of its own.")
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    mode = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # The view is of the moment of the first question.
            cursor.execute("SELECT count(*) FROM sqlite_master")
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]
