"""The newsroom's addresses; the other languages' stand below /es/ and /pt-br/."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from releases.newsroom import (
    archive,
    changes,
    coming,
    downloads,
    editions,
    feeds,
    finding,
    people,
    views,
)
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


register_converter(UnicodeSlug, "uslug")
register_converter(Year, "year")
register_converter(Month, "month")

app_name = "newsroom"
urlpatterns = [
    path("", views.home, name="home"),
    path("releases/", finding.releases, name="releases"),
    path("releases/<uslug:slug>/", views.release, name="release"),
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
    path("topics/<uslug:slug>/feed.atom", feeds.topic_feed, name="topic_feed"),
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
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-<year:year>.xml", feeds.sitemap_year, name="sitemap_year"),
]
