"""The desk's head in a browser: one row of sections, the rest one press away."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import enter, sign_in
from tests.selection import long_but

pytestmark = pytest.mark.browser


def tops(page: Page, css: str) -> set[float]:
    """Where the visible elements that this selector finds begin, from above."""
    found = [one.bounding_box() for one in page.locator(css).all() if one.is_visible()]
    assert len(found) > 2
    return {box["y"] for box in found if box}


@pytest.mark.parametrize("language", long_but(["en", "es", "pt-br"], "en"))
@pytest.mark.parametrize("width", long_but([1280, 1024, 768, 390], 1280, 390))
def test_the_sections_stand_in_one_row(page: Page, width, language):
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, "administrator")
    page.goto("/desk/")
    if language != "en":
        page.locator(f".desk-language [lang={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert len(tops(page, ".desk-nav > ul > li")) == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_rest_opens_and_closes_by_keys(page: Page):
    enter(page, "administrator")
    page.goto("/desk/")
    users = page.get_by_role("link", name="Users")
    expect(users).not_to_be_visible()
    page.get_by_text("More", exact=True).press("Enter")
    expect(users).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(users).not_to_be_visible()
    expect(page.get_by_text("More", exact=True)).to_be_focused()


def test_a_press_elsewhere_closes_it(page: Page):
    enter(page, "administrator")
    page.goto("/desk/")
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_role("link", name="Users")).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("link", name="Users")).not_to_be_visible()


def test_it_opens_without_scripts(without_scripts: BrowserContext):
    page = without_scripts.new_page()
    sign_in(page, "administrator")
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Users").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/desk/auth/user/")
