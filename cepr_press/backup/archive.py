"""What an archive says of itself: the manifest, and the marks by which a whole one is known."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Final

from cepr_press.backup.tables import Migration

#: Counted up with any change of how archives are written that older code could not read.
FORMAT: Final = 1
MANIFEST, FILES, README = "manifest.json", "files.ndjson", "README.txt"
ROWS: Final = re.compile(r"rows/([a-z0-9_]+\.[a-z0-9_]+)\.ndjson")
MEDIA: Final = re.compile(r"media/([0-9a-f]{64})")
#: The zip file's comment: the SHA-256 of all bytes before it.
SEAL: Final = re.compile(rb"sha256:([0-9a-f]{64})")
SEAL_LENGTH: Final = len(b"sha256:") + 64

TEXT_OF_README = """\
A backup of a press office's publishing system.

"manage.py restore FILE" brings it back, onto SQLite or PostgreSQL. To read it by other means: rows/
has a file for each table, with a JSON object a line; files.ndjson names the pictures and documents,
whose contents stand below media/ under their SHA-256; manifest.json says by which version it was
made, and has the size and the SHA-256 of every part.

It holds all texts, also those that are not public, the accounts with the hashes of their passwords,
and the hashes of share links. Keep it where nobody else can read it. It does not hold the secret
key, the passwords of the database and other services, the search index, and who was signed in.
"""


class Refused(Exception):
    """This is not a whole archive that may be restored here. Its text says why."""


@dataclass(frozen=True)
class Part:
    """A member of the archive: its size in bytes, and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Rows:
    """A table in the archive: its columns, how many rows, and the last number given to one."""

    columns: tuple[str, ...]
    count: int
    last: int


@dataclass(frozen=True)
class StoredFile:
    """A file of the storage: `column` is the one that names it, `files.picture.file`."""

    column: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All that an archive says of itself; `missing` are files that rows name and nobody has."""

    format: int
    version: str
    made_at: datetime
    database: str
    generation: int
    migrations: tuple[Migration, ...]
    settings: Mapping[str, str]
    parts: Mapping[str, Part]
    tables: Mapping[str, Rows]
    missing: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return {**asdict(self), "made_at": self.made_at.isoformat()}

    def count(self, table: str) -> int:
        """Return how many rows of a table there are."""
        return self.tables[table].count if table in self.tables else 0


def manifest_of(said: Any) -> Manifest:
    """Return the manifest that JSON says. Raises Refused for one that this code can't read."""
    if not isinstance(said, dict) or not isinstance(said.get("format"), int):
        raise Refused("The manifest is none of ours.")
    if said["format"] > FORMAT:
        raise Refused(
            f"It was made by newer code (format {said['format']}, version {said.get('version')})."
        )
    try:
        return Manifest(
            format=said["format"],
            version=str(said["version"]),
            made_at=datetime.fromisoformat(said["made_at"]),
            database=str(said["database"]),
            generation=int(said["generation"]),
            migrations=tuple((str(app), str(name)) for app, name in said["migrations"]),
            settings=dict(said["settings"]),
            parts={name: part_of(one) for name, one in said["parts"].items()},
            tables={
                name: Rows(tuple(map(str, one["columns"])), int(one["count"]), int(one["last"]))
                for name, one in said["tables"].items()
            },
            missing=tuple(map(str, said["missing"])),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused(f"The manifest can't be read ({error!r}).") from error


def part_of(said: Any) -> Part:
    """Return what JSON says of a part. Raises ValueError and the like for anything else."""
    return Part(int(said["size"]), str(said["sha256"]))


def stored_file_of(said: Any) -> StoredFile:
    """Return what JSON says of a file. Raises Refused for a name that leads out of the storage."""
    try:
        found = StoredFile(
            str(said["column"]), str(said["name"]), int(said["size"]), str(said["sha256"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(f"The list of files can't be read ({error!r}).") from error
    path = PurePosixPath(found.name)
    leads_out = path.is_absolute() or ".." in path.parts or "\\" in found.name
    if leads_out or str(path) != found.name or not found.name.isprintable():
        raise Refused(f"A file has a name that none of ours has: {found.name!r}.")
    return found
