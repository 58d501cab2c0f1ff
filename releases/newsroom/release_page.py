"""Everything a release page shows: what is asked, and what follows from that without asking.

The two are apart so that a page which is known by what was answered (releases/newsroom/parts.py)
is given without working out anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from contacts.models import Contact, Duty
from releases.models import Edition, EditionAttachment, EditionFigure, Series, Topic
from releases.newsroom import queries, structured
from releases.newsroom.addressed import Addressed
from releases.newsroom.cards import card_address
from releases.newsroom.context import Origin, origin
from releases.newsroom.downloads import tools
from releases.newsroom.figures import (
    PUBLIC,
    Addresses,
    Piece,
    attached,
    interrupted,
    laid_out,
    shown,
)
from releases.newsroom.parts import Context, made
from releases.newsroom.record import record
from releases.newsroom.translations import alternates, lacking, switcher
from releases.on_call import called, on_duty


@dataclass(frozen=True)
class Answered:
    """What the database and the request say of a release page, and all that it follows from.

    `begun` are the release's editions that have begun, the newest first, or the one to come alone;
    `place` says which of them is shown, `current` which is public. `with_page` are the keys of the
    topics and the contacts that have a page, None where all have.
    """

    origin: Origin
    addresses: Addresses
    day: date
    begun: Sequence[Edition]
    place: int
    current: int | None
    topics: Sequence[Topic]
    around: Sequence[Edition]
    contacts: Sequence[Contact]
    duty: Sequence[Duty]
    figures: Sequence[EditionFigure]
    attachments: Sequence[EditionAttachment]
    lacking: Edition | None = None
    series: dict[str, Any] = field(default_factory=dict)
    added: Sequence[Context] = ()
    with_page: tuple[set[int], set[int]] | None = None

    @property
    def edition(self) -> Edition:
        """The edition that is shown."""
        return self.begun[self.place]

    @property
    def public(self) -> Edition | None:
        """The edition that is public, None before the first one."""
        return None if self.current is None else self.begun[self.current]


def answered(
    request: HttpRequest,
    edition: Edition,
    at: datetime,
    found: Addressed | None = None,
    addresses: Addresses = PUBLIC,
) -> Answered:
    """Ask all that a release page shows of `edition` at a moment.

    Seven queries and those of the additions; one more for a translation, two for the series where
    it belongs to one, two for a former edition and for one still to come. `found` is the public
    release that the edition belongs to; one still to come has none. `addresses` says where its
    pictures are found.
    """
    topics = queries.topics_of(edition.pk)
    keys = [one.pk for one in topics]
    known = Answered(
        origin=origin(request),
        addresses=addresses,
        day=timezone.localdate(at),
        begun=found.begun if found else [edition],
        place=found.begun.index(edition) if found else 0,
        current=found.begun.index(found.current) if found else None,
        topics=topics,
        around=queries.beside(at, edition, keys),
        contacts=queries.contacts_of(edition.pk),
        duty=on_duty(at, edition.language),
        figures=queries.figures_of(edition.pk),
        attachments=queries.attachments_of(edition.pk),
        added=[import_string(name)(edition, at, keys) for name in settings.RELEASE_PAGE_ADDITIONS],
    )
    if found is None:
        return replace(known, with_page=_with_page(at, edition.language))
    known = replace(known, series=in_series(at, found.current))
    if edition == found.current:
        return replace(known, lacking=lacking(at, edition))
    return replace(known, with_page=_with_page(at, found.current.language))


def told_by(known: Answered) -> dict[str, Any]:
    """Return everything a release page shows, which follows from what is known."""
    edition, public = known.edition, known.public
    added = {name: value for one in known.added for name, value in made(one).items()}
    around = queries.sorted_out(edition, known.around)
    context = {
        "edition": edition,
        "topics": queries.by_name(known.topics),
        **called(known.duty, known.contacts),
        "pieces": pieces(known, added.get("inside_after", 0)),
        "attachments": [attached(one, known.addresses) for one in known.attachments],
        "canonical_url": known.origin((public or edition).get_absolute_url()),
        **vars(around),
        "switcher": switcher(around.translations),
        **known.series,
        **added,
    }
    if public:
        context |= {**record(known.begun), **told(known, public), **tools(public, edition)}
        if edition == public:
            found = alternates(known.origin, edition, around.translations)
            context |= {"alternates": found, "lacking": known.lacking}
        else:
            context["current_url"] = public.get_absolute_url()
            _unlink_what_has_no_page(known, context)
    else:
        _unlink_what_has_no_page(known, context)
    return context


def release_page(*given: Any, **more: Any) -> partial[dict[str, Any]]:
    """Return the same for parts.page(), given what answered() is given."""
    return partial(told_by, answered(*given, **more))


def pieces(known: Answered, after: int) -> list[Piece]:
    """Return an edition's text and pictures, with the place of an aside after so many paragraphs;
    0: with none."""
    figures = [shown(one, known.day, known.addresses) for one in known.figures]
    text = laid_out(known.edition.body, known.edition.dateline, figures)
    return interrupted(text, after)


def told(known: Answered, public: Edition) -> dict[str, Any]:
    """Return what the page of a public release tells programs: its data, its card, its embedding.

    The card is that of the public edition, whichever is shown. What only a former edition was
    about may have no page any more: of that nothing is said.
    """
    edition, absolute, home = known.edition, known.origin, public.get_absolute_url()
    about = queries.by_name(known.topics) if edition == public else []
    card = absolute(card_address(public))
    embedding = urlencode({"url": absolute(home)})
    return {
        "card_url": card,
        "embedding_url": f"{absolute(reverse('signposts:oembed'))}?{embedding}",
        "structured": structured.blocks(
            structured.news_article(absolute, edition, known.begun, about, [card]),
            structured.breadcrumbs(
                absolute,
                (_("Releases"), reverse("newsroom:releases")),
                (public.headline, home),
            ),
        ),
    }


def in_series(at: datetime, edition: Edition) -> dict[str, Any]:
    """Return the series that a public edition belongs to, its part, and the parts beside it.

    Only what is public counts: a part to come leaves no gap.
    """
    key: int | None = edition.series_key  # type: ignore[attr-defined]
    if key is None:
        return {}
    parts = queries.in_series(at, edition.language, key)
    if edition not in parts:
        # It left the series, or the public, in this very moment.
        return {}
    place = parts.index(edition)
    return {
        "series": Series.objects.get(pk=key),
        "part": place + 1,
        "parts": len(parts),
        "part_before": parts[place - 1] if place else None,
        "part_after": parts[place + 1] if place + 1 < len(parts) else None,
    }


def _with_page(at: datetime, language: str) -> tuple[set[int], set[int]]:
    """Return the keys of the topics and of the contacts that have a page."""
    topics, contacts = queries.topics(at, language), queries.contacts(at, language)
    return set(topics.values_list("pk", flat=True)), set(contacts.values_list("pk", flat=True))


def _unlink_what_has_no_page(known: Answered, context: dict[str, Any]) -> None:
    """Mark the topics and contacts that no public edition carries: they have no page."""
    for name, there in zip(("topics", "contacts"), known.with_page or (), strict=True):
        for one in context[name]:
            one.unlinked = one.pk not in there
