"""Putting a file back under the name that it had."""

from __future__ import annotations

from hashlib import sha256

from django.core.files.base import File
from django.core.files.storage import Storage

CHUNK = 1024 * 1024


def place(storage: Storage, name: str, content: File[bytes], digest: str) -> bool:
    """Have the storage hold this content, whose SHA-256 is `digest`, as `name`.

    Return whether it had to be written. Files never change: what stands there with other bytes is
    damaged or half written, and is replaced. Raises OSError where the storage takes another name.
    """
    if storage.exists(name):
        if digest_of(storage, name) == digest:
            return False
        storage.delete(name)
    stored = storage.save(name, content)
    if stored != name:
        storage.delete(stored)
        raise OSError(f"The storage does not take the name {name!r}.")
    return True


def digest_of(storage: Storage, name: str) -> str:
    """Return the SHA-256 of a stored file."""
    found = sha256()
    with storage.open(name) as file:
        for data in file.chunks(CHUNK):
            found.update(data)
    return found.hexdigest()
