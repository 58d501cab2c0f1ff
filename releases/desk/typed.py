"""What a release's form holds as it is being typed: whole or not, and never stored."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from files.models import Document, Picture
from releases import slugs
from releases.content import TEXT_FIELDS, Attachment, Content, Figure
from releases.desk.forms import ReleaseForm
from releases.models import Release

MOST_ROWS = 100
WORDS = ("alt", "caption", "credit", "rights")
#: What else is said of a picture; it counts as told where the picture is.
MARKS = ("decorative", "use_until", "focus_x", "focus_y")
MIDDLE = 50


def typed(data: QueryDict, release: Release | None) -> Content:
    """Return what the posted form says, an empty address settled as by saving."""
    content = held(data, release)
    slug = slugs.settled(content.slug, content.headline, content.language, release)
    return replace(content, slug=slug)


def held(data: QueryDict, release: Release | None) -> Content:
    """Return what the posted form says. A field that could not be saved as it is counts as it
    stands where it is text, as empty where it is not."""
    form = ReleaseForm(data, MultiValueDict(), instance=release or Release())
    values = {name: _value(form, name) for name in TEXT_FIELDS}
    return Content(
        **values,
        topics=tuple(topic.pk for topic in _value(form, "topics") or ()),
        contacts=tuple(dict.fromkeys(_contacts(data))),
        figures=tuple(_figures(data)),
        attachments=tuple(_attachments(data)),
    )


def _value(form: ReleaseForm, name: str) -> Any:
    """Return a field's value, cleaned where it can be."""
    bound = form[name]
    try:
        return form.fields[name].clean(bound.data)
    except ValidationError:
        is_free_text = name not in ("kind", "language", "dated", "topics")
        return str(bound.data)[:1000] if is_free_text else getattr(Content(), name)


def rows(data: QueryDict, prefix: str) -> Iterator[dict[str, str]]:
    """Give the rows of an inline that are not marked for removal, in the order of positions."""
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    count = min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 5 else 0
    names = ("contact", "kept", *WORDS, *MARKS, "title", "position", "DELETE")
    found = [
        {name: data.get(f"{prefix}-{n}-{name}", "").replace("\0", "") for name in names}
        for n in range(count)
    ]
    kept = [row for row in found if not row["DELETE"]]
    yield from sorted(kept, key=lambda row: _number(row["position"]))


def _number(text: str) -> int:
    """Return a number that a form sent; 0 for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _contacts(data: QueryDict) -> Iterator[int]:
    """Give the keys of the people chosen."""
    for row in rows(data, "contact_links"):
        if key := _number(row["contact"]):
            yield key


def _figures(data: QueryDict) -> Iterator[Figure]:
    """Give the pictures that are stored already, with the words as they are now."""
    found = list(rows(data, "figures"))
    stored = Picture.objects.in_bulk([row["kept"] for row in found], field_name="key")
    for row in found:
        if picture := stored.get(row["kept"]):
            said: dict[str, Any] = {name: row[name].strip() for name in WORDS}
            yield Figure(picture.pk, **said, **_marks(row))


def _attachments(data: QueryDict) -> Iterator[Attachment]:
    """Give the documents that are stored already, with the titles as they are now."""
    found = list(rows(data, "attachments"))
    stored = Document.objects.in_bulk([row["kept"] for row in found], field_name="key")
    for row in found:
        if document := stored.get(row["kept"]):
            yield Attachment(document.pk, row["title"].strip())


def _marks(row: dict[str, str]) -> dict[str, Any]:
    """Return what a row says of its picture besides words; what can't be read counts as empty."""
    try:
        until = forms.DateField(required=False).clean(row["use_until"])
    except ValidationError:
        until = None
    focus = {name: _per_cent(row[name]) for name in ("focus_x", "focus_y")}
    return {"decorative": bool(row["decorative"]), "use_until": until, **focus}


def _per_cent(text: str) -> int:
    return min(_number(text), 100) if text.isdecimal() else MIDDLE
