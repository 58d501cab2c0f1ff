"""The first story by keyboard alone: nothing in it is clicked, nothing filled in from outside."""

from itertools import count

import pytest
from django.utils.text import slugify
from playwright.sync_api import Page, expect

from tests.browser.keys import arrow_to, choose_by_keys, press_key_on, tab_to, type_in
from tests.browser.people import editor, say, sign_out
from tests.server import PASSWORD

pytestmark = pytest.mark.browser

#: A test that is asked once more finds what its first run has published.
number = count(1)


def sign_in_by_keys(page: Page, role: str) -> None:
    sign_out(page)
    page.goto("/desk/login/")
    # The browser gives the first field the focus some time after the page has come.
    expect(page.locator("#id_username")).to_be_focused()
    page.keyboard.type(role)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(url=lambda url: "/login/" not in url):
        page.keyboard.press("Enter")


def bar(page: Page, name: str):
    return page.locator(".bar-actions, .small-page-actions").get_by_text(name, exact=True)


def write_by_keys(page: Page, headline: str) -> str:
    """Write a release from the front page on; return the address of its form."""
    sign_in_by_keys(page, "writer")
    press_key_on(page, page.get_by_role("link", name="New release"))
    expect(page.locator("#id_headline")).to_be_focused()
    page.keyboard.type(headline)
    page.keyboard.press("Enter")
    page.keyboard.type("A desk for every hand")
    type_in(page, "Dateline", "La Paz")
    write_text(page)
    choose_by_keys(page, "id_topics", "Bolivia")
    choose_by_keys(page, "id_topics", "Latin America")
    choose_by_keys(page, "id_contact_links-0-contact", "Maren")
    press_key_on(page, bar(page, "Submit for review"))
    assert f"“{headline}” is now: in review, not public." in say(page)
    return page.url


def write_text(page: Page) -> None:
    """A heading and bold words by the editor's own buttons, and out of it again."""
    inside = editor(page).locator("body")
    inside.wait_for()
    tab_to(page, page.locator("iframe.cke_wysiwyg_frame"))
    page.keyboard.type("Nobody needs a mouse here.")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    arrow_to(page, page.locator(".cke_button__bold"))
    page.keyboard.press("Enter")
    page.keyboard.type("Not even for this.")
    expect(inside.locator("strong")).to_have_text("Not even for this.")
    page.keyboard.press("Tab")
    expect(page.locator("#id_summary")).to_be_focused()


@pytest.mark.long
def test_the_first_story_by_keyboard_alone(page: Page):
    headline = f"Written Without a Mouse {next(number)}"
    form = write_by_keys(page, headline)

    sign_in_by_keys(page, "editor")
    page.goto(form)
    press_key_on(page, bar(page, "Send back…"))
    type_in(page, "What is to be changed?", "Say who was asked.")
    press_key_on(page, bar(page, "Send back"))
    assert "is now: draft" in say(page)

    sign_in_by_keys(page, "writer")
    press_key_on(page, page.locator(".front-action", has_text=headline))
    expect(page.get_by_text("Say who was asked.")).to_be_visible()
    type_in(page, "Subhead", " and every foot")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_have_text("Saved.")
    press_key_on(page, bar(page, "Submit for review"), "Space")

    sign_in_by_keys(page, "editor")
    page.goto(form)
    press_key_on(page, bar(page, "Approve"), "Space")
    assert "is now: approved, not public." in say(page)

    sign_in_by_keys(page, "publisher")
    page.goto(form)
    press_key_on(page, bar(page, "Publish…"))
    tab_to(page, page.locator("input[name=when]:checked"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("At a time")).to_be_checked()
    page.keyboard.press("ArrowUp")
    press_key_on(page, bar(page, "Publish"))
    assert f"Public now at /releases/{slugify(headline)}/" in say(page)


def test_a_person_without_a_mouse_gets_past_the_head_of_each_page(page: Page):
    sign_in_by_keys(page, "writer")
    page.goto("/desk/releases/release/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#main').contains(document.activeElement)")


def test_keys_of_the_form(page: Page):
    sign_in_by_keys(page, "writer")
    page.goto("/desk/releases/release/add/")
    page.keyboard.type("Saved by keys")
    tab_to(page, page.locator("iframe.cke_wysiwyg_frame"))
    page.keyboard.type("From within the text.")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_have_text("Saved.")
    expect(editor(page).locator("body")).to_have_text("From within the text.")
    type_in(page, "Dateline", "Quito")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_have_text("Saved.")
    expect(page.get_by_label("Dateline")).to_have_value("Quito")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator(".release-missing")).to_contain_text("before review")


def test_the_preview_opens_takes_the_focus_and_closes(page: Page):
    sign_in_by_keys(page, "writer")
    page.goto("/desk/releases/release/add/")
    tab_to(page, bar(page, "Preview"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Phone")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Desktop")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(bar(page, "Preview")).to_be_focused()
