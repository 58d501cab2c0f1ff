"""A planned moment in the desk's words: the office's zone by name, how far off, readers' clocks."""

from datetime import UTC, datetime, timedelta

import pytest

from releases.clocks import distance, elsewhere, local, moment

TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def test_the_offices_own_zone_by_name():
    assert local(TUESDAY) == "Tue 24 Nov 2026, 10:00 New York"


def test_how_far_off():
    before = TUESDAY - timedelta(hours=3, minutes=12)
    assert moment(TUESDAY, before).endswith("New York · in 3 h 12 min")


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=59), "in 0 h 0 min"),
        (timedelta(hours=23, minutes=59), "in 23 h 59 min"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=2, hours=5), "in 2 days"),
    ],
)
def test_distances(ahead, words):
    assert distance(TUESDAY + ahead, TUESDAY) == words


def test_readers_clocks():
    assert elsewhere(TUESDAY) == "15:00 UTC, 11:00 La Paz, 16:00 Madrid"


def test_a_clock_that_shows_another_day_says_which():
    evening = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert elsewhere(evening) == "Wed 02:00 UTC, 22:00 La Paz, Wed 03:00 Madrid"


def test_summer_time_moves_the_clocks_that_have_it():
    july = datetime(2026, 7, 7, 14, 0, tzinfo=UTC)
    assert local(july) == "Tue 7 Jul 2026, 10:00 New York"
    assert elsewhere(july) == "14:00 UTC, 10:00 La Paz, 16:00 Madrid"
