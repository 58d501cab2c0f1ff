"""What readers may see, each question a function built on Edition.objects.public(at)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from unicodedata import normalize

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from contacts.models import Contact
from files.models import Document, Picture
from releases.models import (
    Edition,
    EditionAttachment,
    EditionFigure,
    EditionTopic,
    Event,
    Series,
    Topic,
)
from releases.models.edition import EditionQuerySet
from releases.prepared import prepared

Row = TypeVar("Row", Topic, Contact, Series)

RELATED = 4
# Nobody plans more than this in public.
EVENTS = 100
# A release can carry many topics; related releases are looked for below the first few.
TOPICS_LOOKED_AT = 6


def listed(at: datetime, language: str) -> EditionQuerySet:
    """Return a language's public editions, newest first, with what a list shows of them."""
    return for_list(Edition.objects.public(at).filter(language=language).newest_first())


def for_list(editions: EditionQuerySet) -> EditionQuerySet:
    """Return the same editions without their long texts, topics fetched along."""
    return editions.defer("body").prefetch_related("topics")


@prepared
def begun_of_address(at: datetime, language: str, slug: str) -> QuerySet[Edition]:
    """Return every edition begun by `at` of the release that was ever public at this address.

    Newest first; empty where nothing was, which is also the answer for what is still to come.
    """
    # One release at most has been public here (models.Address): a single value, looked up once by
    # its index, where a set would leave the database to guess how large it is.
    address = Edition.objects.begun(at).filter(language=language, slug=slug)
    return (
        Edition.objects.begun(at)
        .filter(release=Subquery(address.values("release")[:1]))
        .select_related("public_note", "withdrawal")
        .with_series()
        .order_by("-number")
    )


def coming(at: datetime, language: str) -> list[Event]:
    """Return a language's events that are to come, the next first, no more than one can read."""
    return list(Event.objects.coming(at, language)[:EVENTS])


@prepared
def in_series(at: datetime, language: str, series: int) -> QuerySet[Edition]:
    """Return the public editions of a series (by its key) in its order."""
    return Edition.objects.public(at).filter(language=language).in_series(series).defer("body")


def series(at: datetime, language: str) -> QuerySet[Series]:
    """Return the series that have a public edition of this language."""
    there = Edition.objects.public(at).filter(language=language).in_series(OuterRef("pk"))
    return Series.objects.filter(Exists(there))


def corrections(at: datetime, language: str) -> list[Edition]:
    """Return a language's last hundred noted editions, each with where it is to be found now."""
    noted = Edition.objects.noted(at).filter(language=language).defer("body")
    found = list(noted.select_related("public_note")[:100])
    public = Edition.objects.public(at).filter(release__in=[one.release_id for one in found])
    present = {one.release_id: one for one in public.only("release", "language", "slug")}
    for one in found:
        one.present = present.get(one.release_id)
    return found


def notes(at: datetime, editions: Iterable[Edition]) -> dict[int, list[Edition]]:
    """Return the noted editions of the releases of `editions`, the latest first, by release."""
    releases = [one.release_id for one in editions]
    found: dict[int, list[Edition]] = {}
    noted = Edition.objects.noted(at).filter(release__in=releases).defer("body")
    for one in noted.select_related("public_note"):
        found.setdefault(one.release_id, []).append(one)
    return found


def by_former_address(rows: QuerySet[Row], slug: str) -> Row | None:
    """Return the one of `rows` (topics, contacts) that once stood at `slug`, or None."""
    return rows.filter(former_addresses__slug=slug).first()


@prepared
def topics_of(edition: int) -> QuerySet[Topic]:
    """Return the topics of the edition with this key."""
    return Topic.objects.filter(edition_links__edition=edition)


@prepared
def contacts_of(edition: int) -> QuerySet[Contact]:
    """Return the contacts of the edition with this key, in their order, with their photos."""
    named = Contact.objects.filter(edition_links__edition=edition).select_related("photo")
    return named.order_by("edition_links__position", "edition_links__id")


@prepared
def figures_of(edition: int) -> QuerySet[EditionFigure]:
    """Return the figures of the edition with this key, in their order, with their pictures."""
    return EditionFigure.objects.filter(edition=edition).select_related("picture")


@prepared
def attachments_of(edition: int) -> QuerySet[EditionAttachment]:
    """Return the documents of the edition with this key, in their order."""
    return EditionAttachment.objects.filter(edition=edition).select_related("document")


def tombstones(at: datetime, language: str) -> list[tuple[str, datetime | None]]:
    """Return identifier and end of the releases withdrawn last, for feeds; '': of any language.

    The language is looked at here: asked for in SQL, it leads SQLite to walk the whole language
    instead of the few editions that have ended.
    """
    ended = Edition.objects.withdrawn(at).select_related("release").defer("body")[:50]
    return [
        (one.release.uuid.urn, one.public_until) for one in ended if language in ("", one.language)
    ]


def topics(at: datetime, language: str) -> QuerySet[Topic]:
    """Return the topics that a public edition of this language carries, by name."""
    carried = EditionTopic.objects.filter(
        Exists(Edition.objects.public(at).filter(pk=OuterRef("edition_id"))),
        topic=OuterRef("pk"),
        language=language,
    )
    return Topic.objects.filter(Exists(carried)).order_by("name_en")


def by_name(topics: Iterable[Topic]) -> list[Topic]:
    """Return topics from A to Z in the active language; an accent does not send one behind Z."""
    return sorted(topics, key=lambda topic: normalize("NFKD", topic.name).casefold())


def contacts(at: datetime, language: str) -> QuerySet[Contact]:
    """Return the active contacts that a public edition of this language names, by name."""
    named = Edition.objects.public(at).filter(
        language=language, contact_links__contact=OuterRef("pk")
    )
    return Contact.objects.filter(Exists(named), active=True).select_related("photo")


def contacts_on(at: datetime, topic: Topic, language: str) -> QuerySet[Contact]:
    """Return the active contacts whom a public edition on `topic` names, by name."""
    on_topic = Edition.objects.public(at).about(topic, language)
    named = on_topic.filter(contact_links__contact=OuterRef("pk")).order_by()
    return Contact.objects.filter(Exists(named), active=True).select_related("photo")


def contacts_for(at: datetime, topic: Topic, language: str) -> list[Contact]:
    """Return the people to call about `topic`: those whom its newest releases name first."""
    newest = Edition.objects.public(at).about(topic, language).values("pk")[:5]
    people = Contact.objects.filter(
        active=True, edition_links__edition__in=newest, edition_links__position=0
    )
    return list(people.distinct().select_related("photo"))


def public_picture(at: datetime, key: str, whole: bool = False) -> Picture | None:
    """Return the picture with this key if readers may see it at `at`.

    An edition of a release that is public shows it, the superseded ones at their own addresses
    too; or an active contact of a public edition. With `whole`, its own file is asked for, which
    is not given beyond the last day that a figure says.
    """
    figure = EditionFigure.objects.filter(Exists(_still_readable(at)), picture=OuterRef("pk"))
    if whole:
        figure = figure.filter(Q(use_until=None) | Q(use_until__gte=timezone.localdate(at)))
    photo = Edition.objects.public(at).filter(
        contact_links__contact__photo=OuterRef("pk"), contact_links__contact__active=True
    )
    return Picture.objects.filter(Exists(figure) | Exists(photo), key=key).first()


def public_document(at: datetime, key: str) -> Document | None:
    """Return the document with this key if a release that is public at `at` carries it.

    The superseded editions' documents stay, like their pictures.
    """
    attached = EditionAttachment.objects.filter(
        Exists(_still_readable(at)), document=OuterRef("pk")
    )
    return Document.objects.filter(Exists(attached), key=key).first()


def _still_readable(at: datetime) -> EditionQuerySet:
    """Return the editions of public releases, the superseded ones too, that a row hangs on."""
    public = Edition.objects.public(at).filter(release=OuterRef("release"))
    return Edition.objects.begun(at).filter(Exists(public), pk=OuterRef("edition_id"))


@dataclass(frozen=True)
class Around:
    """What a release page offers to read next, and the same release in other languages."""

    older: Edition | None = None
    newer: Edition | None = None
    related: list[Edition] = field(default_factory=list)
    translations: list[Edition] = field(default_factory=list)


def around(at: datetime, edition: Edition, topics: Iterable[Topic]) -> Around:
    """Return neighbours and translations of `edition` and the newest on its topics: one query."""
    return sorted_out(edition, beside(at, edition, [topic.pk for topic in topics]))


def beside(at: datetime, edition: Edition, topics: Sequence[int]) -> Sequence[Edition]:
    """Return the same (topics by their keys) as the database has it, for sorted_out()."""
    # A text that is not stored yet has no release; no release has the key 0.
    own = (edition.release_id or 0, edition.root or 0)
    place = (edition.day, edition.pk)
    return _around(at, edition.language, *own, *place, *topics[:TOPICS_LOOKED_AT])


def sorted_out(edition: Edition, found: Iterable[Edition]) -> Around:
    """Return what stands around `edition`, each in its place."""
    place = (edition.day, edition.pk)
    found = list(found)
    rows = [row for row in found if row.language == edition.language]
    below = [row for row in rows if (row.day, row.pk) < place]
    above = [row for row in rows if (row.day, row.pk) > place]
    neighbours = {row.pk for row in (*below[:1], *above[-1:])}
    related = [row for row in rows if row.pk not in neighbours][:RELATED]
    return Around(
        older=below[0] if below else None,
        newer=above[-1] if above else None,
        related=related,
        translations=one_a_language(found, edition.language),
    )


def one_a_language(editions: Iterable[Edition], but: str) -> list[Edition]:
    """Return one of `editions` for each language of the newsroom `but` one, in its order."""
    found = {one.language: one for one in editions}
    return [found[code] for code, _name in settings.LANGUAGES if code in found and code != but]


@prepared
def _around(
    at: datetime, language: str, release: int, root: int, day: date, pk: int, *topics: int
) -> QuerySet[Edition]:
    """Return the editions next to a place of the order, the newest on each of some topics, and
    those in other languages of the original with the key `root` and its translations."""
    public = Edition.objects.public(at).filter(language=language).exclude(release=release)
    older = public.newest_first().below(day, pk)[:1]
    newer = public.newest_first().above(day, pk).reverse()[:1]
    wanted = Q(pk__in=older.values("pk")) | Q(pk__in=newer.values("pk"))
    for topic in topics:
        on_topic = Edition.objects.public(at).about(topic, language).exclude(release=release)
        wanted |= Q(pk__in=on_topic.values("pk")[:RELATED])
    family = Edition.objects.public(at).exclude(language=language).exclude(release=release)
    wanted |= Q(pk__in=family.filter(release=root).values("pk"))
    wanted |= Q(pk__in=family.filter(original=root).values("pk"))
    shown = ("kind", "language", "headline", "slug", "dated", "number", "release", "original")
    return Edition.objects.filter(wanted).only(*shown).newest_first()
