"""Files made once: kept in memory under a hash of all that they show.

The key is of the format, its version and the facts, so what is kept answers “what does this look
like” and never “who may have it”: the newsroom asks for the facts anew each time. Nothing is put
where somebody could find it before its moment or after a withdrawal.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from threading import Lock
from typing import NamedTuple

from django.utils import translation

from files.trouble import tell_missing
from releases.formats.pictures import Missing
from releases.formats.shape import Document, Facts, Figure, Format

MOST_BYTES = 48 * 1024 * 1024


class Made:
    """Files by their keys, bounded in bytes, the oldest go first; one thread makes each."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.turns: dict[str, Lock] = {}
        self.size = 0
        self.lock = Lock()

    def get(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Return the file with this key; whoever asks while it is being made waits for it."""
        with self.lock:
            if key in self.files:
                return self.files[key]
            turn = self.turns.setdefault(key, Lock())
        try:
            with turn:
                found = self.files.get(key)
                if found is None:
                    found = make()
                    self._keep(key, found)
                return found
        finally:
            with self.lock:
                self.turns.pop(key, None)

    def _keep(self, key: str, file: bytes) -> None:
        """Keep a file, and drop the oldest ones beyond the bound; one above it is not kept."""
        if len(file) > MOST_BYTES // 2:
            return
        with self.lock:
            self.files[key] = file
            self.size += len(file)
            while self.size > MOST_BYTES:
                self.size -= len(self.files.pop(next(iter(self.files))))

    def clear(self) -> None:
        """Drop everything: for tests and benchmarks."""
        with self.lock:
            self.files, self.size = {}, 0


kept = Made()


class File(NamedTuple):
    """A file, and whether all is in it that the edition has."""

    data: bytes
    whole: bool


def file_of(kind: Format, facts: Facts) -> File:
    """Return the file of an edition in a format, made now or before.

    Where the storage lacks a picture or a document, the file comes without it. It is known by what
    it shows, so the whole one is tried first each time, and made once the storage has all again.
    """
    try:
        return File(kept.get(_key(kind, facts), lambda: _made(kind, facts)), whole=True)
    except Missing as missing:
        tell_missing(missing.one.file)
        return file_of(kind, _without(facts, missing.one))._replace(whole=False)


def _without(facts: Facts, gone: Figure | Document) -> Facts:
    return replace(
        facts,
        figures=tuple(one for one in facts.figures if one.file != gone.file),
        documents=tuple(one for one in facts.documents if one.file != gone.file),
    )


def _key(kind: Format, facts: Facts) -> str:
    shown = repr((kind.suffix, kind.version, facts))
    return blake2b(shown.encode(errors="backslashreplace"), digest_size=20).hexdigest()


def _made(kind: Format, facts: Facts) -> bytes:
    with translation.override(facts.language):
        return kind.make(facts)
