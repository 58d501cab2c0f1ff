"""The public list of a release's editions, and the way from it to what changed."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from tests.make import make_edition, make_next_edition

pytestmark = pytest.mark.django_db
LIST = "/releases/story/editions/"


@pytest.fixture
def story():
    """Three editions: a first, a correction, a typing error."""
    first = make_edition(slug="story", headline="One")
    second = make_next_edition(first, note="A number was wrong.", headline="Two")
    return first, second, make_next_edition(second, None, "typo", "", headline="Three")


def shown(client, address: str = LIST) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def sections(page: html.HtmlElement) -> list[str]:
    found = page.xpath("//section[starts-with(@aria-labelledby, 'edition-')]")
    return [" ".join(one.text_content().split()) for one in found]


def test_it_lists_every_edition_with_moment_reason_and_note(stranger, story):
    page = shown(stranger)
    typo, correction, first = sections(page)
    assert typo.startswith("Edition 3 the public one Typing error")
    assert correction.startswith("Edition 2 Correction")
    assert "A number was wrong." in correction
    assert first.startswith("Edition 1 First publication")
    for edition in story:
        at = edition.public_from.astimezone(timezone.get_current_timezone()).isoformat()
        assert at in page.xpath("//main//time/@datetime")


def test_it_leads_to_each_edition_and_to_what_changed_in_it(stranger, story):
    hrefs = shown(stranger).xpath("//main//a/@href")
    wanted = {"/releases/story/", *(f"{LIST}{n}/" for n in (1, 2, 3)), f"{LIST}1/2/", f"{LIST}2/3/"}
    assert wanted <= set(hrefs)
    assert {stranger.get(href).status_code for href in hrefs if href.startswith("/")} == {200}


def test_any_two_are_compared_by_a_plain_form(stranger, story):
    [form] = shown(stranger).xpath("//main//form")
    assert (form.get("method", "get"), form.get("action")) == ("get", LIST)
    chosen = {
        select.get("name"): select.xpath("option[@selected]/@value")
        for select in form.iter("select")
    }
    assert chosen == {"before": ["1"], "after": ["3"]}
    answer = stranger.get(LIST, {name: values[0] for name, values in chosen.items()})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}1/3/")
    assert stranger.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("before", "after", "leads"), [("3", "1", "1/3/"), ("2", "2", "2/"), ("2", "3", "2/3/")]
)
def test_whichever_is_named_first(stranger, story, before, after, leads):
    answer = stranger.get(LIST, {"before": before, "after": after})
    assert answer.headers["Location"] == f"{LIST}{leads}"


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "", "99999999999999999999"])
def test_an_edition_that_is_not_there_cannot_be_compared(stranger, story, number):
    make_next_edition(story[2], timezone.now() + timedelta(hours=1), headline="Four")
    assert stranger.get(LIST, {"before": "1", "after": number}).status_code == 404


def test_an_edition_to_come_is_not_listed(stranger, story):
    make_next_edition(story[2], timezone.now() + timedelta(hours=1), headline="Four")
    page = shown(stranger)
    assert len(sections(page)) == 3
    assert "Four" not in page.text_content()


def test_a_release_with_one_edition_has_the_page_too(stranger):
    make_edition(slug="story")
    page = shown(stranger)
    assert "stands as it was first published" in page.text_content()
    assert len(sections(page)) == 1
    assert not page.xpath("//main//form")


def test_the_release_and_what_changed_lead_to_it(stranger, story):
    for address in ("/releases/story/", f"{LIST}1/2/"):
        assert LIST in shown(stranger, address).xpath("//main//a/@href")


def test_it_costs_the_same_for_two_editions_and_for_many(
    stranger, story, django_assert_num_queries
):
    last = story[2]
    with django_assert_num_queries(2):
        shown(stranger)
    for n in range(4):
        last = make_next_edition(last, headline=f"Headline {n}")
    with django_assert_num_queries(2):
        shown(stranger)
