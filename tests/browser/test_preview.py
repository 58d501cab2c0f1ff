"""The preview and the checklist follow what is typed; nothing in either runs."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import enter

pytestmark = [pytest.mark.browser, pytest.mark.looks]


def test_what_is_typed_shows_in_the_preview_and_the_checklist(page: Page):
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    page.get_by_role("button", name="Preview", exact=True).click()
    shown = page.frame_locator(".preview iframe")
    page.locator("#id_headline").fill("Typed TK <script>parent.ran=1</script>")
    expect(shown.locator("h1")).to_contain_text("Typed TK <script>")
    expect(page.locator("[data-checklist]")).to_contain_text("“TK” is still to be filled in.")
    page.locator("#id_headline").fill("Typed in full")
    expect(shown.locator("h1")).to_have_text("Typed in full")
    expect(page.locator("[data-checklist]")).not_to_contain_text("still to be filled in")
    for tab, place in (("Card", ".card-headline"), ("E-mail", ".mail")):
        page.get_by_role("button", name=tab, exact=True).click()
        expect(shown.locator(place)).to_contain_text("Typed in full")
    assert page.evaluate("window.ran") is None
