"""Reading an archive: whole, or not at all. Nothing of what a file says is believed unchecked."""

import json
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from cepr_press.backup.archive import (
    FILES,
    MANIFEST,
    MEDIA,
    README,
    ROWS,
    SEAL,
    SEAL_LENGTH,
    Manifest,
    Part,
    Refused,
    StoredFile,
    manifest_of,
    stored_file_of,
)

CHUNK: Final = 1024 * 1024
#: Bounds of what is read at once: a row, and the manifest.
LONGEST_LINE, LONGEST_MANIFEST = 256 * CHUNK, 64 * CHUNK
#: What is unpacked may be so many times as large as what is packed; texts come to a tenth of that.
MOST_UNPACKED: Final = 200


@dataclass(frozen=True)
class Archive:
    """An archive that was read whole and found whole. `files` have each name once."""

    packed: ZipFile
    manifest: Manifest
    files: list[StoredFile] = field(default_factory=list)

    def rows(self, table: str) -> Iterator[dict[str, Any]]:
        """Give the rows of a table. Raises Refused for a line that is no row of it."""
        columns = set(self.manifest.tables[table].columns)
        with self.packed.open(f"rows/{table}.ndjson") as lines:
            for line in _lines(lines):
                row = _json(line)
                if not isinstance(row, dict) or row.keys() != columns:
                    raise Refused(f"A line is no row of {table}.")
                yield row

    def content(self, one: StoredFile) -> IO[bytes]:
        """Return the open content of a file."""
        return self.packed.open(f"media/{one.sha256}")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Read an archive whole; yield it if it is whole. Raises Refused where it is not."""
    with _refusing(), path.open("rb") as file:
        seal(file)
        with ZipFile(file) as packed:
            yield _checked(packed, os.fstat(file.fileno()).st_size)


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn whatever is raised over a damaged file into a refusal."""
    try:
        yield
    except (BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise Refused(f"It is damaged: {error}.") from error


def glance(path: Path) -> Manifest:
    """Return what an archive says of itself, without reading it whole. Raises Refused."""
    with _refusing(), path.open("rb") as file, ZipFile(file) as packed:
        return _manifest(packed)


def seal(file: IO[bytes]) -> str:
    """Return the SHA-256 at an archive's end. Raises Refused where it isn't that of its bytes."""
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode) or status.st_size <= SEAL_LENGTH:
        raise Refused("It is no archive, or it was interrupted at its very beginning.")
    found, left = sha256(), status.st_size - SEAL_LENGTH
    file.seek(0)
    while left:
        data = file.read(min(CHUNK, left))
        found.update(data)
        left -= len(data)
    said = SEAL.fullmatch(file.read())
    if not said:
        raise Refused("It does not end as an archive does: it was interrupted, or cut short.")
    if said[1].decode() != found.hexdigest():
        raise Refused("It is damaged, or was altered: its bytes are not those that were written.")
    file.seek(0)
    return found.hexdigest()


def _checked(packed: ZipFile, size: int) -> Archive:
    members = _members(packed, size)
    manifest = _manifest(packed)
    if unknown := [name for name in manifest.parts if not _is_ours(name)]:
        raise Refused(f"It has parts that none of ours has: {unknown[0]!r}.")
    tables = {ROWS.fullmatch(name)[1] for name in manifest.parts if ROWS.fullmatch(name)}  # type: ignore[index]
    if tables != manifest.tables.keys() or FILES not in manifest.parts:
        raise Refused("Its manifest names other tables than it has.")
    for name, part in manifest.parts.items():
        lines = _check(packed, members, name, part)
        if (table := ROWS.fullmatch(name)) and lines != manifest.tables[table[1]].count:
            raise Refused(
                f"{name} has {lines} rows, {manifest.tables[table[1]].count} are told of."
            )
    files = _files(packed)
    contents = {f"media/{one.sha256}": Part(one.size, one.sha256) for one in files}
    if members.keys() != {MANIFEST, *manifest.parts, *contents}:
        raise Refused("It has other parts than its manifest names.")
    for name, part in contents.items():
        _check(packed, members, name, part)
    return Archive(packed, manifest, files)


def _is_ours(name: str) -> bool:
    return name in (README, FILES) or bool(ROWS.fullmatch(name))


def _members(packed: ZipFile, size: int) -> dict[str, ZipInfo]:
    """Return the members by name. Raises Refused for what none of ours is: a link, a bomb …"""
    found = {one.filename: one for one in packed.infolist()}
    if len(found) != len(packed.infolist()):
        raise Refused("It has two parts of one name.")
    for name, one in found.items():
        if not (name == MANIFEST or _is_ours(name) or MEDIA.fullmatch(name)):
            raise Refused(f"It has a part that none of ours has: {name!r}.")
        if stat.S_IFMT(one.external_attr >> 16) not in (0, stat.S_IFREG):
            raise Refused(f"{name} is no plain file.")
        packing = ZIP_STORED if MEDIA.fullmatch(name) else ZIP_DEFLATED
        if one.flag_bits & 1 or one.compress_type != packing:
            raise Refused(f"{name} is packed as none of ours is.")
    if sum(one.compress_size for one in found.values()) > size:
        raise Refused("Its parts lie over one another.")
    if sum(one.file_size for one in found.values()) > MOST_UNPACKED * (size + CHUNK):
        raise Refused("It would unpack to more than any archive of ours.")
    return found


def _manifest(packed: ZipFile) -> Manifest:
    if MANIFEST not in packed.namelist():
        raise Refused("It has no manifest.")
    with packed.open(MANIFEST) as file:
        said = file.read(LONGEST_MANIFEST + 1)
    if len(said) > LONGEST_MANIFEST:
        raise Refused("Its manifest is too long.")
    return manifest_of(_json(said))


def _files(packed: ZipFile) -> list[StoredFile]:
    with packed.open(FILES) as lines:
        found = [stored_file_of(_json(line)) for line in _lines(lines)]
    if len({one.name for one in found}) != len(found):
        raise Refused("It names a file twice.")
    return found


def _check(packed: ZipFile, members: dict[str, ZipInfo], name: str, part: Part) -> int:
    """Read a part whole; return how many lines it has. Raises Refused if it isn't as told."""
    if name not in members or members[name].file_size != part.size:
        raise Refused(f"{name} is not there, or not of the size that the manifest names.")
    found, size, lines = sha256(), 0, 0
    with packed.open(members[name]) as file:
        while data := file.read(CHUNK):
            found.update(data)
            size += len(data)
            lines += data.count(b"\n")
    if (size, found.hexdigest()) != (part.size, part.sha256):
        raise Refused(f"{name} is not what the manifest says.")
    return lines


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise Refused("A line is too long, or the last one has no end.")
        yield line


def _json(said: bytes) -> Any:
    try:
        return json.loads(said)
    except (ValueError, RecursionError) as error:
        raise Refused(f"What should be JSON is none ({error}).") from error
