"""Is there room for a restore? Asked before anything is touched: half of one is no use."""

import shutil
from pathlib import Path

from django.core.files.storage import FileSystemStorage, Storage
from django.db import connection
from django.template.defaultfilters import filesizeformat

from cepr_press.backup.archive import ROWS, Refused, StoredFile
from cepr_press.backup.reading import Archive

#: What SQLite needs for each byte of rows: the tables with their indexes and the search index,
#: and the same once more in the write-ahead log until all is stored.
SQLITE_NEEDS = 10


def demand_room(archive: Archive, storages: dict[str, Storage]) -> None:
    """Raise Refused where a disk has less room than the archive's files and rows need.

    `storages` are those of the files' columns. Disks of others (a bucket, PostgreSQL's) can't be
    asked; files that are there already need no more room.
    """
    needed: dict[Path, int] = {}
    for one in archive.files:
        storage = storages[one.column]
        if isinstance(storage, FileSystemStorage) and not _is_there(storage, one):
            _add(needed, Path(storage.location), one.size)
    if connection.vendor == "sqlite" and not connection.is_in_memory_db():  # type: ignore[attr-defined]
        parts = archive.manifest.parts.items()
        rows = sum(part.size for name, part in parts if ROWS.fullmatch(name))
        _add(needed, Path(connection.settings_dict["NAME"]), SQLITE_NEEDS * rows)
    for folder, size in needed.items():
        free = shutil.disk_usage(folder).free
        if size > free:
            raise Refused(
                f"There is no room for it at {folder}: it needs {filesizeformat(size)}, and "
                f"{filesizeformat(free)} are free. Nothing was touched."
            )


def _is_there(storage: FileSystemStorage, one: StoredFile) -> bool:
    return storage.exists(one.name) and storage.size(one.name) == one.size


def _add(needed: dict[Path, int], path: Path, size: int) -> None:
    """Add to what is needed on the disk of `path`, of which the nearest part may be there yet."""
    folder = next(one for one in (path, *path.parents) if one.is_dir())
    disk = folder.stat().st_dev
    known = next((one for one in needed if one.stat().st_dev == disk), folder)
    needed[known] = needed.get(known, 0) + size
