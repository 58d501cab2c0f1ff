"""Every kind of page that the map of addresses has: found by following links, looked at in full.

A new kind of page is found by itself, or fails the test until the demo leads to one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

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
    "event_calendar", "calendar", "vcard", "card", "download", "edition_download", "suggestions",
    "api_index", "api_releases", "api_release", "api_topics", "api_contacts", "api_description",
}  # fmt: skip
#: What a newspaper, an office and a translator may bring about.
WORD = "Abcdefghij" * 6
HARD = f"""
from datetime import timedelta
from django.contrib.auth.models import User
from django.utils import timezone
from contacts.models import Contact
from releases import workflow
from releases.content import Content
from releases.models import Event, Series, Topic
by = User.objects.get(username="publisher")
word, arabic = {WORD!r}, "بيان صحفي عن الديون السيادية وأسعار الفائدة في أمريكا اللاتينية "
topics = [Topic.objects.create(name_en=f"{{word}} {{n}}", slug=f"hard-{{n}}") for n in range(8)]
people = [Contact.objects.create(
    name=f"{{word}} {{n}}", slug=f"hard-{{n}}", role="Role " * 20, languages=["en", "es", "pt-br"],
    phone="+12025550123", mobile="+12025550124", email=f"{{word.lower()}}{{n}}@example.org",
) for n in range(4)]
series = Series.objects.create(name_en=word, slug="hard", description=word)
for n, headline in enumerate([f"{{word}} " + "long headline " * 10, (arabic * 4)[:200], word]):
    edition = workflow.import_published(by, Content(
        headline=headline[:200], subhead=headline, slug=f"hard-{{n}}", dateline=word,
        summary=headline, body=f"<p>{{word}} {{arabic}}</p><table><tr><th>{{word}}</th><td>{{word}}"
        f"</td><td>{{word}}</td></tr></table><blockquote><p>{{word}}</p></blockquote>",
        topics=tuple(t.pk for t in topics), contacts=tuple(p.pk for p in people),
    ), timezone.now())
    release = edition.release
    workflow.place(release.pk, by, release.version, series)
    release.refresh_from_db()
    workflow.pin(release.pk, by, release.version)
Event.objects.create(title=f"{{word}} {{arabic}}", day=timezone.localdate() + timedelta(days=1),
    place=word, text=word, state="moved", reason=word, shown_from=timezone.now(),
    former_day=timezone.localdate(), url="https://www.example.org/")
"""
HARD_PAGES = (
    "/", "/releases/", "/releases/hard-0/", "/releases/hard-1/", "/releases/hard-2/", "/coming/",
    "/topics/", "/topics/hard-0/", "/contacts/", "/contacts/hard-0/", "/series/hard/", "/archive/",
)  # fmt: skip


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


@contextmanager
def zoomed(context: BrowserContext) -> Iterator[Page]:
    """A window of 1280 pixels at 200 %: what browsers then lay out is 640 wide."""
    page = context.new_page()
    page.set_viewport_size({"width": 640, "height": 450})
    yield page
    page.close()


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


def wide(page: Page, addresses: tuple[str, ...]) -> dict[str, int]:
    """The pages that are wider than the window, with their width."""
    found = {}
    room = page.viewport_size["width"]
    for address in addresses:
        assert page.goto(address).status == 200, address
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > room:
            found[address] = width
    return found


def overlapping(page: Page) -> list[list[str]]:
    """Links and headings that are laid over one another."""
    return page.evaluate(
        """() => {
            const all = [...document.querySelectorAll("main :is(h1, h2, h3, p, li > a)")]
                .filter(one => one.checkVisibility() && !one.closest(".visually-hidden, .contact"));
            const found = [];
            for (const [n, one] of all.entries()) for (const other of all.slice(n + 1)) {
                if (one.contains(other) || other.contains(one)) continue;
                const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
                const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                if (across > 2 && down > 6) found.push([one.textContent, other.textContent]);
            }
            return found;
        }"""
    )


@pytest.fixture(scope="module")
def hard(site: Site) -> Site:
    """The site with the hardest content on top."""
    site.manage("shell", "--verbosity=0", "-c", HARD)
    return site


def test_hard_content_scrolls_nowhere_sideways(context: BrowserContext, page: Page, hard: Site):
    page.set_viewport_size({"width": 320, "height": 640})
    assert wide(page, HARD_PAGES) == {}
    with zoomed(context) as half:
        assert wide(half, HARD_PAGES) == {}


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_hard_content_overlaps_nowhere(page: Page, hard: Site, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in HARD_PAGES:
        page.goto(address)
        assert overlapping(page) == [], address


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
