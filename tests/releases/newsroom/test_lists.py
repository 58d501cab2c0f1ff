"""The lists: their order, their pages, and what they do with odd questions."""

from datetime import date, timedelta
from itertools import chain

import pytest
from lxml import html

from releases import workflow
from releases.models import Edition
from tests.make import make_contact, make_edition, make_next_edition, make_topic, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
START = date(2024, 1, 1)


def headlines(response) -> list[str]:
    assert response.status_code == 200
    return html.fromstring(response.content).xpath("//*[contains(@class, 'editions')]//h3/a/text()")


def link(response, rel: str) -> str | None:
    found = html.fromstring(response.content).xpath(f"//nav//a[@rel='{rel}']/@href")
    return found[0] if found else None


def through(client, address: str, rel: str, query: str | None = "") -> list[list[str]]:
    """The headlines of each page, following the links."""
    pages = []
    while query is not None:
        response = client.get(address + query)
        pages.append(headlines(response))
        query = link(response, rel)
        assert len(pages) < 10
    return pages


@pytest.fixture
def fifty() -> list[str]:
    """Fifty releases on one topic, with one contact, two on each day; newest first."""
    same = {"topics": (make_topic().pk,), "contacts": (make_contact().pk,)}
    for n in range(50):
        make_edition(headline=f"Release {n:02}", dated=START + n // 2 * DAY, **same)
    return [f"Release {n:02}" for n in reversed(range(50))]


def lists() -> list[str]:
    edition = Edition.objects.first()
    topic, contact = edition.topics.get(), edition.contacts.get()
    return ["/releases/", topic.get_absolute_url(), contact.get_absolute_url()]


def test_every_list_is_read_through_to_its_end_and_back(stranger, fifty):
    for address in lists():
        down = through(stranger, address, "prev")
        assert [len(page) for page in down] == [20, 20, 10]
        assert list(chain.from_iterable(down)) == fifty
        up = through(stranger, address, "next", "?after=0001-01-01.")
        assert list(chain.from_iterable(reversed(up))) == fifty


def test_going_back_leads_to_the_page_one_came_from(stranger, fifty):
    first = stranger.get("/releases/")
    second = stranger.get("/releases/" + link(first, "prev"))
    assert headlines(stranger.get("/releases/" + link(second, "next"))) == headlines(first)


def test_a_page_once_linked_stays_while_new_releases_come(stranger, fifty):
    older = link(stranger.get("/releases/"), "prev")
    before = headlines(stranger.get(f"/releases/{older}"))
    make_edition(dated=START + 99 * DAY)
    assert headlines(stranger.get(f"/releases/{older}")) == before


def test_a_list_that_fits_on_one_page_has_no_neighbours(stranger):
    for n in range(20):
        make_edition(dated=START + n * DAY)
    page = stranger.get("/releases/")
    assert (link(page, "prev"), link(page, "next")) == (None, None)


@pytest.mark.parametrize(
    "place",
    ["x", "2024-13-01", "2024-13-01.1", "2024-01-01.x", "2024-01-01.1;--", ".", "%00", "9" * 5000],
)
@pytest.mark.parametrize("way", ["before", "after"])
def test_a_place_that_nobody_was_given_is_not_found(stranger, way, place):
    make_edition()
    for address in lists():
        assert stranger.get(f"{address}?{way}={place}").status_code == 404


def test_a_place_stands_when_its_release_is_withdrawn(stranger, fifty):
    older = link(stranger.get("/releases/"), "prev")
    page = headlines(stranger.get(f"/releases/{older}"))
    release = Edition.objects.get(slug=older.partition(".")[2]).release
    release.refresh_from_db()
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    assert headlines(stranger.get(f"/releases/{older}")) == page


def test_a_day_alone_is_a_place(stranger, fifty):
    shown = headlines(stranger.get(f"/releases/?before={START + 10 * DAY}"))
    assert shown == fifty[30:]
    assert headlines(stranger.get(f"/releases/?after={START + 20 * DAY}"))[0] == fifty[0]


def test_other_questions_change_nothing(stranger):
    make_edition()
    for address in ("/", *lists()):
        plain = stranger.get(address).content
        assert stranger.get(f"{address}?utm_source=x&page=7&before=").content == plain


def test_home_shows_the_newest_twelve_by_date(stranger):
    for n in range(14):
        make_edition(headline=f"Release {n:02}", dated=START + n * DAY)
    page = html.fromstring(stranger.get("/").content)
    shown = page.xpath("//article//h2/a/text() | //ol//h3/a/text()")
    assert shown == [f"Release {n:02}" for n in range(13, 1, -1)]


def test_an_empty_newsroom_says_so(stranger):
    for address in ("/", "/releases/", "/topics/", "/es/", "/pt-br/releases/"):
        assert stranger.get(address).status_code == 200


def test_a_corrected_release_stands_once_in_a_list(stranger):
    edition = make_edition(headline="First words")
    make_next_edition(edition, headline="Better words")
    for address in lists():
        assert headlines(stranger.get(address)) == ["Better words"]


def test_neighbours_are_those_of_the_list(stranger):
    three = [make_edition(headline=f"No. {n}", dated=START + n * DAY) for n in range(3)]
    page = html.fromstring(stranger.get(three[1].get_absolute_url()).content)
    found = {rel: page.xpath(f"//a[@rel='{rel}']/@href") for rel in ("prev", "next")}
    assert found == {
        "prev": [three[0].get_absolute_url()],
        "next": [three[2].get_absolute_url()],
    }


def test_related_releases_share_a_topic_and_are_no_neighbours(stranger):
    topics = (make_topic().pk,)
    related = [make_edition(headline=f"Kin {n}", topics=topics, dated=START) for n in range(3)]
    make_edition(dated=START + DAY)
    edition = make_edition(topics=topics, dated=START + 2 * DAY)
    make_edition(headline="Stranger", dated=START + 3 * DAY)
    page = html.fromstring(stranger.get(edition.get_absolute_url()).content)
    shown = page.xpath("//section[contains(@class, 'related')]//h3/a/text()")
    assert shown == [one.headline for one in reversed(related)]
