"""A restore that the disk has no room for is refused before anything is touched."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.template.defaultfilters import filesizeformat

from cepr_press.backup import restoring, room
from cepr_press.backup.archive import ROWS, Refused
from cepr_press.backup.reading import opened
from releases.models import Release
from tests.cepr_press.backup.test_damaged import WHOLE
from tests.make import make_release

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def archive(tmp_path) -> Path:
    path = tmp_path / "archive.zip"
    path.write_bytes(WHOLE)
    return path


@pytest.fixture
def disk(monkeypatch):
    """A disk that has so many bytes free."""

    def with_free(free: int) -> None:
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**12, 0, free))

    return with_free


def size_of_files(archive: Path) -> int:
    with opened(archive) as whole:
        return sum(one.size for one in whole.files)


def demand(archive: Path) -> None:
    with opened(archive) as whole:
        columns = {one.column for one in whole.files}
        room.demand_room(whole, dict.fromkeys(columns, default_storage))


def test_it_is_refused_with_what_is_needed_and_free(db, archive, disk):
    release, needed = make_release(), size_of_files(archive)
    disk(needed - 1)
    with pytest.raises(Refused, match="There is no room for it") as refused:
        restoring.restore(archive, print)
    said = str(refused.value)
    assert f"it needs {filesizeformat(needed)}" in said
    assert f"{filesizeformat(needed - 1)} are free. Nothing was touched." in said
    assert Release.objects.get() == release
    with opened(archive) as whole:
        assert not any(default_storage.exists(one.name) for one in whole.files)


def test_what_just_fits_is_taken(db, archive, disk):
    disk(size_of_files(archive))
    demand(archive)


def test_a_file_that_is_there_needs_no_more_room(db, archive, disk):
    disk(0)
    with opened(archive) as whole:
        for one in whole.files:
            with whole.content(one) as content:
                default_storage.save(one.name, content)
    demand(archive)


def test_sqlite_needs_room_for_the_rows_too(db, archive, disk, monkeypatch, tmp_path):
    # The tests' own database is in memory; this is where another's file would be.
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False, raising=False)
    monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "new" / "press.sqlite3"))
    with opened(archive) as whole:
        parts = whole.manifest.parts.items()
        rows = sum(part.size for name, part in parts if ROWS.fullmatch(name))
    # The disk of a PostgreSQL server can’t be asked.
    on_disk = room.SQLITE_NEEDS * rows if connection.vendor == "sqlite" else 0
    needed = size_of_files(archive) + on_disk
    disk(needed - 1)
    with pytest.raises(Refused, match="There is no room"):
        demand(archive)
    disk(needed)
    demand(archive)
