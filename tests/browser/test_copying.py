"""Copying with one press; and the same without JavaScript, by selecting and saving."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import Watch

pytestmark = pytest.mark.browser

RELEASE = "/releases/imf-surcharges-new-calculations"
COPIED = "navigator.clipboard.readText()"


@pytest.fixture
def reader(context: BrowserContext, page: Page) -> Page:
    """Somebody whose browser lets the test look into the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def press(page: Page, button: str) -> str:
    """Press the first button of this name; return what the clipboard has then."""
    page.get_by_role("button", name=button).first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Copied")
    expect(page.get_by_role("button", name="Copied")).to_have_count(0)
    return page.evaluate(COPIED)


@pytest.mark.long
def test_a_release_is_copied_as_its_text_file_says_it(reader: Page):
    reader.goto(f"{RELEASE}/")
    text = reader.request.get(f"{RELEASE}.txt").text()
    assert "For immediate release" in text
    assert press(reader, "Copy text") == text
    assert press(reader, "Copy link") == reader.url


def test_citation_quotation_and_the_address_of_a_paragraph_are_copied(reader: Page):
    reader.goto(f"{RELEASE}/cite/")
    assert press(reader, "Copy citation") == reader.locator("#citation-1").inner_text()
    assert press(reader, "Copy quotation") == reader.locator("#quotation-1").inner_text()
    address = press(reader, "Copy address")
    assert address == f"{reader.url.removesuffix('cite/')}#p1"
    reader.goto(address)
    expect(reader.locator("p:target")).to_be_visible()


def test_what_cannot_be_had_is_said(reader: Page, watch: Watch):
    watch.expect("Failed to load resource")
    reader.goto(f"{RELEASE}/")
    reader.route("**/*.txt", lambda route: route.abort())
    reader.get_by_role("button", name="Copy text").click()
    expect(reader.get_by_role("status")).to_have_text("It could not be copied")
    expect(reader.get_by_role("button", name="Copy text")).to_be_visible()


def test_without_javascript_nothing_of_it_shows_and_all_is_there(without_scripts: BrowserContext):
    page = without_scripts.new_page()
    page.goto(f"{RELEASE}/")
    expect(page.get_by_role("link", name="Text", exact=True)).to_be_visible()
    page.get_by_role("link", name="Cite and quote").click()
    expect(page.locator("#quotation-1")).to_be_visible()
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)
    page.locator(".paragraph-addresses a").nth(2).click()
    expect(page.locator("p:target")).to_have_attribute("id", "p3")
