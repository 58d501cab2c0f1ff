"""From a written release to a public page, end to end, as people do it in a browser."""

import re
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.text import slugify
from lxml import etree
from playwright.sync_api import Page, Route, expect

from tests.browser.people import (
    FIXTURES,
    Watch,
    approved,
    choose,
    editor,
    enter,
    paste,
    press,
    say,
    sign_in,
)
from tests.server import Site

pytestmark = pytest.mark.browser

#: A story that is told once more finds what its first run has published.
number = count(1)
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def write_release(page: Page, headline: str) -> str:
    """Write a release as the writer does; return the address of its form."""
    sign_in(page, "writer")
    page.goto("/desk/releases/release/")
    page.get_by_role("link", name="Add release").click()
    page.get_by_label("Headline").fill(headline)
    page.get_by_label("Subhead").fill("A survey of forty markets")
    page.get_by_label("Dateline").fill("Washington DC")
    paste(page, (FIXTURES / "pasted" / "word_windows.html").read_text(encoding="utf-8"))
    choose(page, "id_topics", "Bolivia")
    choose(page, "id_topics", "Latin America")
    choose(page, "id_contact_links-0-contact", "Maren")
    press(page, "Submit for review")
    assert f"“{headline}” is now: in review, not public." in say(page)
    return page.url


def send_back_and_mend(page: Page, form: str, headline: str) -> None:
    """Ask for a change as the editor does; make it and submit again as the writer does."""
    sign_in(page, "editor")
    page.goto(form)
    press(page, "Send back")
    page.get_by_label("What is to be changed?").fill("How many markets were asked?")
    press(page, "Send back")
    assert f"“{headline}” is now: draft, not public." in say(page)
    sign_in(page, "writer")
    page.get_by_role("link", name=headline).first.click()
    log = page.get_by_role("region", name="What happened so far")
    expect(log).to_contain_text("How many markets were asked?")
    page.get_by_label("Subhead").fill("A survey of forty markets in nine cities")
    press(page, "Submit for review")
    assert f"“{headline}” is now: in review, not public." in say(page)


def publish_release(page: Page, form: str, headline: str) -> None:
    """Approve as the editor does, publish as the publisher does."""
    sign_in(page, "editor")
    page.goto(form)
    press(page, "Approve")
    assert f"“{headline}” is now: approved, not public." in say(page)
    sign_in(page, "publisher")
    page.goto(form)
    press(page, "Publish")
    press(page, "Publish")
    assert f"Public now at /releases/{slugify(headline)}/" in say(page)


def feed_titles(page: Page, address: str) -> list[str]:
    document = etree.fromstring(page.request.get(address).body())
    return document.xpath("//atom:entry/atom:title/text()", namespaces=ATOM)


def test_a_release_is_written_sent_back_mended_published_and_read(page: Page, watch: Watch):
    headline = f"Rice Prices Rise While Wages Stand Still {next(number)}"
    form = write_release(page, headline)
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text(headline)

    send_back_and_mend(page, form, headline)
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text(headline)

    publish_release(page, form, headline)
    page.get_by_role("link", name="View on site").click()
    check_text(page, headline)
    check_ways_to_call(page)
    check_places(page, headline)
    page.goto(f"/releases/{slugify(headline)}/")
    follow_donation(page, watch, headline)


def check_text(page: Page, headline: str) -> None:
    """What came from Word stands there as headings, lists and paragraphs."""
    expect(page.get_by_role("heading", level=1, name=headline)).to_be_visible()
    expect(page.locator(".release-head")).to_contain_text("forty markets in nine cities")
    prose = page.locator(".release-text .prose")
    expect(prose.locator("> ul > li > ul > li")).to_have_text(["Long grain"])
    expect(prose.locator("> ol > li")).to_have_text(["Ask", "Count"])
    expect(prose.get_by_role("heading", level=2, name="Method")).to_be_visible()
    expect(prose).to_contain_text("The figure is fourteen percent.")
    for unwanted in ("twelve", "Please check", "Hidden remark", "AB1"):
        expect(prose).not_to_contain_text(unwanted)
    assert re.search(r'style=|class="?Mso|<o:p', prose.inner_html()) is None


def check_ways_to_call(page: Page) -> None:
    """Phone, mobile and mail are links that a telephone and a mail program understand."""
    people = page.get_by_role("region", name="People to call")
    expect(people.get_by_role("link", name="Maren Holloway")).to_be_visible()
    for name, href in (
        ("Phone", "tel:+12025550142"),
        ("Mobile", "tel:+12025550177"),
        ("Mail", "mailto:maren.holloway@example.org"),
    ):
        expect(people.get_by_role("link", name=name)).to_have_attribute("href", href)


def check_places(page: Page, headline: str) -> None:
    """The release is first on the home page, and stands on its topics' pages and in the feeds."""
    page.goto("/")
    expect(page.locator(".lead").get_by_role("link", name=headline)).to_be_visible()
    page.locator(".lead").get_by_role("link", name="Bolivia").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bolivia")
    expect(page.locator(".editions").get_by_role("link", name=headline)).to_be_visible()
    assert feed_titles(page, "/feed.atom")[0] == headline
    assert feed_titles(page, "/topics/bolivia/feed.atom")[0] == headline


def follow_donation(page: Page, watch: Watch, headline: str) -> None:
    """The button of the appeal leads to the donation page, which is told where from."""

    def give(route: Route) -> None:
        route.fulfill(body="<h1>Thank you</h1>", content_type="text/html")

    watch.allow("https://www.example.org/")
    page.route("https://www.example.org/**", give)
    page.locator(".appeal-button").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    address = urlsplit(page.url)
    assert (address.scheme, address.netloc) == ("https", "www.example.org")
    told = parse_qs(address.query)
    assert told["utm_source"] == ["newsroom"]
    assert told["utm_medium"] == ["release"]
    assert told["utm_content"] == [slugify(headline)]
    assert len(told["utm_campaign"]) == 1


def test_a_release_is_published_at_a_time_and_taken_back(page: Page, site: Site):
    key = approved(site, "Tomorrow We Speak of Ferries")
    enter(page, "publisher")
    page.goto(f"/desk/releases/release/{key}/change/")
    press(page, "Publish")
    page.get_by_label("At a time").check()
    page.locator("#id_at_0").fill("2099-07-01")
    page.locator("#id_at_1").fill("10:00")
    press(page, "Publish")
    assert "Scheduled: public from Wed 1 Jul 2099, 10:00 New York · in" in say(page)
    assert page.request.get("/releases/tomorrow-we-speak-of-ferries/").status == 404
    assert "Ferries" not in page.request.get("/").text()

    press(page, "Take back the scheduled edition")
    expect(page.locator(".bar-state")).to_contain_text("not public")
    expect(page.get_by_role("link", name="Publish…")).to_be_visible()


def test_a_time_that_has_passed_is_refused_beside_the_field(page: Page, site: Site):
    key = approved(site, "Yesterday Is Gone")
    enter(page, "publisher")
    page.goto(f"/desk/releases/release/{key}/publish/")
    page.get_by_label("At a time").check()
    page.locator("#id_at_0").fill("2020-07-01")
    page.locator("#id_at_1").fill("10:00")
    press(page, "Publish")
    expect(page.locator(".form-row.errors")).to_contain_text("This time has passed")
    assert page.locator("#id_at_0").input_value() == "2020-07-01"


def test_a_text_file_becomes_a_draft(page: Page):
    enter(page, "writer")
    page.goto("/desk/releases/release/")
    page.get_by_role("link", name="Import a file").click()
    page.get_by_label("File", exact=True).set_input_files(FIXTURES / "imports" / "web_copy.txt")
    press(page, "Import a release")

    expect(page.get_by_label("Headline")).to_have_value(
        "Harbor Study Finds Ferry Fares Doubled While Service Shrank"
    )
    expect(page.get_by_label("Dateline")).to_have_value("Washington DC")
    expect(page.locator("#id_topics option:checked")).to_have_text(
        ["Bolivia", "Latin America and the Caribbean", "Organization of American States",
         "US Foreign Policy"],
    )  # fmt: skip
    expect(page.locator("#id_contact_links-0-contact option:checked")).to_have_text("Marta Quill")
    expect(editor(page).locator("body")).to_contain_text("“Passengers pay twice as much for less,”")
    expect(editor(page).locator("body")).not_to_contain_text("support us")
    log = page.get_by_role("region", name="What happened so far")
    expect(log).to_contain_text("support us by making a donation")
