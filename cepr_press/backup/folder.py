"""Where archives go (PRESS_BACKUPS), what they are called, and which are kept."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import IO

from django.conf import settings

NAME = "press-%Y%m%dT%H%M%SZ.zip"
NAMED = re.compile(r"press-\d{8}T\d{6}Z\.zip")
UNFINISHED = ".partial"


def name_of(moment: datetime) -> str:
    """Return what an archive of this moment is called; names in order are moments in order."""
    return moment.astimezone(UTC).strftime(NAME)


def archives(folder: Path | None = None) -> list[Path]:
    """Return the archives in a folder (default: PRESS_BACKUPS), the newest first."""
    folder = folder or settings.BACKUPS
    if not folder.is_dir():
        return []
    return sorted((one for one in folder.iterdir() if NAMED.fullmatch(one.name)), reverse=True)


def last_backup() -> datetime | None:
    """Return when the newest archive in PRESS_BACKUPS was made, None where there is none.

    An archive gets its name when it has been read back whole: this opens none.
    """
    newest = next(iter(archives()), None)
    return datetime.strptime(newest.name, NAME).replace(tzinfo=UTC) if newest else None


def drop_older(folder: Path, keep: int) -> list[Path]:
    """Remove all archives of a folder but the newest `keep`; return what was removed."""
    gone = archives(folder)[keep:]
    for one in gone:
        one.unlink()
    return gone


@contextmanager
def unfinished(target: Path) -> Iterator[tuple[IO[bytes], Path]]:
    """Yield an open file beside `target`, and its path, which nobody takes for an archive.

    Only its owner can read it. It is gone at the end, unless the block has renamed it. What killed
    backups left in the folder is removed first: nobody holds its lock any more.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(target.parent)
    path = target.with_name(f".{target.name}.{token_hex(8)}{UNFINISHED}")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, 0o600), "w+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield file, path
        finally:
            path.unlink(missing_ok=True)


def _remove_abandoned(folder: Path) -> None:
    for path in folder.glob(f".press-*{UNFINISHED}"):
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # another backup is being made
            path.unlink(missing_ok=True)
