"""The desk in a browser: axe finds nothing on any page; without JavaScript people write as well."""

from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.desk_pages import MAIN, OURS, keys, visit
from tests.browser.people import enter, press, say, sign_in, stored
from tests.selection import long_but
from tests.server import Site

pytestmark = [pytest.mark.browser, pytest.mark.looks]

LANGUAGES = {"es": "Español", "pt-br": "Português"}


@pytest.fixture(scope="module")
def rows(site: Site) -> dict[str, int]:
    return keys(site)


def check(page: Page) -> None:
    """Axe finds nothing on the page as it is; in the dark, nothing that colours can spoil."""
    # It would ask for sheets a second time.
    options: dict[str, object] = {"preload": False}
    look(page, "light", options, passing=11)
    # All else is the same page.
    look(page, "dark", {**options, "runOnly": ["color-contrast"]}, passing=1)


def look(page: Page, scheme: str, options: dict[str, object], passing: int) -> None:
    page.emulate_media(color_scheme=scheme)
    found = Axe().run(page, options=options)
    assert len(found.response["passes"]) >= passing
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", long_but(OURS, "front", "form"))
def test_axe_finds_nothing(page: Page, rows, name):
    visit(page, OURS[name], rows)
    page.wait_for_load_state("networkidle")
    check(page)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", long_but(MAIN, "front"))
def test_axe_finds_nothing_in_other_languages(page: Page, rows, name, language):
    # Not on the form of a release: nobody changes the language in the middle of a sentence.
    visit(page, replace(OURS[name], address="/desk/"), rows)
    page.locator(".desk-language").get_by_role("button", name=LANGUAGES[language]).click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.goto(OURS[name].address.format(**rows))
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.wait_for_load_state("networkidle")
    check(page)


@pytest.mark.long
def test_axe_finds_nothing_where_something_is_wrong(page: Page, rows):
    visit(page, OURS["form"], rows)
    page.locator("#id_dated").fill("some day")
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("nothing is saved yet")
    check(page)
    visit(page, OURS["withdraw"], rows)
    press(page, "Withdraw")
    expect(page.locator(".errors")).not_to_have_count(0)
    check(page)


@pytest.mark.long
@pytest.mark.parametrize("way", ["Markdown", "HTML"])
def test_axe_finds_nothing_where_the_text_is_written_plainly(page: Page, rows, way):
    visit(page, OURS["form"], rows)
    page.get_by_role("button", name=way, exact=True).click()
    expect(page.get_by_role("textbox", name="Text", exact=True)).to_be_visible()
    check(page)


@pytest.mark.long
def test_axe_finds_nothing_in_what_opens(page: Page, rows):
    visit(page, OURS["form"], rows)
    page.get_by_text("Keyboard", exact=True).click()
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.frame_locator(".preview iframe").locator("h1")).not_to_have_text("")
    check(page)
    page.keyboard.press("Escape")
    page.locator("#id_topics + .select2 .select2-search__field").press_sequentially("Bol")
    expect(page.locator(".select2-results__option--highlighted")).to_contain_text("Bolivia")
    check(page)


def test_a_writer_without_javascript_writes_and_submits(without_scripts: BrowserContext):
    page = without_scripts.new_page()
    sign_in(page, "writer")
    page.goto("/desk/releases/release/add/")
    page.get_by_label("Headline").fill("Written Without a Script")
    page.get_by_label("Text", exact=True).fill("<p>Begun in HTML.</p>")
    page.get_by_role("button", name="Markdown").click()
    expect(page.get_by_label("Headline")).to_have_value("Written Without a Script")
    expect(page.get_by_label("Text", exact=True)).to_have_value("Begun in HTML.")
    page.get_by_label("Text", exact=True).fill("Begun in **HTML**.\n\n- Ended in Markdown.")
    page.get_by_label("Topics").select_option(label="Bolivia")
    page.locator("#id_contact_links-0-contact").select_option(label="Maren Holloway")
    press(page, "Submit for review")
    assert "“Written Without a Script” is now: in review, not public." in say(page)
    expect(page.get_by_label("Text", exact=True)).to_have_value(
        "Begun in **HTML**.\n\n- Ended in Markdown."
    )
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview").click()
    expect(opened.value.locator(".prose strong")).to_have_text("HTML")


def test_a_text_written_plainly_is_stored_as_html(page: Page):
    enter(page, "writer")
    page.goto("/desk/releases/release/add/")
    page.get_by_role("button", name="Markdown").click()
    page.get_by_label("Text", exact=True).fill("## Why\n\nBecause.")
    press(page, "Save")
    assert stored(page, "body") == "## Why\n\nBecause."
    page.get_by_role("button", name="HTML", exact=True).click()
    expect(page.get_by_label("Text", exact=True)).to_have_value("<h2>Why</h2>\n<p>Because.</p>")
