"""What each address of a release answers, in each state that the release can be in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cepr_press.urls import urlpatterns as root
from releases import workflow
from releases.models import Edition, Release
from releases.newsroom.addressed import addressed
from tests.make import make_edition, make_next_edition, make_release, make_user

pytestmark = pytest.mark.django_db


def suffixed(request: HttpRequest, slug: str, number: int, suffix: str) -> HttpResponse:
    """A download, as whoever adds one would write it."""
    found = addressed(request, "suffixed", slug, number=number, suffix=suffix)
    if isinstance(found, HttpResponse):
        return found
    return HttpResponse(found.edition(number).headline)


urlpatterns = [path("releases/<slug:slug>/<int:number>.<str:suffix>", suffixed, name="suffixed"),
               *root]  # fmt: skip
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOON)
    return time_machine


def withdraw(edition: Edition, **told) -> None:
    release = Release.objects.get(pk=edition.release_id)
    told = {"reason": "error", "text": "It was wrong.", **told}
    workflow.withdraw(release.pk, make_user("publisher"), release.version, **told)


def first() -> Edition:
    return make_edition(NOON - HOUR, slug="old")


def renamed(at: datetime | None = None, **fields) -> Edition:
    return make_next_edition(first(), at, **{"slug": "new", **fields})


def withdrawn_after_a_move() -> None:
    withdraw(renamed())


def to_come_again() -> None:
    """Withdrawn, and an edition at a new address waits for its moment."""
    edition = first()
    withdraw(edition)
    make_next_edition(edition, NOON + HOUR, slug="new")


STATES: dict[str, Callable[[], object]] = {
    "draft": lambda: make_release(slug="old"),
    "scheduled": lambda: make_edition(NOON + HOUR, slug="old"),
    "public": first,
    "a rename to come": lambda: renamed(NOON + HOUR),
    "renamed": renamed,
    "moved to Spanish": lambda: renamed(slug="old", language="es"),
    "renamed and back": lambda: make_next_edition(renamed(), slug="old", headline="Back"),
    "withdrawn": lambda: withdraw(first()),
    "withdrawn after a move": withdrawn_after_a_move,
    "to come again": to_come_again,
}
#: Page, list, two editions, differences, and two that no release has: answers at /releases/old/.
BELOW = ("", "editions/", "editions/1/", "editions/2/", "editions/1/2/", "editions/3/",
         "editions/2/1/")  # fmt: skip
NOTHING, ONE, BOTH = [404] * 7, [200, 200, 200, 404, 404, 404, 404], [200] * 5 + [404] * 2
LEADS, GONE = [301] * 5 + [404] * 2, [410, 410, 410, 404, 404, 404, 404]
ALL_GONE = [410] * 5 + [404] * 2
#: state → what /releases/old/, /releases/new/ and /es/releases/old/ answer.
TABLE = {
    "draft": (NOTHING, NOTHING, NOTHING),
    "scheduled": (NOTHING, NOTHING, NOTHING),
    "public": (ONE, NOTHING, NOTHING),
    "a rename to come": (ONE, NOTHING, NOTHING),
    "renamed": (LEADS, BOTH, NOTHING),
    "moved to Spanish": (LEADS, NOTHING, BOTH),
    "renamed and back": ([200] * 6 + [404], [301] * 6 + [404], NOTHING),
    "withdrawn": (GONE, NOTHING, NOTHING),
    "withdrawn after a move": (ALL_GONE, ALL_GONE, NOTHING),
    "to come again": (GONE, NOTHING, NOTHING),
}
HOMES = ("/releases/old/", "/releases/new/", "/es/releases/old/")


@pytest.mark.parametrize("state", STATES)
def test_every_state_and_every_address(stranger, state):
    STATES[state]()
    found = tuple([stranger.get(home + one).status_code for one in BELOW] for home in HOMES)
    assert found == TABLE[state]


@pytest.mark.parametrize(
    ("state", "home"), [("renamed", "/releases/new/"), ("moved to Spanish", "/es/releases/old/")]
)
def test_a_former_address_leads_to_the_same_thing_where_it_is(stranger, state, home):
    STATES[state]()
    for one in BELOW[:5]:
        answer = stranger.get(f"/releases/old/{one}?utm_source=x")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"{home}{one}")
        assert stranger.get(f"{home}{one}").status_code == 200


@pytest.mark.parametrize(
    ("step", "old", "new"), [(-SECOND, 200, 404), (SECOND * 0, 301, 200), (SECOND, 301, 200)]
)
def test_a_rename_is_public_from_its_edition_s_second_on(stranger, clock, step, old, new):
    renamed(NOON + HOUR)
    clock.move_to(NOON + HOUR + step, tick=False)
    for one in ("", "editions/", "editions/1/"):
        assert stranger.get(f"/releases/old/{one}").status_code == old
        assert stranger.get(f"/releases/new/{one}").status_code == new


def test_all_former_addresses_lead_there_in_one_hop(stranger):
    edition = make_edition(slug="name-0")
    for n in range(1, 4):
        edition = make_next_edition(edition, slug=f"name-{n}")
    for n in range(3):
        assert stranger.get(f"/releases/name-{n}/").headers["Location"] == "/releases/name-3/"


def test_no_link_of_a_release_that_moved_takes_a_detour(stranger):
    edition = renamed()
    own = [edition.get_absolute_url(), edition.get_editions_url(), edition.get_changes_url()]
    pages = [*own, edition.get_permanent_url(), "/releases/new/editions/1/", "/corrections/", "/"]
    for page in pages:
        assert "/releases/old/" not in stranger.get(page).content.decode(), page


def test_an_address_that_was_public_is_never_another_s(publisher):
    renamed()
    release = make_release(slug="old")
    with pytest.raises(workflow.Refused, match="choose another address"):
        workflow.publish_urgently(release.pk, publisher, release.version, "Now.")


def test_an_address_taken_back_before_its_moment_is_free_again(publisher, stranger):
    release = Release.objects.get(pk=renamed(NOON + HOUR).release_id)
    workflow.take_back(release.pk, publisher, release.version)
    assert [str(one) for one in release.addresses.all()] == ["en/old"]
    make_edition(slug="new", headline="Another release")
    assert "Another release" in stranger.get("/releases/new/").content.decode()
    assert stranger.get("/releases/old/").status_code == 200


def test_gone_says_why_and_what_takes_its_place_at_every_address(stranger):
    better = make_edition(headline="The Better One")
    withdraw(renamed(headline="Wrong"), reason="superseded", replaced_by=better.release)
    addresses = [home + one for home in HOMES[:2] for one in BELOW[:5]]
    for address in addresses:
        page = stranger.get(address).content.decode()
        assert "It was wrong." in page
        assert f'href="{better.get_absolute_url()}"' in page
    withdraw(better)
    for address in addresses:
        assert "The Better One" not in stranger.get(address).content.decode()


def test_a_successor_that_has_moved_is_linked_where_it_is(stranger):
    better = make_edition(slug="better")
    withdraw(first(), reason="superseded", replaced_by=better.release)
    make_next_edition(better, slug="best")
    page = stranger.get("/releases/old/").content.decode()
    assert 'href="/releases/best/"' in page


def test_staff_at_another_moment_are_led_within_it(client, administrator):
    renamed(NOON + HOUR)
    client.force_login(administrator)
    prefix = f"/desk/at/{(NOON + HOUR).isoformat()}"
    answer = client.get(f"{prefix}/releases/old/editions/1/")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/releases/new/editions/1/")
    assert answer.headers["Location"].startswith("/desk/at/")


@pytest.mark.urls(__name__)
def test_whatever_stands_below_the_slug_follows_the_same_table(stranger):
    renamed(headline="The later one")
    assert stranger.get("/releases/new/2.txt").content == b"The later one"
    answer = stranger.get("/releases/old/1.txt")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/releases/new/1.txt")
    assert stranger.get("/releases/old/3.txt").status_code == 404
    withdraw(Edition.objects.get(number=2))
    for address in ("/releases/new/2.txt", "/releases/old/1.txt"):
        assert stranger.get(address).status_code == 410
