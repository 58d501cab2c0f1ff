"""Where each picture and document is used, and which are used nowhere at all.

Used is what anything knows that is kept: a release, an edition, a contact, a revision (its text
may be restored), or a text that somebody typed and has not saved.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.storage import Storage, default_storage
from django.db import transaction

from contacts.models import Contact
from files.models import Document, Picture
from files.renditions import folder
from releases.models import (
    Autosave,
    EditionAttachment,
    EditionFigure,
    ReleaseAttachment,
    ReleaseFigure,
    Revision,
)
from releases.snapshots import from_snapshot

ROWS_AT_A_TIME = 500
FOLDERS = ("pictures", "documents", "renditions")


@dataclass(frozen=True)
class Known:
    """The keys of rows that something knows; those of files that a form is holding."""

    pictures: frozenset[int]
    documents: frozenset[int]
    held: frozenset[str]


def known() -> Known:
    """Return all that is known. Raises ValueError for a revision that can't be read."""
    pictures = {
        *ReleaseFigure.objects.values_list("picture", flat=True),
        *EditionFigure.objects.values_list("picture", flat=True),
        *Contact.objects.exclude(photo=None).values_list("photo", flat=True),
    }
    documents = {
        *ReleaseAttachment.objects.values_list("document", flat=True),
        *EditionAttachment.objects.values_list("document", flat=True),
    }
    for schema, snapshot in Revision.objects.values_list("schema", "snapshot").iterator():
        content = from_snapshot(schema, snapshot)
        pictures.update(one.picture for one in content.figures)
        documents.update(one.document for one in content.attachments)
    return Known(frozenset(pictures), frozenset(documents), frozenset(_held()))


def _held() -> Iterator[str]:
    """Give the keys of the files that unsaved forms name."""
    for values in Autosave.objects.values_list("values", flat=True):
        for name, texts in values.items():
            if name.endswith("-kept"):
                yield from texts


def unused(before: datetime) -> list[Picture | Document]:
    """Return the pictures and documents, added before this moment, that nothing knows."""
    now = known()
    found: list[Picture | Document] = []
    for model, keys in ((Picture, now.pictures), (Document, now.documents)):
        rows: Any = model.objects.filter(added_at__lt=before).order_by("pk")
        found += [
            row
            for row in rows.iterator(ROWS_AT_A_TIME)
            if row.pk not in keys and row.key not in now.held
        ]
    return found


def remove(row: Picture | Document) -> None:
    """Delete a row, then its file and copies. The database refuses where something knows it."""
    storage, name = row.file.storage, str(row.file.name)
    with transaction.atomic():
        row.delete()
    storage.delete(name)
    if isinstance(row, Picture):
        _empty(storage, folder(row))


def strays(before: datetime) -> list[str]:
    """Return folders of the storage, older than this moment, that belong to no row."""
    keys = {*Picture.objects.values_list("key", flat=True)}
    keys |= {*Document.objects.values_list("key", flat=True)}
    found = []
    for top in FOLDERS:
        for name in _listed(default_storage, top)[0]:
            path = f"{top}/{name}"
            if name not in keys and _is_older(default_storage, path, before):
                found.append(path)
    return found


def remove_stray(path: str) -> None:
    """Delete what is in a folder of the storage, and the folder."""
    _empty(default_storage, path)


def _is_older(storage: Storage, path: str, before: datetime) -> bool:
    names = _listed(storage, path)[1]
    return all(storage.get_modified_time(f"{path}/{name}") < before for name in names)


def _listed(storage: Storage, path: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(path)
    except FileNotFoundError:
        return [], []


def _empty(storage: Storage, path: str) -> None:
    for name in _listed(storage, path)[1]:
        storage.delete(f"{path}/{name}")
    storage.delete(path)
