"""The newsroom's addresses; the other languages' stand below /es/ and /pt-br/."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from releases.newsroom import changes, editions, feeds, searching, suggesting, views


class UnicodeSlug(StringConverter):
    """A slug in any script."""

    regex = r"[-\w]+"


class Year(IntConverter):
    """A year that a release can have."""

    regex = r"[12][0-9]{3}"


register_converter(UnicodeSlug, "uslug")
register_converter(Year, "year")

app_name = "newsroom"
urlpatterns = [
    path("", views.home, name="home"),
    path("releases/", views.releases, name="releases"),
    path("releases/<uslug:slug>/", views.release, name="release"),
    path("releases/<uslug:slug>/editions/", editions.editions, name="editions"),
    path("releases/<uslug:slug>/editions/<int:number>/", editions.edition, name="edition"),
    path(
        "releases/<uslug:slug>/editions/<int:older>/<int:newer>/",
        changes.differences,
        name="differences",
    ),
    path("corrections/", views.corrections, name="corrections"),
    path("topics/", views.topics, name="topics"),
    path("topics/<uslug:slug>/", views.topic, name="topic"),
    path("topics/<uslug:slug>/feed.atom", feeds.topic_feed, name="topic_feed"),
    path("contacts/", views.contacts, name="contacts"),
    path("contacts/<uslug:slug>/", views.contact, name="contact"),
    path("search/", searching.results, name="search"),
    path("search/suggestions/", suggesting.suggestions, name="suggestions"),
    path("feed.atom", feeds.feed, name="feed"),
    path("sitemap.xml", feeds.sitemap_index, name="sitemap"),
    path("sitemap-<year:year>.xml", feeds.sitemap_year, name="sitemap_year"),
]
