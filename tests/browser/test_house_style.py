"""House style in a real browser: what was pasted into the editor is shown, then taken."""

import pytest
from playwright.sync_api import Page

from tests.browser.people import editor, enter, paste, press, stored

pytestmark = [pytest.mark.browser, pytest.mark.looks]


def click(page: Page, name: str) -> None:
    """Press a button of the form that is not in its bar, and wait for the next page."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


@pytest.mark.long
def test_pasted_text_is_warned_of_shown_and_taken(page: Page):
    enter(page, "writer")
    page.goto("/desk/releases/release/add/?kind=statement&language=en")
    editor(page).get_by_text("[quote]").wait_for()
    paste(page, '<p>"It\'s <em>5 million</em>," he said...</p>')
    page.get_by_text("Not in house style: Text.").wait_for()
    click(page, "House style")
    assert "“It’s 5␣million,”" in page.locator(".release-style").inner_text()
    click(page, "Take these changes")
    editor(page).get_by_text("he said…").wait_for()
    press(page, "Save")
    assert "“It’s <em>5&nbsp;million</em>,” he said…" in stored(page, "body")
