"""Dates to come: who sees which until when, and what their calendar files say (RFC 5545)."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from cepr_press.transitions import next_change
from releases.newsroom.coming import folded
from tests.forms import words_of
from tests.make import make_event

pytestmark = pytest.mark.django_db
TITLES = "//*[contains(@class, 'editions')]//h3"


def shown(client, address: str = "/coming/") -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return words_of(response, TITLES)


def test_the_next_stands_first_in_its_language_alone(stranger):
    today = timezone.localdate()
    make_event("Later", day=today + timedelta(days=3))
    make_event("At two", day=today + timedelta(days=2), hour=time(14))
    make_event("Some time", day=today + timedelta(days=2))
    make_event("En español", language="es")
    make_event("Untold", shown_from=None)
    make_event("Taken off", shown_until=timezone.now())
    assert shown(stranger) == ["Some time", "At two", "Later"]
    assert shown(stranger, "/es/coming/") == ["En español"]
    home = "//section[@aria-labelledby='coming']//h3"
    assert words_of(stranger.get("/"), home) == ["Some time", "At two", "Later"]


def test_a_day_is_over_when_it_is_over_at_the_office(stranger):
    make_event("The hearing", day=date(2031, 3, 9), shown_from=timezone.now())
    over = datetime.fromisoformat("2031-03-10T00:00:00-04:00")
    with time_machine.travel(over - timedelta(seconds=1), tick=False):
        assert next_change(timezone.now()) == over
        assert shown(stranger) == ["The hearing"]
    with time_machine.travel(over, tick=False):
        assert shown(stranger) == []


def test_readers_are_told_what_became_of_a_date(stranger):
    make_event("Sure")
    make_event("Unsure", state="provisional")
    make_event("Put off", state="moved", reason="He is ill.", former_day=date(2031, 1, 2))
    make_event("Not at all", state="cancelled", reason="She has left.")
    page = stranger.get("/coming/")
    said = words_of(page, "//li[contains(@class, 'event')]")
    told = {title: next(one for one in said if title in one) for title in
            ("Sure", "Unsure", "Put off", "Not at all")}  # fmt: skip
    assert "Provisional" not in told["Sure"]
    assert "Provisional: the date may still change" in told["Unsure"]
    assert "before: January 2, 2031" in told["Put off"]
    assert "Moved: He is ill." in told["Put off"]
    assert "Cancelled: She has left." in told["Not at all"]
    assert words_of(page, "//h3/del") == ["Not at all"]


def calendar(client, address: str) -> list[str]:
    """The lines of a calendar file, unfolded (3.1)."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    text = response.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_date_is_a_calendar_file(stranger):
    event = make_event(
        "Panel; with commas, and a back\\slash",
        text="First line\r\nsecond\x07 line",
        day=date(2031, 7, 4),
        hour=time(10, 30),
        place="Washington, DC",
        url="https://www.example.org/panel",
        sequence=3,
    )
    lines = calendar(stranger, event.get_calendar_url())
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]
    assert {
        f"UID:{event.uuid.urn}",
        f"DTSTAMP:{event.changed_at:%Y%m%dT%H%M%SZ}",
        "DTSTART:20310704T143000Z",
        "SEQUENCE:3",
        "SUMMARY:Panel\\; with commas\\, and a back\\\\slash",
        "DESCRIPTION:First line\\nsecond line",
        "LOCATION:Washington\\, DC",
        "URL:https://www.example.org/panel",
        "STATUS:CONFIRMED",
    } <= set(lines)


def test_a_day_without_an_hour_is_a_whole_day(stranger):
    event = make_event(day=date(2031, 12, 31), state="cancelled", reason="Why.")
    lines = calendar(stranger, event.get_calendar_url())
    assert "DTSTART;VALUE=DATE:20311231" in lines
    assert "DTEND;VALUE=DATE:20320101" in lines
    assert "STATUS:CANCELLED" in lines


def test_all_dates_are_one_calendar(stranger):
    one, other = make_event(), make_event(state="provisional")
    make_event(shown_from=None)
    lines = calendar(stranger, "/coming.ics")
    uids = [line for line in lines if line.startswith("UID:")]
    assert uids == [f"UID:{event.uuid.urn}" for event in (one, other)]
    assert lines.count("STATUS:TENTATIVE") == 1


def test_an_untold_date_and_one_that_is_none_are_the_same(stranger):
    event = make_event(shown_from=None)
    untold, none = (stranger.get(f"/coming/{uid}.ics") for uid in (event.uuid, uuid4()))
    assert (untold.status_code, none.status_code) == (404, 404)
    assert untold.content == none.content


@pytest.mark.parametrize(
    "text", ["", "é" * 200, "a" * 75, "a" * 76, "日本語" * 60, "a" * 149 + "é"]
)
def test_long_lines_are_folded_between_characters(text):
    lines = folded(text).split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode()[:1] for line in lines[1:-1]] == [" "] * (len(lines) - 2)
    assert folded(text).decode().replace("\r\n ", "") == f"{text}\r\n"
