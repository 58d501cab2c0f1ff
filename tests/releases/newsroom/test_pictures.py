"""A public picture: kept by browsers for a while, never beyond what the clock brings next."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from releases import workflow
from releases.content import Figure
from releases.models import Edition, Release
from tests.make import make_edition, make_picture, make_user

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


def shown(at: datetime | None = None) -> tuple[Edition, str]:
    """Return an edition with a picture, and the picture's address."""
    picture = make_picture()
    figure = Figure(picture.pk, "A navy square.", "", "")
    return make_edition(at, figures=(figure,)), picture.get_absolute_url()


def withdraw(edition: Edition) -> None:
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error", "Wrong.")


def test_who_has_it_is_told_so_as_long_as_it_is_public(stranger):
    edition, address = shown()
    etag = stranger.get(address).headers["ETag"]
    assert not etag.startswith("W/")
    again = stranger.get(address, headers={"if-none-match": etag})
    assert (again.status_code, again.headers["ETag"]) == (304, etag)
    assert "max-age" in again.headers["Cache-Control"]
    withdraw(edition)
    assert stranger.get(address, headers={"if-none-match": etag}).status_code == 404


def test_two_pictures_have_two_etags(stranger):
    first, second = shown()[1], shown()[1]
    assert stranger.get(first).headers["ETag"] != stranger.get(second).headers["ETag"]


@pytest.mark.parametrize(
    ("before", "spans"),
    [
        (timedelta(days=1), "max-age=300, s-maxage=1"),
        (timedelta(seconds=20), "max-age=20, s-maxage=1"),
        (timedelta(seconds=1.5), "max-age=1, s-maxage=1"),
        (timedelta(seconds=0.5), "max-age=0, s-maxage=0"),
        (timedelta(0), "max-age=300, s-maxage=1"),
    ],
)
def test_nobody_keeps_it_beyond_the_next_transition(stranger, before, spans):
    _edition, address = shown()
    make_edition(NOON)
    with time_machine.travel(NOON - before, tick=False):
        assert stranger.get(address).headers["Cache-Control"] == f"public, {spans}"
