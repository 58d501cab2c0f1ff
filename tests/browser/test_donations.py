"""A reader follows the button to the donation page; who did is counted, and nobody else."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.people import Watch, enter
from tests.server import Site, running_site

pytestmark = pytest.mark.browser

RELEASE = "/releases/remittances-share-of-gdp/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
STORED = """
import time
from django.db.models import Sum
from django.utils import timezone
from donations.models import Count
for _each in range(100):
    today = Count.objects.filter(day=timezone.localdate())  # the demo has figures of weeks before
    found = today.aggregate(people=Sum("people"), machines=Sum("machines"))
    if (found["machines"] or 0) >= 2:
        break
    time.sleep(0.1)
print(found["people"], found["machines"])
"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A newsroom of its own: other tests press buttons, too."""
    with (
        tempfile.TemporaryDirectory(prefix="press-site-") as folder,
        running_site(Path(folder)) as site,
    ):
        yield site


def test_a_reader_gives_and_is_counted_once(browser: Browser, site: Site, watch: Watch):
    """The browser's own name says that nobody sits before it; this one has a person's."""
    context = browser.new_context(base_url=site.url, user_agent=FIREFOX)
    watch.over(context)
    watch.allow("https://www.example.org/")
    page = context.new_page()
    page.route("https://www.example.org/**", thanks)
    button = follow(page)
    machines(page, site, button)
    page.goto(RELEASE)
    follow(page)
    assert not context.cookies()
    context.close()
    assert site.manage("shell", "--verbosity=0", "-c", STORED).split() == ["1", "2"]


def thanks(route: Route) -> None:
    """Stand in for the donation page."""
    assert "referer" not in route.request.headers
    route.fulfill(body="<h1>Thank you</h1>", content_type="text/html")


def follow(page: Page) -> str:
    """Press the appeal's button, and look where that leads; return its address."""
    page.goto(RELEASE)
    button = page.locator(".appeal-button").last
    address = button.get_attribute("href") or ""
    assert address.startswith("/donate/")
    button.click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    found = urlsplit(page.url)
    assert (found.scheme, found.netloc) == ("https", "www.example.org")
    told = parse_qs(found.query)
    assert told["utm_content"] == [RELEASE.split("/")[2]]
    assert told["utm_term"] == [address.split("/")[2]]
    assert told["utm_campaign"] == ["support"]
    return address


def machines(page: Page, site: Site, address: str) -> None:
    """Ask as a prefetch does, and as a crawler."""
    for headers, status in (
        ({"Sec-Purpose": "prefetch"}, 503),
        ({"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, 303),
    ):
        answer = page.request.get(site.url + address, headers=headers, max_redirects=0)
        assert answer.status == status


def test_an_appeal_is_previewed_while_it_is_typed(page: Page):
    enter(page, "publisher")
    page.goto("/desk/donations/appeal/add/")
    page.get_by_label("Heading").fill("Typed a moment ago")
    page.locator("#id_button").fill("Press here")
    page.get_by_label("Placement").select_option("inside")
    page.get_by_label("After paragraph").fill("1")
    page.get_by_role("button", name="Show the preview").click()
    shown = page.frame_locator("iframe[name=appeal-preview]")
    expect(shown.get_by_role("heading", name="Typed a moment ago")).to_be_visible()
    expect(shown.get_by_role("link", name="Press here")).to_be_visible()
    assert page.get_by_label("Heading").input_value() == "Typed a moment ago"
