"""The public pages: each gets what readers may see now, narrows it, and hands it over."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from contacts.models import Contact
from files.answers import copy_answer, document_answer, picture_answer
from files.renditions import RECIPE, is_offered
from releases.models import Edition, Topic
from releases.newsroom import paging, queries
from releases.newsroom.addressed import Addressed, addressed
from releases.newsroom.context import language, moment
from releases.newsroom.figures import PUBLIC, Addresses, attached, laid_out, shown
from releases.newsroom.files import public_file_answer
from releases.newsroom.parts import page
from releases.newsroom.record import record


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest releases and the topics."""
    now = moment(request)
    context = {
        "editions": queries.listed(now, language())[:12],
        "topics": queries.by_name(queries.topics(now, language())),
        "origin": request.build_absolute_uri("/").rstrip("/"),
    }
    return page(request, "newsroom/home.html", context)


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """All releases, newest first."""
    shown = paging.page(request, queries.listed(moment(request), language()))
    return page(request, "newsroom/releases.html", vars(shown))


@require_safe
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """One release, as its public edition has it; a former address leads to the present one."""
    found = addressed(request, "newsroom:release", slug)
    if isinstance(found, HttpResponse):
        return found
    context = release_context(request, found.current, found.at, found)
    return page(request, "newsroom/release.html", context)


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """All topics with a release, A to Z in the reader's language."""
    found = queries.by_name(queries.topics(moment(request), language()))
    return page(request, "newsroom/topics.html", {"topics": found})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: what it is, whom to call, its releases."""
    now = moment(request)
    there = queries.topics(now, language())
    found = there.filter(slug=slug).first()
    if found is None:
        return moved(queries.by_former_address(there, slug))
    editions = queries.for_list(Edition.objects.public(now).about(found, language()))
    context = {
        "topic": found,
        "contacts": queries.contacts_for(now, found, language()),
        **vars(paging.page(request, editions, link="here__")),
    }
    return page(request, "newsroom/topic.html", context)


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The people whom journalists may call."""
    people = queries.contacts(moment(request), language())
    return page(request, "newsroom/contacts.html", {"contacts": people})


@require_safe
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, and the releases that name him or her."""
    now = moment(request)
    there = queries.contacts(now, language())
    person = there.filter(slug=slug).first()
    if person is None:
        return moved(queries.by_former_address(there, slug))
    shown = paging.page(request, queries.listed(now, language()).naming(person))
    return page(request, "newsroom/contact.html", {"contact": person, **vars(shown)})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected, clarified or updated, the latest first."""
    editions = queries.corrections(moment(request), language())
    return page(request, "newsroom/corrections.html", {"editions": editions})


@require_safe
def picture(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A picture that a public edition shows, as it came in; anything else does not exist."""
    now = moment(request)
    found = queries.public_picture(now, key, whole=True)
    if found is None or found.name != name:
        raise Http404
    return public_file_answer(request, found.key, now, partial(picture_answer, found))


@require_safe
def rendition(request: HttpRequest, key: str, width: int, name: str) -> HttpResponseBase:
    """A smaller copy of a picture that a public edition shows."""
    now = moment(request)
    found = queries.public_picture(now, key)
    if found is None or not is_offered(found, width, name):
        raise Http404
    tag = f"{key}-{width}-{RECIPE}-{name.rpartition('.')[2]}"
    return public_file_answer(request, tag, now, partial(copy_answer, found, width, name))


@require_safe
def document(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A document that a public edition carries."""
    now = moment(request)
    found = queries.public_document(now, key)
    if found is None or found.name != name:
        raise Http404
    return public_file_answer(request, found.key, now, partial(document_answer, found))


def moved(row: Topic | Contact | None) -> HttpResponse:
    """Lead for good from a former address to the present one; raises Http404 without a row."""
    if row is None:
        raise Http404
    return HttpResponsePermanentRedirect(row.get_absolute_url())


def release_context(
    request: HttpRequest,
    edition: Edition,
    at: datetime,
    found: Addressed | None = None,
    addresses: Addresses = PUBLIC,
) -> dict[str, Any]:
    """Return everything a release page shows of `edition` at a moment.

    Five queries, and those of the additions. `found` is the public release that the edition
    belongs to; one still to come has none. `addresses` says where its pictures are found.
    """
    topics = queries.by_name(queries.topics_of(edition.pk))
    shown_at = (found.current if found else edition).get_absolute_url()
    canonical = request.build_absolute_uri(shown_at)
    return {
        "edition": edition,
        "topics": topics,
        "contacts": queries.contacts_of(edition.pk),
        "pieces": laid_out(
            edition.body,
            edition.dateline,
            [shown(one, at, addresses) for one in queries.figures_of(edition.pk)],
        ),
        "attachments": [attached(one, addresses) for one in queries.attachments_of(edition.pk)],
        "canonical_url": canonical,
        **(record(request, edition, found.begun, canonical) if found else {}),
        **vars(queries.around(at, edition, topics)),
        **additions(edition, at, topics),
    }


def additions(edition: Edition, at: datetime, topics: list[Topic]) -> dict[str, Any]:
    """Return what other applications add to a release page (RELEASE_PAGE_ADDITIONS)."""
    found: dict[str, Any] = {}
    for name in settings.RELEASE_PAGE_ADDITIONS:
        found.update(import_string(name)(edition, at, topics))
    return found
