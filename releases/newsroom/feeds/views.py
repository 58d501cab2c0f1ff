"""The feeds' addresses: of everything, of a topic, of a kind, and the list of them all."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from releases.html import one_line
from releases.models import Topic
from releases.models.text import KICKERS, Kind
from releases.newsroom import queries
from releases.newsroom.context import language, moment
from releases.newsroom.feeds import FORMATS
from releases.newsroom.feeds.entries import Subject, feed_of


@require_safe
def feed(request: HttpRequest, suffix: str) -> HttpResponse:
    """The newest releases."""
    return _answer(request, suffix, Subject("", reverse("newsroom:home")))


@require_safe
def topic_feed(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """The newest releases on one topic; a former address leads to the present one."""
    there = queries.topics(moment(request), language())
    topic = there.filter(slug=slug).first()
    if topic is None:
        return _moved(queries.by_former_address(there, slug), suffix)
    subject = Subject(topic.name, topic.get_absolute_url(), topic=topic)
    return _answer(request, suffix, subject)


@require_safe
def kind_feed(request: HttpRequest, kind: str, suffix: str) -> HttpResponse:
    """The newest releases of one kind."""
    page = f"{reverse('newsroom:releases')}?kind={kind}"
    return _answer(request, suffix, Subject(str(KICKERS[kind]), page, kind=kind))


class Outline(NamedTuple):
    """A feed in the list of all: its name, its own address and that of the page it follows."""

    title: str
    address: str
    page: str


@require_safe
def opml(request: HttpRequest) -> HttpResponse:
    """All feeds of all languages in one list (OPML 2.0), for readers' programs to take in."""
    languages = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            languages.append((code, name, _outlines(request)))
    context = {"title": settings.PRESS_OFFICE["name"], "languages": languages}
    return render(request, "newsroom/feeds.opml", context, "text/x-opml; charset=utf-8")


def _outlines(request: HttpRequest) -> list[Outline]:
    """Return the Atom feeds of the active language: of everything, each kind and each topic."""
    topics = queries.by_name(queries.topics(moment(request), language()))
    home, releases = reverse("newsroom:home"), reverse("newsroom:releases")
    atom = {"suffix": "atom"}
    found = [
        Outline(str(settings.PRESS_OFFICE["name"]), reverse("newsroom:feed", kwargs=atom), home)
    ]
    for kind in Kind.values:
        address = reverse("newsroom:kind_feed", kwargs={"kind": kind, **atom})
        found.append(Outline(str(KICKERS[kind]), address, f"{releases}?kind={kind}"))
    for topic in topics:
        address = reverse("newsroom:topic_feed", kwargs={"slug": topic.slug, **atom})
        found.append(Outline(topic.name, address, topic.get_absolute_url()))
    absolute = request.build_absolute_uri
    return [
        Outline(one_line(one.title), absolute(one.address), absolute(one.page)) for one in found
    ]


def _answer(request: HttpRequest, suffix: str, subject: Subject) -> HttpResponse:
    """Return a subject's feed in one format."""
    form = FORMATS[suffix]
    written = form.write(feed_of(request, subject))
    return HttpResponse(written, content_type=f"{form.MIME_TYPE}; charset=utf-8")


def _moved(topic: Topic | None, suffix: str) -> HttpResponse:
    """Lead from a feed's former address to the present one; raises Http404 without a topic."""
    if topic is None:
        raise Http404
    address = reverse("newsroom:topic_feed", kwargs={"slug": topic.slug, "suffix": suffix})
    return HttpResponsePermanentRedirect(address)
