"""The newsroom's addresses; the other languages' stand below /es/ and /pt-br/."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, include, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from releases.models.text import Kind
from releases.newsroom import (
    archive,
    cards,
    changes,
    coming,
    downloads,
    editions,
    finding,
    people,
    searching,
    sitemaps,
    suggesting,
    views,
)
from releases.newsroom.api import table as api
from releases.newsroom.feeds import FORMATS
from releases.newsroom.feeds import views as feeds
from releases.newsroom.suffixes import SUFFIX


class UnicodeSlug(StringConverter):
    """A slug in any script."""

    regex = r"[-\w]+"


class Year(IntConverter):
    """A year that a release can have."""

    regex = r"[12][0-9]{3}"


class Month(IntConverter):
    """A month, with two digits."""

    regex = r"0[1-9]|1[0-2]"

    def to_url(self, value: int | str) -> str:
        """Return it with two digits."""
        return f"{int(value):02}"


class KindOfRelease(StringConverter):
    """A kind that a release can have."""

    regex = "|".join(Kind.values)


def each_format(beginning: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """Return a feed's addresses, one a format; what names no suffix gets the first: Atom."""
    return [
        path(f"{beginning}feed.{suffix}", view, {"suffix": suffix}, name=name)
        for suffix in reversed(FORMATS)
    ]


register_converter(KindOfRelease, "kind")
register_converter(UnicodeSlug, "uslug")
register_converter(Year, "year")
register_converter(Month, "month")

app_name = "newsroom"
urlpatterns = [
    path("", views.home, name="home"),
    path("card-<slug:digest>.png", cards.home, name="home_card"),
    path("releases/", finding.releases, name="releases"),
    path("releases/<uslug:slug>/", views.release, name="release"),
    path("releases/<uslug:slug>/card-<slug:digest>.png", cards.card, name="card"),
    path(f"releases/<uslug:slug>.{SUFFIX}", downloads.download, name="download"),
    path("releases/<uslug:slug>/cite/", downloads.cite, name="cite"),
    path("releases/<uslug:slug>/editions/", editions.editions, name="editions"),
    path("releases/<uslug:slug>/editions/<int:number>/", editions.edition, name="edition"),
    path(
        f"releases/<uslug:slug>/editions/<int:number>.{SUFFIX}",
        downloads.edition_download,
        name="edition_download",
    ),
    path(
        "releases/<uslug:slug>/editions/<int:older>/<int:newer>/",
        changes.differences,
        name="differences",
    ),
    path("corrections/", views.corrections, name="corrections"),
    path("topics/", views.topics, name="topics"),
    path("topics/<uslug:slug>/", views.topic, name="topic"),
    *each_format("topics/<uslug:slug>/", feeds.topic_feed, "topic_feed"),
    path("series/<uslug:slug>/", views.series, name="series"),
    path("archive/", archive.archive, name="archive"),
    path("archive/<year:year>/", archive.archive_year, name="archive_year"),
    path("archive/<year:year>/<month:month>/", archive.archive_month, name="archive_month"),
    path("coming/", coming.coming, name="coming"),
    path("coming/<uuid:uid>.ics", coming.event_calendar, name="event_calendar"),
    path("coming.ics", coming.all_calendar, name="calendar"),
    path("contacts/", people.contacts, name="contacts"),
    path("contacts/<uslug:slug>/", people.contact, name="contact"),
    path("contacts/<uslug:slug>.vcf", people.card, name="vcard"),
    path("search/", searching.results, name="search"),
    path("search/suggestions/", suggesting.suggestions, name="suggestions"),
    *each_format("", feeds.feed, "feed"),
    *each_format("kinds/<kind:kind>/", feeds.kind_feed, "kind_feed"),
    path("api/", include(api.urlpatterns())),
    path("feeds.opml", feeds.opml, name="opml"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<year:year>.xml", sitemaps.year, name="sitemap_year"),
]
