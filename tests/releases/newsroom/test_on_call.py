"""Who is on call now: on the first page, the directory, release and topic pages; to the second."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cepr_press.transitions import next_change
from tests.cepr_press.test_page_cache import app
from tests.forms import words_of
from tests.make import make_contact, make_duty, make_edition
from tests.releases.newsroom.reader import Reader

__all__ = ["app"]

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


def line(client, address: str) -> list[str]:
    """What is said of somebody who is on call, beside the lists of people."""
    return words_of(client.get(address), "//*[@class='on-call']")


def badges(client, address: str) -> list[str]:
    """The people in a list who are marked as on call."""
    path = "//*[@class='contact'][.//*[@class='on-call-badge']]//*[@class='contact-name']"
    return words_of(client.get(address), path)


def test_a_person_whom_a_release_names_is_marked_there(stranger):
    ana, ben = make_contact("Ana", slug="ana"), make_contact("Ben", slug="ben")
    edition = make_edition(contacts=(ana.pk, ben.pk))
    now = timezone.now()
    make_duty(ben, now - HOUR, now + HOUR)
    topic = edition.topics.get().get_absolute_url()
    for address in (edition.get_absolute_url(), "/contacts/"):
        assert (badges(stranger, address), line(stranger, address)) == (["Ben"], []), address
    assert line(stranger, topic) == ["On call now Ben English (202) 555-0123"]
    assert line(stranger, "/") == ["On call now Ben English (202) 555-0123"]
    badge = "//*[contains(@class, 'on-call-badge')]"
    assert words_of(stranger.get("/contacts/ben/"), badge) == ["On call now"]
    assert words_of(stranger.get("/contacts/ana/"), badge) == []


def test_somebody_without_a_page_is_named_without_a_link(stranger):
    edition, now = make_edition(), timezone.now()
    make_duty(make_contact("Cleo", slug="cleo"), now - HOUR, now + HOUR)
    for address in ("/", "/contacts/", edition.get_absolute_url()):
        assert line(stranger, address) == ["On call now Cleo English (202) 555-0123"]
        assert b"/contacts/cleo/" not in stranger.get(address).content
    assert stranger.get("/contacts/cleo/").status_code == 404


def test_a_language_has_its_own_or_the_one_for_all(stranger):
    now = timezone.now()
    make_duty(make_contact("Everybody’s"), now - HOUR, now + HOUR)
    make_duty(make_contact("Para español"), now - HOUR, now + HOUR, "es")
    assert "Para español" in line(stranger, "/es/")[0]
    assert "Everybody’s" in line(stranger, "/")[0]
    assert "Everybody’s" in line(stranger, "/pt-br/")[0]


def test_who_has_left_is_not_on_call(stranger):
    now = timezone.now()
    make_duty(make_contact(active=False), now - HOUR, now + HOUR)
    assert line(stranger, "/") == []


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


def test_kept_pages_follow_the_roster_to_the_second(app, clock):
    edition, now = make_edition(), timezone.now()
    make_duty(make_contact("Ana Q"), now + HOUR, now + 2 * HOUR)
    make_duty(make_contact("Ben Q"), now + 2 * HOUR, now + 3 * HOUR)
    reader = Reader(app)
    for moment, there in (
        (now + HOUR - SECOND, set()),
        (now + HOUR, {"Ana Q"}),
        (now + 2 * HOUR - SECOND, {"Ana Q"}),
        (now + 2 * HOUR, {"Ben Q"}),
        (now + 3 * HOUR, set()),
    ):
        clock.move_to(moment)
        for address in ("/", "/contacts/", edition.get_absolute_url()):
            answer = reader.ask(address)
            assert {name for name in ("Ana Q", "Ben Q") if answer.says(name)} == there, moment


def test_the_roster_counts_among_the_transitions(clock):
    now = timezone.now()
    assert next_change(now) is None
    make_duty(make_contact(), now + HOUR, now + 2 * HOUR)
    assert next_change(now) == now + HOUR
    assert next_change(now + HOUR) == now + 2 * HOUR
    assert next_change(now + 2 * HOUR) is None


def test_a_change_of_the_roster_is_seen_at_once(app, clock):
    reader, now = Reader(app), timezone.now()
    assert not reader.ask("/").says("Ana Q")
    duty = make_duty(make_contact("Ana Q"), now - HOUR, now + HOUR)
    clock.shift(SECOND)
    assert reader.ask("/").says("Ana Q")
    duty.delete()
    clock.shift(SECOND)
    assert not reader.ask("/").says("Ana Q")


def test_staff_see_who_was_on_call(client, administrator):
    now = timezone.now()
    make_duty(make_contact("Ana Q"), now - 3 * HOUR, now - 2 * HOUR)
    client.force_login(administrator)
    then = (now - 2.5 * HOUR).isoformat()
    assert "Ana Q" in line(client, f"/desk/at/{then}/")[0]
    assert line(client, "/") == []
