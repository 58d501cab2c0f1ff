"""The newsroom in a browser: without JavaScript, on a small phone, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from lxml import etree
from playwright.sync_api import BrowserContext, Page, expect

from tests.selection import long_but
from tests.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.looks]

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
PAGES = {
    "home": "/",
    "list": "/releases/",
    "release": "/releases/remittances-share-of-gdp/",
    "topic": "/topics/bolivia/",
    "topics": "/topics/",
    "contact": "/contacts/maren-holloway/",
    "contacts": "/contacts/",
    "home-es": "/es/",
    "home-pt": "/pt-br/",
}


def every_page(page: Page, site: Site) -> list[str]:
    """Every address that the sitemap names, as a path, and those that no sitemap names."""

    def locations(address: str) -> list[str]:
        document = etree.fromstring(page.request.get(address).body())
        return [one.text.removeprefix(site.url) for one in document.iter(LOC)]

    found = [path for part in locations("/sitemap.xml") for path in locations(part)]
    return [*found, *PAGES.values()]


def test_a_reader_without_javascript_gets_everywhere(without_scripts: BrowserContext):
    page = without_scripts.new_page()
    page.goto("/")
    headline = page.locator(".lead h2").inner_text()
    page.locator(".lead h2 a").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    page.locator(".release-head .topics a").first.click()
    named = page.locator(".editions").get_by_role("link", name=headline, exact=True)
    expect(named).to_be_visible()
    page.locator(".contact-name a").first.click()
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".languages summary").click()
    page.locator(".languages").get_by_role("link", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address", long_but(PAGES.values(), "/", PAGES["release"], "/es/"), ids=PAGES
)
def test_axe_finds_nothing(page: Page, scheme, address):
    page.emulate_media(color_scheme=scheme)
    assert page.goto(address).status == 200
    found = Axe().run(page)
    assert len(found.response["passes"]) > 10
    assert found.violations_count == 0, found.generate_report()


def test_nothing_scrolls_sideways_on_the_smallest_phone(page: Page, site: Site):
    page.set_viewport_size({"width": 320, "height": 640})
    wide = {}
    for address in every_page(page, site):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[address] = width
    assert wide == {}


def test_the_people_to_call_are_in_the_first_screen_of_a_phone(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(PAGES["release"])
    call = page.locator(".release-side a[href^='tel:']").first.bounding_box()
    assert call["y"] + call["height"] <= 844
    assert call["height"] >= 44
