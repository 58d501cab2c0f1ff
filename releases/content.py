"""What a release says, as plain values: read from a row, written to a row."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from releases.html import clean_source, one_line, place
from releases.models import (
    Edition,
    EditionAttachment,
    EditionFigure,
    Release,
    ReleaseAttachment,
    ReleaseContact,
    ReleaseFigure,
)
from releases.models.text import Kind

TEXT_FIELDS = (
    "kind",
    "language",
    "headline",
    "subhead",
    "slug",
    "dateline",
    "dated",
    "summary",
    "body",
)


@dataclass(frozen=True)
class Figure:
    """A picture in its place, with its words."""

    picture: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    decorative: bool = False
    rights: str = ""
    use_until: date | None = None
    focus_x: int = 50
    focus_y: int = 50


@dataclass(frozen=True)
class Attachment:
    """A document in its place, with its title."""

    document: int
    title: str = ""


FIGURE_COLUMNS = ("picture_id", *(one.name for one in fields(Figure)[1:]))


@dataclass(frozen=True)
class Content:
    """Everything a reader could see of a release. Topics and contacts are primary keys."""

    kind: str = Kind.PRESS_RELEASE.value
    language: str = "en"
    headline: str = ""
    subhead: str = ""
    slug: str = ""
    dateline: str = ""
    dated: date | None = None
    summary: str = ""
    body: str = ""
    topics: tuple[int, ...] = ()
    contacts: tuple[int, ...] = ()
    figures: tuple[Figure, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def tidied(content: Content) -> Content:
    """Return `content` with clean text, single lines where a field is one, topics in order."""
    return replace(
        content,
        headline=one_line(content.headline),
        subhead=one_line(content.subhead),
        dateline=place(content.dateline),
        summary=one_line(content.summary),
        body=clean_source(content.body),
        topics=tuple(sorted(content.topics)),
    )


def read(source: Release | Edition) -> Content:
    """Return the content of a working copy or an edition as it is stored; they can be compared."""
    return Content(
        **{name: getattr(source, name) for name in TEXT_FIELDS},
        topics=tuple(source.topics.order_by("pk").values_list("pk", flat=True)),
        contacts=tuple(source.contact_links.values_list("contact_id", flat=True)),
        figures=tuple(Figure(*row) for row in source.figures.values_list(*FIGURE_COLUMNS)),
        attachments=tuple(
            Attachment(*row) for row in source.attachments.values_list("document_id", "title")
        ),
    )


def write(release: Release, content: Content, former: Content | None = None) -> None:
    """Store `content` in the working copy. Only releases.workflow calls this.

    `former` is what the stored release says, None for a new one: only lists that differ are
    written. The caller saves the row of one that was stored.
    """
    for name in TEXT_FIELDS:
        setattr(release, name, getattr(content, name))
    if former is None:
        release.save()
        former = Content()
    if content.topics != former.topics:
        release.topics.set(content.topics)
    if content.contacts != former.contacts:
        _write_contacts(release, content)
    if content.figures != former.figures:
        _write_figures(release, content)
    if content.attachments != former.attachments:
        _write_attachments(release, content)


def _write_contacts(release: Release, content: Content) -> None:
    release.contact_links.all().delete()
    ReleaseContact.objects.bulk_create(
        ReleaseContact(release=release, contact_id=pk, position=place)
        for place, pk in enumerate(content.contacts)
    )


def _write_figures(release: Release, content: Content) -> None:
    release.figures.all().delete()
    ReleaseFigure.objects.bulk_create(
        ReleaseFigure(release=release, position=place, **figure_columns(figure))
        for place, figure in enumerate(content.figures)
    )


def _write_attachments(release: Release, content: Content) -> None:
    release.attachments.all().delete()
    ReleaseAttachment.objects.bulk_create(
        ReleaseAttachment(
            release=release, position=place, document_id=one.document, title=one.title
        )
        for place, one in enumerate(content.attachments)
    )


def figure_columns(figure: Figure) -> dict[str, Any]:
    """Return the column values of a figure, the picture by its key."""
    columns = asdict(figure)
    return {"picture_id": columns.pop("picture"), **columns}


def edition_figures(edition: Edition, figures: tuple[Figure, ...]) -> list[EditionFigure]:
    """Return unsaved rows for the figures of an edition."""
    return [
        EditionFigure(edition=edition, position=place, **figure_columns(figure))
        for place, figure in enumerate(figures)
    ]


def edition_attachments(
    edition: Edition, attachments: tuple[Attachment, ...]
) -> list[EditionAttachment]:
    """Return unsaved rows for the documents of an edition."""
    return [
        EditionAttachment(
            edition=edition, position=place, document_id=one.document, title=one.title
        )
        for place, one in enumerate(attachments)
    ]
