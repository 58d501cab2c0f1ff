"""What every feed says, in one plain shape: a module for each format writes it down.

An entry is a public edition, and its identity (`urn:uuid:`, RFC 9562) is the release's: a
correction keeps it, and changes `updated`. All of it follows from public editions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.conf import settings
from django.db.models import Prefetch
from django.http import HttpRequest
from django.template.loader import render_to_string

from files.models import Picture
from releases.figures import is_offered
from releases.html import clean, one_line, with_dateline
from releases.models import Edition, EditionAttachment, EditionFigure, Topic
from releases.models.edition import EditionQuerySet
from releases.newsroom import queries
from releases.newsroom.context import language, moment
from releases.newsroom.translations import also_in, public_in, untranslated

FEED_LENGTH = 30
# What an empty feed has for the moment of its last change.
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Enclosure:
    """A picture or file of an entry: address, type, size in bytes (0: not known) and words."""

    address: str
    mime_type: str
    size: int
    title: str

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown."""
        return self.mime_type.startswith("image/")


@dataclass(frozen=True)
class Entry:
    """A release as a feed has it: texts are plain, `content` alone is clean HTML.

    `day` is the date shown, `published` when its first edition became public, `updated` when the
    present one did; `enclosures` are pictures, then files; `also` are language and address of its
    translations.
    """

    urn: str
    address: str
    title: str
    summary: str
    content: str
    language: str
    day: date
    published: datetime
    updated: datetime
    topics: list[str]
    enclosures: list[Enclosure]
    also: list[tuple[str, str]]


@dataclass(frozen=True)
class Feed:
    """A feed: `address` is its own, `home` that of the page it follows.

    `withdrawn` are the identities of releases that are gone, and when they went.
    """

    title: str
    subtitle: str
    author: str
    language: str
    address: str
    home: str
    entries: list[Entry]
    withdrawn: list[tuple[str, datetime]]

    @property
    def updated(self) -> datetime:
        """When it last changed: with an entry or a withdrawal, and never with the clock."""
        moments = [one.updated for one in self.entries] + [end for _urn, end in self.withdrawn]
        return max(moments, default=EPOCH)


@dataclass(frozen=True)
class Subject:
    """What a feed is narrowed to, its name ('' for everything) and its page."""

    name: str
    page: str
    topic: Topic | None = None
    kind: str = ""


def feed_of(request: HttpRequest, subject: Subject) -> Feed:
    """Return the feed of a subject in the language of the address; by `?all=1` of all languages."""
    now, everywhere = moment(request), asks_for_all(request)
    office = settings.PRESS_OFFICE
    editions = _editions(now, subject, everywhere)
    notes = queries.notes(now, editions)
    ended = queries.tombstones(now, "" if everywhere else language())
    return Feed(
        title=one_line(": ".join(filter(None, (str(office["name"]), subject.name)))),
        subtitle=one_line(str(office["tagline"])),
        author=one_line(str(office["full_name"] or office["name"])),
        language=language(),
        address=request.build_absolute_uri(request.path) + ("?all=1" if everywhere else ""),
        home=request.build_absolute_uri(subject.page),
        entries=[_entry(request, one, now, notes.get(one.release_id, [])) for one in editions],
        withdrawn=[(urn, end) for urn, end in ended if end],
    )


def asks_for_all(request: HttpRequest) -> bool:
    """Return whether what is not translated is wanted, too."""
    return request.GET.get("all") == "1"


def _editions(at: datetime, subject: Subject, everywhere: bool) -> list[Edition]:
    """Return what a feed carries: its own language; `everywhere`: what is untranslated, too."""
    asked = (subject.topic, subject.kind)
    lists = [public_in(at, language(), *asked)]
    if everywhere:
        others = [code for code, _name in settings.LANGUAGES if code != language()]
        lists += [untranslated(at, language(), other, *asked) for other in others]
    found = [one for editions in lists for one in with_all(editions)[:FEED_LENGTH]]
    newest = sorted(found, key=lambda one: (one.day, one.pk), reverse=True)[:FEED_LENGTH]
    return also_in(at, newest)


def with_topics(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the same editions with what a list for programs shows of them."""
    return editions.with_first_moment().select_related("release").prefetch_related("topics")


def with_all(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the same editions with everything that an entry shows of them."""
    return with_topics(editions).prefetch_related(
        Prefetch("figures", queryset=EditionFigure.objects.select_related("picture")),
        Prefetch("attachments", queryset=EditionAttachment.objects.select_related("document")),
    )


def _entry(request: HttpRequest, edition: Edition, at: datetime, notes: list[Edition]) -> Entry:
    """Return an edition as an entry, with absolute addresses."""
    absolute = request.build_absolute_uri
    return Entry(
        urn=edition.release.uuid.urn,
        address=absolute(edition.get_absolute_url()),
        title=one_line(edition.headline),
        summary=one_line(edition.summary),
        content=content(edition, notes),
        language=edition.language,
        day=edition.day,
        published=edition.first_moment,  # type: ignore[attr-defined]
        updated=edition.public_from,
        topics=[one_line(topic.name) for topic in edition.topics.all()],
        enclosures=[
            *(_picture(request, one) for one in edition.figures.all() if is_offered(one, at)),
            *(_document(request, one) for one in edition.attachments.all()),
        ],
        also=[(one.language, absolute(one.get_absolute_url())) for one in edition.also],
    )


def content(edition: Edition, notes: Sequence[Edition]) -> str:
    """Return the whole text, its public notes before it: who reads only here sees them."""
    body = str(with_dateline(edition.body, edition.dateline))
    if not notes:
        return body
    return clean(render_to_string("newsroom/feed_notes.html", {"notes": notes})) + body


def _picture(request: HttpRequest, figure: EditionFigure) -> Enclosure:
    picture = figure.picture
    address = request.build_absolute_uri(picture.get_absolute_url())
    words = one_line(figure.caption or figure.alt)
    return Enclosure(address, picture.mime_type, _size(picture), words)


def _document(request: HttpRequest, attachment: EditionAttachment) -> Enclosure:
    document = attachment.document
    address = request.build_absolute_uri(document.get_absolute_url())
    return Enclosure(address, document.mime_type, document.size, one_line(str(attachment)))


def _size(picture: Picture) -> int:
    """Return a file's size in bytes, or 0 where the storage does not have it."""
    try:
        return picture.file.size
    except OSError:
        return 0
