"""The public pages: each gets what readers may see now, narrows it, and hands it over."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from releases.html import with_dateline
from releases.models import Edition, Topic
from releases.models.edition import Reason
from releases.newsroom import paging, queries
from releases.newsroom.context import language, moment
from releases.newsroom.files import public_file_answer
from releases.newsroom.parts import page


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
    now = moment(request)
    begun = queries.begun_of_address(now, language(), slug)
    edition = next((one for one in begun if one.is_public(now)), None)
    if edition is None:
        return _gone(request, begun, now)
    if edition.slug != slug or edition.language != language():
        return HttpResponsePermanentRedirect(edition.get_absolute_url())
    return page(request, "newsroom/release.html", release_context(request, edition, begun, now))


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition by its number, also after another has taken its place: citable for ever."""
    now = moment(request)
    begun = queries.begun_of_address(now, language(), slug)
    wanted = next((one for one in begun if one.number == number), None)
    current = next((one for one in begun if one.is_public(now)), None)
    if wanted is None or current is None:
        return _gone(request, begun if wanted else [], now)
    context = release_context(request, wanted, begun, now)
    context["current_url"] = current.get_absolute_url()
    if wanted != current:
        wanted.is_superseded = True  # type: ignore[attr-defined]
        context["canonical_url"] = request.build_absolute_uri(current.get_absolute_url())
        _unlink_what_has_no_page(context, now)
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
    found = get_object_or_404(queries.topics(now, language()), slug=slug)
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
    person = get_object_or_404(queries.contacts(now, language()), slug=slug)
    shown = paging.page(request, queries.listed(now, language()).naming(person))
    return page(request, "newsroom/contact.html", {"contact": person, **vars(shown)})


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected, clarified or updated, the latest first."""
    noted = Edition.objects.noted(moment(request)).filter(language=language())
    editions = noted.defer("body").select_related("public_note")[:100]
    return page(request, "newsroom/corrections.html", {"editions": editions})


@require_safe
def picture(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """A picture that a public edition shows; anything else does not exist."""
    now = moment(request)
    found = queries.public_picture(now, key)
    if found is None or found.name != name:
        raise Http404
    return public_file_answer(request, found, now)


def _unlink_what_has_no_page(context: dict[str, Any], now: datetime) -> None:
    """Mark the topics and contacts that only a former edition carries: their pages are gone."""
    for name, pages in (("topics", queries.topics), ("contacts", queries.contacts)):
        there = set(pages(now, language()).values_list("pk", flat=True))
        for one in context[name]:
            one.unlinked = one.pk not in there


def _gone(request: HttpRequest, begun: list[Edition], now: datetime) -> HttpResponse:
    """Answer for a release that is not public: 410 with the reason, if it once was (RFC 9110).

    What never was public, or is still to come, does not exist.
    """
    if not begun:
        raise Http404
    withdrawal = getattr(begun[0], "withdrawal", None)
    successor = withdrawal and withdrawal.replaced_by
    instead = successor and Edition.objects.public(now).filter(release=successor).first()
    context = {"edition": begun[0], "withdrawal": withdrawal, "instead": instead}
    return page(request, "newsroom/withdrawn.html", context, status=410)


def release_context(
    request: HttpRequest, edition: Edition, begun: list[Edition], now: datetime
) -> dict[str, Any]:
    """Return everything a release page shows, in five queries and the additions'."""
    topics = queries.by_name(queries.topics_of(edition.pk))
    canonical = edition.get_absolute_url()
    return {
        "edition": edition,
        "body": with_dateline(edition.body, edition.dateline),
        "topics": topics,
        "contacts": queries.contacts_of(edition.pk),
        "figures": queries.figures_of(edition.pk),
        "editions_public": begun[::-1],
        "corrections": [one for one in begun if one.reason != Reason.TYPO and one.note],
        "canonical_url": request.build_absolute_uri(canonical),
        **vars(queries.around(now, edition, topics)),
        **additions(edition, now, topics),
    }


def additions(edition: Edition, at: datetime, topics: list[Topic]) -> dict[str, Any]:
    """Return what other applications add to a release page (RELEASE_PAGE_ADDITIONS)."""
    found: dict[str, Any] = {}
    for name in settings.RELEASE_PAGE_ADDITIONS:
        found.update(import_string(name)(edition, at, topics))
    return found
