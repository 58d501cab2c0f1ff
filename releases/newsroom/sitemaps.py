"""Sitemaps (sitemaps.org 0.9), made of public editions only.

Each language has an index, with a sitemap a year, and one of what is news. The pages of a family
name each other (`xhtml:link`), as they do in their own heads.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from releases.html import one_line
from releases.models import Edition
from releases.models.edition import EditionQuerySet
from releases.newsroom.context import language, moment
from releases.newsroom.months import months, years
from releases.newsroom.translations import also_in, alternates
from releases.newsroom.xml import Document

# How long a release is news for search engines: none of them looks at what is older.
NEWS = timedelta(hours=48)
MOST_NEWS, MOST_PAGES = 1000, 50_000
# How many pages' translations are asked for at once.
TOGETHER = 5000
NAMESPACES = {
    "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The sitemap index of a language: what is news, and one sitemap a year."""
    found = [year.number for year in years(months(request))]
    addresses = [reverse("newsroom:sitemap_year", args=[year]) for year in found]
    if _news(moment(request)).exists():
        addresses.insert(0, reverse("newsroom:sitemap_news"))
    xml = Document()
    with xml.within("sitemapindex", _namespaces("xmlns")):
        for address in addresses:
            with xml.within("sitemap"):
                xml.add("loc", request.build_absolute_uri(address))
    return _answer(xml)


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The pages of one year's releases, their translations, and when each last changed."""
    now = moment(request)
    found = _public(now).filter(dated__year=year).defer("body").newest_first()[:MOST_PAGES]
    if not found:
        raise Http404
    xml = Document()
    with xml.within("urlset", _namespaces("xmlns", "xmlns:xhtml")):
        for edition in _with_translations(now, found):
            with xml.within("url"):
                xml.add("loc", request.build_absolute_uri(edition.get_absolute_url()))
                xml.add("lastmod", edition.public_from.isoformat())
                for code, href in alternates(request.build_absolute_uri, edition, edition.also):
                    link = {"rel": "alternate", "hreflang": code, "href": href}
                    xml.add("xhtml:link", "", link)
    return _answer(xml)


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """What became public within the last 48 hours (Google News sitemap 0.9), newest first.

    Without news it is a list of nothing. The moment at which a release leaves it is a transition
    (`next_old_news`), beyond which nobody keeps it.
    """
    newest = _news(moment(request)).with_first_moment().defer("body").newest_first()[:MOST_NEWS]
    xml = Document()
    with xml.within("urlset", _namespaces("xmlns", "xmlns:news")):
        for edition in newest:
            with xml.within("url"):
                xml.add("loc", request.build_absolute_uri(edition.get_absolute_url()))
                _add_news(xml, edition)
    return _answer(xml)


def next_old_news(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which a release is no longer news, or None."""
    first = Edition.objects.scheduled(after - NEWS).filter(number=1).order_by("public_from").first()
    return first.public_from + NEWS if first else None


def _news(at: datetime) -> EditionQuerySet:
    """Return a language's public editions of the releases that are news at `at`."""
    begun = Edition.objects.scheduled(at - NEWS).filter(number=1)
    return _public(at).filter(release__in=begun.values("release"))


def _public(at: datetime) -> EditionQuerySet:
    return Edition.objects.public(at).filter(language=language())


def _with_translations(at: datetime, editions: EditionQuerySet) -> Iterator[Edition]:
    rows = list(editions)
    for start in range(0, len(rows), TOGETHER):
        yield from also_in(at, rows[start : start + TOGETHER])


def _add_news(xml: Document, edition: Edition) -> None:
    """Add what search engines ask of news; of the language, the first part of its code."""
    first: datetime = edition.first_moment  # type: ignore[attr-defined]
    with xml.within("news:news"):
        with xml.within("news:publication"):
            xml.add("news:name", one_line(str(settings.PRESS_OFFICE["name"])))
            xml.add("news:language", edition.language.partition("-")[0])
        xml.add("news:publication_date", first.isoformat())
        xml.add("news:title", one_line(edition.headline))


def _namespaces(*prefixes: str) -> dict[str, str]:
    return {prefix: NAMESPACES[prefix] for prefix in prefixes}


def _answer(xml: Document) -> HttpResponse:
    return HttpResponse(xml.written(), content_type="application/xml; charset=utf-8")
