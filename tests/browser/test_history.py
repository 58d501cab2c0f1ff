"""A writer saves three times, compares two of the texts, and restores the first."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import editor, enter, press, say

pytestmark = pytest.mark.browser

HEADLINES = ("Ferry Fares Rise", "Ferry Fares Double", "Ferry Fares Double Again")


def write(page: Page) -> str:
    """Save a new release three times; return the address of its form."""
    page.goto("/desk/releases/release/add/")
    for headline, text in zip(HEADLINES, ("by half", "by all", "by all"), strict=True):
        page.get_by_label("Headline").fill(headline)
        body = editor(page).locator("body")
        body.click()
        page.keyboard.press("Control+a")
        page.keyboard.type(f"They rose {text} in a year.")
        press(page, "Save")
        assert "Saved." in say(page)
    return page.url


@pytest.mark.long
def test_a_writer_restores_an_old_text(page: Page):
    enter(page, "writer")
    form = write(page)
    page.get_by_role("link", name="History").click()
    revisions = page.locator(".history-row")
    expect(revisions).to_have_count(3)
    page.get_by_label("Before: revision 1").check()
    page.get_by_label("After: revision 3").check()
    page.get_by_role("button", name="Compare").click()

    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    expect(page.locator(".difference ins")).to_have_text(["[added: Double Again]", "[added: all]"])
    expect(page.locator(".difference del")).to_have_text(["[removed: Rise]", "[removed: half]"])

    page.get_by_role("link", name="Revision 1").click()
    expect(page.get_by_role("article")).to_contain_text("They rose by half in a year.")
    page.get_by_role("link", name="Restore…").click()
    page.get_by_label("Why").fill("The first count was right.")
    press(page, "Restore this text")

    assert page.url == form
    assert "Revision 1 is restored, as revision 4." in say(page)
    expect(page.get_by_label("Headline")).to_have_value(HEADLINES[0])
    expect(editor(page).locator("body")).to_have_text("They rose by half in a year.")
    page.get_by_role("link", name="History").click()
    expect(revisions).to_have_count(4)
    expect(revisions.first).to_contain_text("The first count was right.")
    expect(page.locator(".history-log li").first).to_contain_text("restored an earlier text")
