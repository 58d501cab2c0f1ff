"""Editions, topics and people as the API writes them: the shapes of shapes.py, filled in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from contacts.models import Contact
from releases.figures import is_offered
from releases.html import plain_text, with_dateline
from releases.models import Edition, EditionAttachment, EditionFigure, Topic
from releases.newsroom import queries
from releases.newsroom.cards import card_address

Data = dict[str, Any]


def item(request: HttpRequest, edition: Edition) -> Data:
    """Return a public edition as an item of a list; `first_moment` was asked for, `also` too."""
    absolute = request.build_absolute_uri
    with translation.override(edition.language):
        own = reverse("newsroom:api_release", args=[edition.slug])
    return {
        "id": edition.release.uuid.urn,
        "url": absolute(edition.get_absolute_url()),
        "api_url": absolute(own),
        "kind": edition.kind,
        "language": edition.language,
        "headline": edition.headline,
        "subhead": edition.subhead,
        "summary": edition.summary,
        "date": edition.day.isoformat(),
        "published": edition.first_moment.isoformat(),  # type: ignore[attr-defined]
        "updated": edition.public_from.isoformat(),
        "edition": edition.number,
        "topics": [topic(request, one) for one in queries.by_name(edition.topics.all())],
        "translations": [
            {"language": one.language, "url": absolute(one.get_absolute_url())}
            for one in edition.also
        ],
        "card_url": absolute(card_address(edition)),
    }


def release(request: HttpRequest, edition: Edition, begun: Sequence[Edition], at: datetime) -> Data:
    """Return the whole of an edition that is public at a moment.

    `begun` are all editions of the release that have begun, the newest first.
    """
    absolute = request.build_absolute_uri
    people = [one for one in queries.contacts_of(edition.pk) if one.active]
    pictures = [one for one in queries.figures_of(edition.pk) if is_offered(one, at)]
    return {
        **item(request, edition),
        "dateline": edition.dateline,
        "body_html": str(with_dateline(edition.body, edition.dateline)),
        "body_text": plain_text(with_dateline(edition.body, edition.dateline)),
        "contacts": [contact(request, one) for one in people],
        "figures": [figure(request, one) for one in pictures],
        "files": [file(request, one) for one in queries.attachments_of(edition.pk)],
        "notes": [note(one) for one in begun if one.note],
        "editions": [
            {
                "number": one.number,
                "date": one.public_from.isoformat(),
                "url": absolute(one.get_permanent_url()),
            }
            for one in begun
        ],
    }


def topic(request: HttpRequest, one: Topic) -> Data:
    """Return a topic."""
    address = request.build_absolute_uri(one.get_absolute_url())
    return {"name": one.name, "slug": one.slug, "url": address}


def contact(request: HttpRequest, one: Contact) -> Data:
    """Return whom to call; no mail address, which harvesters would take."""
    return {
        "name": one.name,
        "role": one.role,
        "phone": one.phone,
        "mobile": one.mobile,
        "languages": one.languages,
        "url": request.build_absolute_uri(one.get_absolute_url()),
    }


def figure(request: HttpRequest, one: EditionFigure) -> Data:
    """Return a picture with its words."""
    return {
        "url": request.build_absolute_uri(one.picture.get_absolute_url()),
        "type": one.picture.mime_type,
        "alt": one.alt,
        "caption": one.caption,
        "credit": one.credit,
    }


def file(request: HttpRequest, one: EditionAttachment) -> Data:
    """Return a file that goes with a release."""
    return {
        "url": request.build_absolute_uri(one.document.get_absolute_url()),
        "type": one.document.mime_type,
        "title": str(one),
        "size": one.document.size,
    }


def note(one: Edition) -> Data:
    """Return why an edition replaced the one before."""
    date = one.public_from.isoformat()
    return {"edition": one.number, "reason": one.reason, "date": date, "text": one.note}
