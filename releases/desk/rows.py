"""A release's form as it is sent, written anew: other values, rows that need no stored row."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from files.fields import DocumentUploadField, PictureUploadField
from files.models import Document, Picture
from releases.content import TEXT_FIELDS, Content
from releases.desk.typed import WORDS, rows
from releases.desk.writing import HTML

Row = dict[str, str]
GATES: dict[str, type[PictureUploadField] | type[DocumentUploadField]] = {
    "figures": PictureUploadField,
    "attachments": DocumentUploadField,
}
SAID = ("decorative", "use_until")


def rewritten(data: QueryDict, content: Content, names: Iterable[str], whole: bool) -> QueryDict:
    """Return `data` with the fields `names` as `content` has them; all else stays as it is typed.

    Saving replaces the rows of people and pictures; with `whole`, the form's are freed of the
    rows that they were read from. A picture's words without a picture stay.
    """
    found, changed = data.copy(), set(names)
    for name in changed & {*TEXT_FIELDS}:
        value = getattr(content, name)
        found[name] = str(value or "")
    if "body" in changed:
        found["body_as"] = HTML
    if "topics" in changed:
        found.setlist("topics", [str(pk) for pk in content.topics])
    if whole or "contacts" in changed:
        _put(found, "contact_links", [*_people(content), {"contact": ""}])
    if whole or "figures" in changed:
        _put(found, "figures", [*_figures(content), *_without_picture(data)])
    if whole or "attachments" in changed:
        _put(found, "attachments", _attachments(content))
    return found


def with_uploads(data: QueryDict, files: MultiValueDict[str, Any]) -> QueryDict:
    """Return `data` naming the files that came with it, stored now: no page shows a file again.

    What the gate refuses is left out: the form asks for the picture once more.
    """
    found = data.copy()
    for name in files:
        prefix, _, field = name.rpartition("-")
        gate = GATES.get(prefix.partition("-")[0])
        if gate and field == "upload":
            try:
                upload = gate().clean(files[name])
            except ValidationError:
                continue
            found[f"{prefix}-kept"] = upload.store().key
    return found


def _people(content: Content) -> list[Row]:
    return [{"contact": str(pk)} for pk in content.contacts]


def _figures(content: Content) -> list[Row]:
    pictures = Picture.objects.in_bulk([figure.picture for figure in content.figures])
    return [
        {
            "kept": pictures[figure.picture].key,
            **{name: str(getattr(figure, name) or "") for name in (*WORDS, *SAID)},
            **{name: str(getattr(figure, name)) for name in ("focus_x", "focus_y")},
        }
        for figure in content.figures
        if figure.picture in pictures
    ]


def _attachments(content: Content) -> list[Row]:
    documents = Document.objects.in_bulk([one.document for one in content.attachments])
    return [
        {"kept": documents[one.document].key, "title": one.title}
        for one in content.attachments
        if one.document in documents
    ]


def _without_picture(data: QueryDict) -> list[Row]:
    """Return what was typed about pictures that are not there yet."""
    return [
        {name: row[name] for name in WORDS}
        for row in rows(data, "figures")
        if not row["kept"] and any(row[name] for name in WORDS)
    ]


def _put(data: QueryDict, prefix: str, found: list[Row]) -> None:
    """Put rows in the place of those of an inline."""
    for name in [one for one in data if one.startswith(f"{prefix}-")]:
        part = name.removeprefix(f"{prefix}-").partition("-")[0]
        if part.isdecimal():
            del data[name]
    data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(len(found)), "0"
    for place, row in enumerate(found):
        # A row that says nothing has the place that an empty one is given.
        row = {**row, "position": str(place) if any(row.values()) else "0"}
        for name, value in row.items():
            data[f"{prefix}-{place}-{name}"] = value
