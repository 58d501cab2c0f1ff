"""Making an archive: under another name, sealed, read back whole, and only then renamed."""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files.storage import Storage
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

import cepr_press
from cepr_press.backup.archive import (
    FILES,
    FORMAT,
    MANIFEST,
    README,
    SEAL_LENGTH,
    TEXT_OF_README,
    Manifest,
    Part,
    Rows,
    StoredFile,
)
from cepr_press.backup.folder import unfinished
from cepr_press.backup.numbers import generation, last
from cepr_press.backup.reading import CHUNK, opened
from cepr_press.backup.snapshot import snapshot
from cepr_press.backup.tables import Schema, Table, Unfit, present, written
from cepr_press.backup.variables import kept

REGULAR_FILE = 0o100600


def make(connection: BaseDatabaseWrapper, target: Path, made_at: datetime) -> Manifest:
    """Make an archive of the whole site at `target`, which must not exist; return its manifest.

    Raises Unfit where the database is newer than the code, Refused where what was written can't be
    read back, OSError where the disk refuses. Whatever happens, `target` is whole or not there.
    """
    if target.exists():
        raise Unfit(f"{target} is there already.")
    with unfinished(target) as (file, path):
        _write(connection, file, made_at)
        _seal(file)
        file.flush()
        os.fsync(file.fileno())
        with opened(path) as archive:
            manifest = archive.manifest
        path.rename(target)
    _settle(target.parent)
    return manifest


class Writer:
    """The parts of an archive as they are written, with their sizes and digests."""

    def __init__(self, packed: ZipFile, made_at: datetime) -> None:
        self.packed, self.made_at = packed, made_at
        self.parts: dict[str, Part] = {}
        self.tables: dict[str, Rows] = {}
        self.named: dict[tuple[str, str], Storage] = {}
        self.missing: list[str] = []

    def part(self, name: str, lines: Iterable[bytes]) -> None:
        """Write a part, compressed."""
        digest, size = sha256(), 0
        with self._member(name, ZIP_DEFLATED) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                size += len(line)
        self.parts[name] = Part(size, digest.hexdigest())

    def table(self, table: Table, last_number: int) -> None:
        """Write a table, and note the files that it names."""
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            for row in table.rows():
                count += 1
                for column in table.files:
                    self._note(table, column, row[column.attname])
                yield _line(row)

        self.part(f"rows/{table.name}.ndjson", lines())
        self.tables[table.name] = Rows(tuple(table.fields), count, last_number)

    def files(self) -> Iterator[bytes]:
        """Write the contents of all files that were named; give the lines that tell of them."""
        done: set[str] = set()
        for (column, name), storage in self.named.items():
            try:
                content = storage.open(name)
            except FileNotFoundError:
                self.missing.append(name)
                continue
            with content, TemporaryFile() as copy:
                size, digest = _copied(content, copy)
                if digest not in done:
                    done.add(digest)
                    with self._member(f"media/{digest}", ZIP_STORED) as member:
                        copyfileobj(copy, member, CHUNK)
            yield _line(vars(StoredFile(column, name, size, digest)))

    def _note(self, table: Table, column: models.FileField, name: str | None) -> None:
        if name:
            self.named[f"{table.name}.{column.name}", name] = column.storage

    def _member(self, name: str, packing: int) -> IO[bytes]:
        info = ZipInfo(name, self.made_at.timetuple()[:6])
        info.compress_type, info.external_attr = packing, REGULAR_FILE << 16
        return self.packed.open(info, "w", force_zip64=True)


def _write(connection: BaseDatabaseWrapper, file: IO[bytes], made_at: datetime) -> None:
    with ZipFile(file, "w") as packed:
        writer = Writer(packed, made_at)
        writer.part(README, [TEXT_OF_README.encode()])
        with snapshot(connection):
            state = present(connection)
            if not state.migrations:
                raise Unfit("There is nothing to back up: this database was never migrated.")
            for table in state.kept.values():
                writer.table(table, last(connection, table))
            number = generation(state)
        # Files never change, so they need no snapshot, and nobody waits for them.
        listed = list(writer.files())
        writer.part(FILES, listed)
        manifest = _manifest(writer, state, connection.vendor, number)
        text = json.dumps(manifest.as_json(), ensure_ascii=False, indent=1)
        writer.part(MANIFEST, [text.encode()])
        packed.comment = b" " * SEAL_LENGTH


def _manifest(writer: Writer, state: Schema, vendor: str, number: int) -> Manifest:
    return Manifest(
        format=FORMAT,
        version=cepr_press.__version__,
        made_at=writer.made_at,
        database=vendor,
        generation=number,
        migrations=state.migrations,
        settings=kept(),
        parts=writer.parts,
        tables=writer.tables,
        missing=tuple(writer.missing),
    )


def _line(said: object) -> bytes:
    try:
        text = json.dumps(
            said, default=written, ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only JSON's own escapes can tell
        text = json.dumps(said, default=written, sort_keys=True, separators=(",", ":")).encode()
    return text + b"\n"


def _copied(content: Iterable[bytes] | IO[bytes], copy: IO[bytes]) -> tuple[int, str]:
    """Copy a file's content; return its size and SHA-256."""
    digest, size = sha256(), 0
    while data := content.read(CHUNK):  # type: ignore[union-attr]
        copy.write(data)
        digest.update(data)
        size += len(data)
    copy.seek(0)
    return size, digest.hexdigest()


def _seal(file: IO[bytes]) -> None:
    """Write the SHA-256 of all bytes before the comment into the comment."""
    end = file.seek(-SEAL_LENGTH, os.SEEK_END)
    file.seek(0)
    digest, left = sha256(), end
    while left:
        data = file.read(min(CHUNK, left))
        digest.update(data)
        left -= len(data)
    file.write(b"sha256:" + digest.hexdigest().encode())


def _settle(folder: Path) -> None:
    """Have the disk remember the name, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
