"""From a reader's click to the report: one view, one click by a person, machines apart."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.people import Watch, enter
from tests.browser.test_donations import FIREFOX, RELEASE, machines, thanks
from tests.server import Site, made_site, serving

pytestmark = pytest.mark.browser

REPORT = "/desk/donations/count/"
STORED = """
import time
from django.db.models import Sum
from django.utils import timezone
from donations.models import Count
for _each in range(100):
    today = Count.objects.filter(day=timezone.localdate())  # the demo has figures of weeks before
    found = today.aggregate(views=Sum("views"), machines=Sum("machines"))
    if (found["views"] or 0) >= 1 and (found["machines"] or 0) >= 2:
        break
    time.sleep(0.1)
"""
TODAY = "from django.utils import timezone; print(timezone.localdate())"
PRIVACY = "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A newsroom of its own, where views are counted."""
    with (
        tempfile.TemporaryDirectory(prefix="press-figures-") as folder,
        made_site(Path(folder)) as made,
    ):
        environment = {**made, "PRESS_COUNT_VIEWS": "yes"}
        with serving(environment, Path(folder) / "server.log") as url:
            yield Site(url, environment)


@contextmanager
def reader(browser: Browser, site: Site, watch: Watch) -> Iterator[BrowserContext]:
    """Somebody with a browser that has a person's name."""
    context = browser.new_context(base_url=site.url, user_agent=FIREFOX)
    watch.over(context)
    yield context
    assert not context.cookies()
    context.close()


def see(page: Page) -> str:
    """Look at the button at the end of a release; return its address."""
    page.goto(RELEASE)
    button = page.locator(".appeal-button").last
    button.scroll_into_view_if_needed()
    return button.get_attribute("href") or ""


@pytest.mark.long
def test_a_view_and_a_click_stand_in_the_report_once(
    browser: Browser, site: Site, watch: Watch, page: Page
):
    watch.allow("https://www.example.org/")
    with reader(browser, site, watch) as context:
        tab = context.new_page()
        tab.route("https://www.example.org/**", thanks)
        with tab.expect_response(lambda answer: "/seen/" in answer.url) as told:
            address = see(tab)
        assert told.value.status == 204
        assert "cookie" not in told.value.request.all_headers()
        tab.locator(".appeal-button").last.click()
        expect(tab.get_by_role("heading", name="Thank you")).to_be_visible()
        machines(tab, site, address)
    site.manage("shell", "--verbosity=0", "-c", STORED)
    enter(page, "editor")
    today = site.manage("shell", "--verbosity=0", "-c", TODAY).strip()
    page.goto(f"{REPORT}?since={today}&until={today}")
    for name, number in (("Clicks by people", "1"), ("Views", "1"), ("Fetches by machines", "2")):
        line = page.locator(".report-total div", has_text=name)
        expect(line.locator("dd")).to_have_text(number)
    expect(page.get_by_role("img", name="Clicks by people")).to_be_visible()


def test_whoever_asks_not_to_be_tracked_sends_nothing(browser: Browser, site: Site, watch: Watch):
    with reader(browser, site, watch) as context:
        context.add_init_script(PRIVACY)
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        see(tab)
        # Another reader's page, opened later, has told by then.
        with reader(browser, site, watch) as other:
            second = other.new_page()
            with second.expect_response(lambda answer: "/seen/" in answer.url):
                see(second)
        assert any("seen" in one and one.endswith(".js") for one in asked)
        assert [one for one in asked if "/seen/" in one] == []


def test_the_demo_has_two_appeals_to_compare(page: Page):
    enter(page, "editor")
    page.goto(REPORT)
    page.get_by_role("link", name="Compare two appeals").click()
    page.get_by_label("Appeal", exact=True).select_option(label="support-cepr-english")
    page.get_by_label("Compared with").select_option(label="support-cepr-the-reporters-call")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".finding")).to_contain_text("does better, by more than chance")
