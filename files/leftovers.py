"""No file without its row: what a failed act had stored is taken out of the storage again.

A database forgets the rows of an act that fails; a storage knows of no transactions.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models.fields.files import FieldFile

_stored: ContextVar[list[FieldFile] | None] = ContextVar("stored", default=None)


@contextmanager
def none_left() -> Iterator[None]:
    """Remove the files that were stored within, should the block raise: its rows are undone.

    Stands around the transaction, or in it where that does not go on after an error.
    """
    found: list[FieldFile] = []
    before = _stored.set(found)
    try:
        yield
    except BaseException:
        for file in found:
            name = str(file.name)
            file.storage.delete(name)
            file.storage.delete(name.rpartition("/")[0])  # its folder, which holds nothing else
        raise
    finally:
        _stored.reset(before)


def remember(file: FieldFile) -> None:
    """Note that a file was stored, for the block around, if there is one."""
    within = _stored.get()
    if within is not None:
        within.append(file)
