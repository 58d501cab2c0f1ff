"""The public pages: each gets what readers may see now, narrows it, and hands it over."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from files.answers import copy_answer, document_answer, picture_answer
from files.renditions import RECIPE, is_offered
from releases.in_focus import in_focus
from releases.models import Edition, Series, Topic
from releases.newsroom import paging, queries, structured
from releases.newsroom.addressed import addressed
from releases.newsroom.cards import home_card_address
from releases.newsroom.context import language, moment
from releases.newsroom.files import public_file_answer
from releases.newsroom.parts import page
from releases.newsroom.release_page import release_page
from releases.newsroom.translations import also_in
from releases.on_call import on_call, to_call

# What the front page shows before it leads on to a whole list.
NEWEST, COMING = 12, 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest releases, the pinned ones, what is to come, and the topics."""
    now = moment(request)
    newest = list(queries.listed(now, language())[:NEWEST])
    pinned = in_focus(now, language(), newest[:1])
    also_in(now, [*newest, *pinned])
    context = {
        "lead": newest[:1],
        "pinned": pinned,
        "latest": [one for one in newest[1:] if one not in pinned],
        "coming": queries.coming(now, language())[:COMING],
        "topics": queries.by_name(queries.topics(now, language())),
        "on_call": on_call(now, language()),
        "origin": request.build_absolute_uri("/").rstrip("/"),
        "canonical_url": request.build_absolute_uri(reverse("newsroom:home")),
        "card_url": request.build_absolute_uri(home_card_address()),
        "structured": structured.blocks(structured.press_office(request.build_absolute_uri)),
    }
    return page(request, "newsroom/home.html", context)


@require_safe
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """One release, as its public edition has it; a former address leads to the present one."""
    found = addressed(request, "newsroom:release", slug)
    if isinstance(found, HttpResponse):
        return found
    shown = release_page(request, found.current, found.at, found)
    return page(request, "newsroom/release.html", shown)


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
    return page(request, "newsroom/topic.html", topic_context(request, found, now))


def topic_context(request: HttpRequest, found: Topic, now: datetime) -> dict[str, Any]:
    """Return everything the page of a topic shows at a moment."""
    editions = queries.for_list(Edition.objects.public(now).about(found, language()))
    way = ((_("Topics"), reverse("newsroom:topics")), (found.name, found.get_absolute_url()))
    return {
        "topic": found,
        "structured": structured.blocks(structured.breadcrumbs(request.build_absolute_uri, *way)),
        "canonical_url": paging.first_page(request),
        **to_call(now, language(), queries.contacts_for(now, found, language())),
        **vars(paging.page(request, editions, link="here_")),
        **additions(found, now),
    }


def additions(topic: Topic, now: datetime) -> dict[str, Any]:
    """Return what other applications add to the page of a topic."""
    found: dict[str, Any] = {}
    for name in settings.TOPIC_PAGE_ADDITIONS:
        found.update(import_string(name)(topic, now, language()))
    return found


@require_safe
def series(request: HttpRequest, slug: str) -> HttpResponse:
    """One series: what it is, and its public releases in their order."""
    now = moment(request)
    there = queries.series(now, language())
    found = there.filter(slug=slug).first()
    if found is None:
        return moved(queries.by_former_address(there, slug))
    parts = queries.in_series(now, language(), found.pk)
    prefetch_related_objects(parts, "topics")
    return page(request, "newsroom/series.html", {"series": found, "editions": parts})


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


def moved(row: Topic | Series | None) -> HttpResponse:
    """Lead for good from a former address to the present one; raises Http404 without a row."""
    if row is None:
        raise Http404
    return HttpResponsePermanentRedirect(row.get_absolute_url())
