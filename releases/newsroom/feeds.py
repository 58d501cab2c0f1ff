"""Feeds and sitemaps, made of public editions only."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from releases.html import clean, one_line, with_dateline
from releases.models import Edition, Topic
from releases.newsroom import queries
from releases.newsroom.context import language, moment
from releases.newsroom.months import months, years
from releases.newsroom.translations import also_in, public_in, untranslated

FEED_LENGTH = 30


class AtomFeed(Atom1Feed):
    """Atom 1.0 (RFC 4287) with the whole text of each entry, and tombstones (RFC 6721)."""

    def latest_post_date(self) -> datetime:
        """Return when the newest entry changed; an empty feed has changed at the epoch."""
        moments = [item["updateddate"] for item in self.items]
        return max(moments, default=datetime(1970, 1, 1, tzinfo=UTC))

    def root_attributes(self) -> dict[str, Any]:
        """Add the namespace of tombstones."""
        return {**super().root_attributes(), "xmlns:at": "http://purl.org/atompub/tombstones/1.0"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Name each withdrawn release, so that readers' programs drop it too."""
        super().add_root_elements(handler)
        for urn, end in self.feed["withdrawn"]:
            attributes = {"ref": urn, "when": rfc3339_date(end)}
            handler.addQuickElement("at:deleted-entry", None, attributes)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        """Say in which language an entry is that is not in the feed's (RFC 4287, 2)."""
        other = item["language"] != self.feed["language"]
        return {"xml:lang": item["language"]} if other else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add its translations' addresses (4.1.1), and the text as escaped HTML (4.1.3)."""
        super().add_item_elements(handler, item)
        for code, href in item["also"]:
            handler.addQuickElement(
                "link", "", {"href": href, "rel": "alternate", "hreflang": code}
            )
        handler.addQuickElement("content", item["content"], {"type": "html"})


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The newest releases as Atom."""
    now = moment(request)
    title, home = str(settings.PRESS_OFFICE["name"]), reverse("newsroom:home")
    return _atom(request, now, title, home, _editions(request, now))


@require_safe
def topic_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest releases on one topic as Atom."""
    now = moment(request)
    there = queries.topics(now, language())
    topic = there.filter(slug=slug).first()
    if topic is None:
        return _moved_feed(queries.by_former_address(there, slug))
    title = one_line(f"{settings.PRESS_OFFICE['name']}: {topic.name}")
    return _atom(request, now, title, topic.get_absolute_url(), _editions(request, now, topic))


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemap index (sitemaps.org 0.9): one sitemap a year."""
    found = [year.number for year in years(months(request))]
    addresses = [reverse("newsroom:sitemap_year", args=[year]) for year in found]
    context = {"addresses": [request.build_absolute_uri(address) for address in addresses]}
    return render(request, "newsroom/sitemap_index.xml", context, "application/xml")


@require_safe
def sitemap_year(request: HttpRequest, year: int) -> HttpResponse:
    """The pages of one year's releases, with the day on which each last changed."""
    editions = (
        Edition.objects.public(moment(request))
        .filter(language=language(), dated__year=year)
        .defer("body")
        .newest_first()[:50_000]
    )
    pages = [
        (request.build_absolute_uri(edition.get_absolute_url()), edition.public_from)
        for edition in editions
    ]
    if not pages:
        raise Http404
    return render(request, "newsroom/sitemap.xml", {"pages": pages}, "application/xml")


def _editions(request: HttpRequest, at: datetime, topic: Topic | None = None) -> list[Edition]:
    """Return what a feed carries: its own language; by `?all=1` what is untranslated, too."""
    lists = [public_in(at, language(), topic)]
    if _asks_for_all(request):
        others = [code for code, _name in settings.LANGUAGES if code != language()]
        lists += [untranslated(at, language(), other, topic) for other in others]
    found = [
        one
        for editions in lists
        for one in editions.with_first_moment()
        .select_related("release")
        .prefetch_related("topics")[:FEED_LENGTH]
    ]
    newest = sorted(found, key=lambda one: (one.day, one.pk), reverse=True)[:FEED_LENGTH]
    return also_in(at, newest)


def _asks_for_all(request: HttpRequest) -> bool:
    return request.GET.get("all") == "1"


def _atom(
    request: HttpRequest, now: datetime, title: str, link: str, editions: list[Edition]
) -> HttpResponse:
    """Return an Atom document of `editions`."""
    everywhere = _asks_for_all(request)
    atom = AtomFeed(
        title=title,
        link=request.build_absolute_uri(link),
        description=str(settings.PRESS_OFFICE["tagline"]),
        language=language(),
        feed_url=request.build_absolute_uri(request.path) + ("?all=1" if everywhere else ""),
        author_name=str(settings.PRESS_OFFICE["full_name"]),
        withdrawn=queries.tombstones(now, "" if everywhere else language()),
    )
    notes = queries.notes(now, editions)
    for edition in editions:
        atom.add_item(
            title=one_line(edition.headline),
            link=request.build_absolute_uri(edition.get_absolute_url()),
            # Django says of a summary that it is HTML (RFC 4287, 3.1.1.2): ours is plain text.
            description=escape(one_line(edition.summary)),
            unique_id=edition.release.uuid.urn,
            pubdate=edition.first_moment,  # type: ignore[attr-defined]
            updateddate=edition.public_from,
            categories=[one_line(topic.name) for topic in edition.topics.all()],
            content=_content(edition, notes.get(edition.release_id, [])),
            language=edition.language,
            also=[
                (one.language, request.build_absolute_uri(one.get_absolute_url()))
                for one in edition.also
            ],
        )
    return HttpResponse(
        atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _content(edition: Edition, notes: list[Edition]) -> str:
    """Return the text of an entry, its public notes before it: who reads only here sees them."""
    body = str(with_dateline(edition.body, edition.dateline))
    if not notes:
        return body
    return clean(render_to_string("newsroom/feed_notes.html", {"notes": notes})) + body


def _moved_feed(topic: Topic | None) -> HttpResponse:
    """Lead from a feed's former address to the present one; raises Http404 without a topic."""
    if topic is None:
        raise Http404
    return HttpResponsePermanentRedirect(reverse("newsroom:topic_feed", args=[topic.slug]))
