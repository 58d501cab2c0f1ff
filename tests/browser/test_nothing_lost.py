"""Nothing that somebody typed is lost: two at one release, a browser killed, a session ended."""

import os
import signal
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import FLAGS, PATIENCE
from tests.browser.people import Watch, approved, editor, enter, press, say, stored
from tests.server import PASSWORD, Site

pytestmark = pytest.mark.browser


@pytest.fixture
def colleague(site: Site, browser: Browser, watch: Watch) -> Iterator[Page]:
    """A tab of another browser, in which the editor is signed in."""
    context = browser.new_context(
        base_url=site.url, locale="en-US", timezone_id="America/New_York", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    watch.over(context)
    page = context.new_page()
    enter(page, "editor")
    yield page
    context.close()


@pytest.fixture
def release(site: Site) -> str:
    """The address of the form of a release that two people are going to write in."""
    return f"/desk/releases/release/{approved(site, 'At first')}/change/"


def opened(page: Page, address: str) -> Page:
    """Open the form, and wait until the editor can be written in."""
    page.goto(address)
    editor(page).locator("p").first.wait_for()
    page.wait_for_function("CKEDITOR.instances.id_body.status === 'ready'")
    return page


def write(page: Page, words: str) -> None:
    """Type at the end of the text."""
    editor(page).locator("body").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


@pytest.mark.long
def test_two_editors_collide_and_nothing_is_lost(page: Page, colleague: Page, release: str):
    enter(page, "writer")
    opened(page, release)
    opened(colleague, release)
    name = colleague.locator("#user-tools strong").inner_text()
    expect(colleague.locator("[data-others]")).to_contain_text("has this open too")
    colleague.locator("#id_headline").fill("By the editor")
    colleague.locator("#id_summary").fill("By the editor.")
    press(colleague, "Save")
    assert "Saved." in say(colleague)

    page.locator("#id_headline").fill("By the writer")
    write(page, " And more.")
    press(page, "Save")
    collision = page.locator(".release-collision")
    expect(collision.get_by_role("heading")).to_contain_text(f"{name} changed this release")
    expect(collision).to_contain_text(f"Taken over from {name}: Summary")
    expect(collision.locator(".collision-text").first).to_have_text("By the editor")
    assert stored(page, "headline") == "By the editor"
    # By the keyboard alone.
    collision.get_by_label("Keep what stands in your form").focus()
    page.keyboard.press("Space")
    collision.get_by_role("button", name="Save as decided").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{release}")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert stored(page, "headline") == "By the writer"
    assert stored(page, "summary") == "By the editor."
    assert stored(page, "body") == "<p>Text. And more.</p>"


@pytest.mark.long
def test_who_has_left_is_no_longer_named(page: Page, colleague: Page, release: str):
    enter(page, "writer")
    opened(page, release)
    opened(colleague, release)
    expect(colleague.locator("[data-others]")).to_contain_text("has this open too")
    page.goto("/desk/")

    def heard() -> str:
        with colleague.expect_response("**/here/") as answer:
            colleague.reload()
        return answer.value.json()["others"]

    # The word that somebody leaves travels on its own.
    assert any(heard() == "" for _attempt in range(10))


def test_a_browser_killed_in_mid_typing(
    site: Site, browser: Browser, page: Page, release: str, tmp_path
):
    other = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=FLAGS, base_url=site.url,
    )  # fmt: skip
    doomed = other.new_page()
    enter(doomed, "writer")
    opened(doomed, release)
    doomed.locator("#id_headline").fill("Typed and never saved")
    write(doomed, " Half a sent")
    expect(doomed.locator("[data-autosave]")).to_contain_text("kept at")
    kill(other)

    enter(page, "writer")
    page.goto(release)
    notice = page.locator(".release-unsaved")
    expect(notice).to_contain_text("and did not save it")
    assert stored(page, "headline") == "At first"
    notice.get_by_role("link", name="See what differs").click()
    expect(page.locator("ins").first).to_contain_text("Typed and never saved")
    page.get_by_role("link", name="Restore").click()
    expect(page.locator("#id_headline")).to_have_value("Typed and never saved")
    expect(editor(page).locator("body")).to_contain_text("Text. Half a sent")
    press(page, "Save")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert stored(page, "body") == "<p>Text. Half a sent</p>"
    expect(page.locator(".release-unsaved")).to_be_hidden()


def kill(context: BrowserContext) -> None:
    """End a browser as a power cut does."""
    session = context.browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    [number] = [one["id"] for one in processes if one["type"] == "browser"]
    os.kill(number, signal.SIGKILL)


def test_typing_while_the_network_is_gone(page: Page, watch: Watch, release: str):
    watch.expect("net::ERR_INTERNET_DISCONNECTED")
    enter(page, "writer")
    opened(page, release)
    page.context.set_offline(True)
    page.locator("#id_headline").fill("Typed on the train")
    expect(page.locator("[data-autosave]")).to_have_text("offline: kept in this browser")
    # Saving leads nowhere, and so nowhere away from what was typed.
    page.locator(".bar-actions").get_by_role("button", name="Save").click()
    expect(page.locator("#id_headline")).to_have_value("Typed on the train")
    page.close()

    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto(release)
    notice = page.locator(".release-unsaved")
    expect(notice).to_contain_text("This browser kept something")
    notice.get_by_role("link", name="Restore").click()
    expect(page.locator("#id_headline")).to_have_value("Typed on the train")
    press(page, "Save")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert stored(page, "headline") == "Typed on the train"
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.long
def test_somebody_else_signs_in_beside_the_form(page: Page, watch: Watch, release: str):
    watch.expect("status of 401")
    watch.expect("net::ERR_FAILED")  # the checklist does not follow into the login
    watch.expect("status of 403")  # nor does its token outlive another's signing in
    enter(page, "writer")
    opened(page, release)
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_headline").fill("Not for the editor")
    panel = page.get_by_role("dialog", name="Sign in again")
    panel.get_by_label("Username").fill("editor")
    panel.get_by_label("Password").fill(PASSWORD)
    panel.get_by_role("button", name="Sign in").click()
    expect(panel).to_contain_text("You are signed in as editor now")
    assert page.evaluate("localStorage.length") == 0
    panel.get_by_role("link", name="Open the page anew").click()
    expect(page.locator("#id_headline")).to_have_value("At first")
    expect(page.locator(".release-unsaved")).to_be_hidden()


@pytest.mark.long
def test_a_session_that_ends_in_mid_typing(page: Page, watch: Watch, release: str):
    watch.expect("status of 401")
    watch.expect("net::ERR_FAILED")  # the checklist does not follow into the login
    watch.expect("status of 403")  # nor does its token outlive another's signing in
    watch.expect("status of 400")
    enter(page, "writer")
    opened(page, release)
    page.context.clear_cookies(name="sessionid")
    page.locator("#id_headline").fill("Typed while signed out")
    panel = page.get_by_role("dialog", name="Sign in again")
    expect(panel).to_be_visible()
    # One may go on typing beside it.
    page.locator("#id_summary").fill("And went on.")
    panel.get_by_label("Password").fill("not this one")
    panel.get_by_role("button", name="Sign in").click()
    expect(panel).to_contain_text("correct username and password")
    panel.get_by_label("Password").fill(PASSWORD)
    panel.get_by_role("button", name="Sign in").click()
    expect(panel).to_be_hidden()
    expect(page.locator("[data-autosave]")).to_contain_text("kept at")
    press(page, "Save")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert stored(page, "headline") == "Typed while signed out"
    assert stored(page, "summary") == "And went on."


@pytest.mark.long
def test_a_session_that_ends_before_saving(page: Page, release: str, watch: Watch):
    # The checklist may ask just then, and is sent to sign in: it waits for the next time.
    watch.expect("net::ERR_FAILED")
    enter(page, "writer")
    opened(page, release)
    page.locator("#id_headline").fill("Saved after all")
    page.context.clear_cookies(name="sessionid")
    page.locator(".bar-actions").get_by_role("button", name="Save").click()
    panel = page.get_by_role("dialog", name="Sign in again")
    panel.get_by_label("Password").fill(PASSWORD)
    panel.get_by_role("button", name="Sign in").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    assert stored(page, "headline") == "Saved after all"
