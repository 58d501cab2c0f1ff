"""The database of a test process begins as a copy of one that was migrated already.

Migrations take a process ten seconds; where TESTS_SHARED names a folder, the first process runs
them there, and `migrate`, which all run, finds nothing to do.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from tests.server import migrated_mould

#: What Django calls the database in memory that all threads of a process share.
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"


@contextmanager
def begun() -> Iterator[None]:
    """Have Django make its database of the copy; on SQLite it is there while the block runs."""
    shared = os.environ.get("TESTS_SHARED")
    if not shared:
        yield
        return
    mould = migrated_mould(Path(shared))
    default = settings.DATABASES["default"]
    if default["ENGINE"].endswith("postgresql"):
        default["TEST"]["TEMPLATE"] = mould.name
        yield
        return
    with closing(sqlite3.connect(IN_MEMORY, uri=True)) as memory:
        copy(mould / "press.sqlite3", memory)
        yield


def copy(file: Path, memory: sqlite3.Connection) -> None:
    """Copy a database from a file; in memory there is no write-ahead log, nor a mark of one.

    The mark is taken from a copy of our own: others read the file at the same time.
    """
    with TemporaryDirectory() as own, closing(sqlite3.connect(shutil.copy(file, own))) as disk:
        disk.execute("PRAGMA journal_mode=DELETE")
        disk.backup(memory)
