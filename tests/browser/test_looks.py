"""Every kind of page that the map of addresses has: found by following links, looked at in full.

A new kind of page is found by itself, or fails the test until the demo leads to one.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import Resolver404, get_resolver, resolve
from django.utils import translation
from lxml import html
from playwright.sync_api import BrowserContext, Page

from tests.house.urlmap import leaves
from tests.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.looks]

HOMES = ("/", "/es/", "/pt-br/")
#: Addresses of the newsroom that are no pages.
NO_PAGE = {
    "feed", "topic_feed", "kind_feed", "opml", "sitemap", "sitemap_year", "sitemap_news",
    "event_calendar", "calendar", "vcard", "card", "home_card", "download", "edition_download",
    "suggestions",
    "api_index", "api_releases", "api_release", "api_topics", "api_contacts", "api_description",
}  # fmt: skip


def kinds(page: Page) -> dict[str, str]:
    """One address of each kind of page, by its name, found by following all links and forms."""
    found: dict[str, str] = {}
    waiting, seen = list(HOMES), set(HOMES)
    while waiting:
        address = waiting.pop(0)
        found.setdefault(named(address), address)
        hrefs = html.fromstring(page.request.get(address).body()).xpath(
            "//a/@href | //form/@action"
        )
        paths = {href.partition("?")[0] for href in hrefs if href.startswith("/")} - seen
        seen |= paths
        waiting += sorted(path for path in paths if named(path))
    return found


def named(address: str) -> str:
    """The name of an address of the newsroom with its language, '' for any other."""
    language = next((home for home in HOMES[1:] if address.startswith(home)), "/")
    try:
        with translation.override(language.strip("/") or "en"):
            match = resolve(address)
    except Resolver404:
        return ""
    page = match.namespaces == ["newsroom"] and match.url_name not in NO_PAGE
    return f"{match.url_name} {language}" if page else ""


@pytest.mark.long
def test_axe_finds_nothing_on_any_kind_of_page(page: Page, site: Site):
    found = kinds(page)
    map_of_pages = {
        leaf.name.partition(":")[2]
        for leaf in leaves(get_resolver().url_patterns)
        if leaf.name.startswith("newsroom:")
    }
    assert {name.partition(" ")[0] for name in found} == map_of_pages - NO_PAGE
    assert len(HOMES) == len(settings.LANGUAGES)
    reports = {}
    for name, address in found.items():
        page.emulate_media(color_scheme="light")
        page.goto(address)
        result = Axe().run(page)
        assert len(result.response["passes"]) > 10
        page.emulate_media(color_scheme="dark")  # in which colours alone are others
        dark = Axe().run(page, options={"runOnly": ["color-contrast"]})
        assert dark.response["passes"]
        for scheme, one in (("light", result), ("dark", dark)):
            if one.violations_count:
                reports[name, scheme] = one.generate_report()
    assert reports == {}


def test_a_first_view_of_a_release_is_light(context: BrowserContext, page: Page):
    """At most 4 requests and 30 KB compressed in all, the release's own images aside."""
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    page.goto("/releases/imf-surcharges-new-calculations/")
    page.wait_for_load_state("networkidle")
    assert 2 <= len(asked) <= 4
    assert 5_000 < sum(sizes) <= 30_000
