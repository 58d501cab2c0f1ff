"""Zip archives (APPNOTE 6.3) whose bytes follow from what is in them, and from nothing else."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

# The earliest moment that a zip file can tell.
EPOCH = (1980, 1, 1, 0, 0, 0)
#: Files that are packed already.
PACKED = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".docx", ".zip")


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive of these files, in their order, each with one and the same moment."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for name, data in files:
            entry = ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = ZIP_STORED if name.lower().endswith(PACKED) else ZIP_DEFLATED
            archive.writestr(entry, data)
    return made.getvalue()


def settled(archive: bytes) -> bytes:
    """Return the same archive without the moments at which its parts were written."""
    with ZipFile(BytesIO(archive)) as read:
        return packed((one, read.read(one)) for one in read.namelist())
