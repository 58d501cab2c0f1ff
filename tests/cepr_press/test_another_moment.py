"""Staff look at the newsroom of another moment; nobody else does, and nothing keeps it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.forms import page_of, words_of
from tests.make import make_appeal, make_edition, make_next_edition, make_user

DAY = timedelta(days=1)


def at(moment: datetime, path: str = "") -> str:
    return f"/desk/at/{moment.isoformat()}/{path}"


@pytest.fixture
def staff(client, db):
    client.force_login(make_user("writer"))
    return client


def test_what_is_to_come_stands_in_tomorrows_newsroom(staff):
    tomorrow = timezone.now() + DAY
    edition = make_edition(at=tomorrow, headline="Tomorrow's News")
    make_appeal(heading="Tomorrow's Appeal", starts_at=tomorrow)
    address = edition.get_absolute_url().lstrip("/")
    for path in ("", "releases/", "feed.atom", address):
        assert (
            "Tomorrow" not in staff.get(at(tomorrow - timedelta(seconds=1), path)).content.decode()
        )
        assert "Tomorrow" in staff.get(at(tomorrow, path)).content.decode(), path
    assert "Tomorrow&#x27;s Appeal" in staff.get(at(tomorrow, address)).content.decode()


def test_the_past_stands_as_it_was(staff):
    first = make_edition(at=timezone.now() - 9 * DAY, headline="First Words")
    make_next_edition(first, headline="Second Words")
    path = first.get_absolute_url().lstrip("/")
    then = staff.get(at(timezone.now() - DAY, path)).content.decode()
    assert "First Words" in then
    assert "Second Words" not in then
    assert staff.get(at(timezone.now() - 10 * DAY, path)).status_code == 404


def test_every_link_of_the_page_stays_at_that_moment(staff):
    moment = timezone.now() + DAY
    edition = make_edition(at=moment)
    page = staff.get(at(moment)).content.decode()
    assert f'href="{at(moment, edition.get_absolute_url().lstrip("/"))}"' in page
    assert f'href="{edition.get_absolute_url()}"' not in page


def test_the_page_says_so_and_nothing_keeps_it(staff):
    answer = staff.get(at(datetime(2031, 5, 6, 12, tzinfo=UTC)))
    assert "May 6, 2031" in answer.content.decode()
    assert "Only staff see this page." in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]
    assert "Only staff" not in staff.get("/").content.decode()


def test_each_language_has_its_own_newsroom(staff):
    moment = timezone.now() + DAY
    make_edition(at=moment, language="es", headline="Noticia de mañana")
    assert "Noticia de mañana" in staff.get(at(moment, "es/")).content.decode()
    assert "Noticia de mañana" not in staff.get(at(moment)).content.decode()


@pytest.mark.parametrize(("account", "status"), [(None, 302), ("", 403)])
def test_nobody_else_sees_it(client, db, account, status):
    if account is not None:
        client.force_login(make_user(account))
    moment = timezone.now() + DAY
    make_edition(at=moment, headline="Tomorrow")
    for address in (at(moment), "/desk/at/"):
        answer = client.get(address)
        assert answer.status_code == status
        assert "Tomorrow" not in answer.content.decode()


@pytest.mark.parametrize("path", ["desk/", "embargo/x/", "static/css/newsroom.css", "nowhere/"])
def test_only_the_newsroom_is_shown(staff, path):
    assert staff.get(at(timezone.now(), path)).status_code == 404


@pytest.mark.parametrize("moment", ["tomorrow", "2031-05-06", "2031-05-06T12:00:00", "0"])
def test_only_a_moment_with_a_zone_is_one(staff, moment):
    assert staff.get(f"/desk/at/{moment}/").status_code == 404


def test_a_moment_is_chosen_in_the_offices_zone(staff):
    typed = {"at_0": "2031-05-06", "at_1": "10:00:07"}
    answer = staff.get("/desk/at/", typed)
    assert answer["Location"] == "/desk/at/2031-05-06T10:00:07-04:00/"
    assert staff.get(answer["Location"]).status_code == 200
    answer = staff.get("/desk/at/", {**typed, "at_2": "Europe/Madrid"})
    assert answer["Location"] == "/desk/at/2031-05-06T04:00:07-04:00/"


def test_the_form_shows_the_moment_that_is_looked_at(staff):
    page = form_on(staff.get(at(datetime(2031, 5, 6, 14, 0, 7, tzinfo=UTC))))
    assert page == {"at_0": "2031-05-06", "at_1": "10:00:07", "at_2": "America/New_York"}


def test_which_of_two_moments_is_asked_never_guessed(staff):
    typed = {"at_0": "2031-11-02", "at_1": "01:30", "at_2": "America/New_York"}
    asked = staff.get("/desk/at/", typed)
    assert "01:30 comes twice in New York on Sun 2 Nov 2031." in asked.content.decode()
    assert form_on(asked) == {**typed, "at_3": "2031-11-02T05:30:00+00:00"}
    second = staff.get("/desk/at/", {**typed, "at_3": "2031-11-02T06:30:00+00:00"})
    assert second["Location"] == "/desk/at/2031-11-02T01:30:00-05:00/"


@pytest.mark.parametrize(("day", "hour"), [("2031-03-09", "02:30"), ("", ""), ("someday", "1:00")])
def test_what_is_no_moment_is_told(staff, day, hour):
    answer = staff.get("/desk/at/", {"at_0": day, "at_1": hour})
    assert answer.status_code == 200
    assert words_of(answer, "//*[contains(@class, 'errorlist')]/li")
    assert form_on(answer)["at_0"] == day


def form_on(response) -> dict[str, str]:
    """What the form of a moment holds: of two moments to choose from, the first's value."""
    return {
        field.get("name"): field.xpath("string(option[@selected]/@value)")
        if field.tag == "select"
        else field.get("value", "")
        for field in reversed(page_of(response).xpath("//form//*[starts-with(@name, 'at_')]"))
    }
