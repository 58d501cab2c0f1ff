"""What caches in front are told: never beyond a transition, never longer than they may."""

from datetime import timedelta

import pytest
import time_machine

from cepr_press.http_caching import BROKEN, TOLD_FRESH, TOLD_STALE, chosen_encoding
from releases import workflow
from releases.content import Figure
from releases.models import Release
from tests.cepr_press.test_page_cache import NOON, app, ask
from tests.make import make_edition, make_next_edition, make_picture, make_user

__all__ = ["app"]
ACCEL = {"HTTP_X_ACCEL": "yes"}
AROUND = [
    # (seconds before noon, how long fresh, how long where the application is broken)
    (86_500, 1, 86_400),
    (3, 1, 2),
    (2, 1, 1),
    (1.5, 1, 0),
    (1, 1, 0),
    (0.6, 0, 0),
]


@pytest.mark.parametrize(("before", "fresh", "broken"), AROUND)
@pytest.mark.parametrize("path", ["/", "/releases/", "/feed.atom", "/sitemap.xml"])
def test_no_answer_may_be_used_beyond_the_next_transition(app, path, before, fresh, broken):
    make_edition()
    with time_machine.travel(NOON - timedelta(seconds=before), tick=False):
        make_edition(at=NOON)
        whole = ask(app, path)
        again = ask(app, path, HTTP_IF_NONE_MATCH=whole.headers["etag"])
        expected = {"max-age": fresh, "s-maxage": fresh, "stale-while-revalidate": 0}
        expected["stale-if-error"] = broken
        assert (whole.status, again.status) == (200, 304)
        assert whole.spans == again.spans == expected


@pytest.mark.parametrize("second", [-2, -1, 0, 1])
def test_around_its_second_what_is_not_there_is_kept_by_nobody(app, second):
    with time_machine.travel(NOON - timedelta(seconds=60), tick=False) as clock:
        edition = make_edition(at=NOON, headline="At Noon Exactly")
        clock.move_to(NOON + timedelta(seconds=second))
        answer = ask(app, edition.get_absolute_url())
        assert answer.status == (404 if second < 0 else 200)
        kept = "no-cache" not in answer.headers["cache-control"]
        assert kept == (second >= 0)
        assert sum(answer.spans.values()) == (0 if second < 0 else 1 + 1 + BROKEN)


@pytest.mark.parametrize("second", [-2, -1, 0, 1])
def test_a_withdrawn_release_is_gone_for_now_only(app, second):
    with time_machine.travel(NOON - timedelta(hours=1), tick=False) as clock:
        edition = make_edition()
        release = Release.objects.get(pk=edition.release_id)
        workflow.withdraw(release.pk, make_user("publisher"), release.version, "error", "Wrong.")
        clock.move_to(NOON - timedelta(seconds=60))
        make_next_edition(edition, at=NOON, subhead="Put right.")
        clock.move_to(NOON + timedelta(seconds=second))
        answer = ask(app, edition.get_absolute_url())
        assert answer.status == (410 if second < 0 else 200)
        assert (answer.headers["cache-control"] == "no-cache") == (second < 0)


@pytest.mark.parametrize(("second", "status"), [(-2, 404), (-1, 404), (0, 200), (1, 200)])
def test_a_picture_is_there_from_its_second_on(app, second, status):
    with time_machine.travel(NOON - timedelta(seconds=60), tick=False) as clock:
        picture = make_picture()
        make_edition(NOON, figures=(Figure(picture.pk, "A navy square.", "", ""),))
        clock.move_to(NOON + timedelta(seconds=second))
        answer = ask(app, picture.get_absolute_url(), method="HEAD")
        assert answer.status == status
        assert (answer.headers["cache-control"] == "no-cache") == (status == 404)


@pytest.mark.parametrize(
    ("before", "expires", "fresh", "broken"),
    [
        # nginx holds it to the end of the second, and hands on what is then that much older.
        (10.0, -10, 1, 8),
        (9.6, -10, 1, 8),
        (1.9, -2, 1, 0),
        (1.0, -1, 0, 0),
        (0.1, -1, 0, 0),
    ],
)
def test_our_nginx_holds_an_answer_to_the_end_of_the_second(app, before, expires, fresh, broken):
    with time_machine.travel(NOON - timedelta(seconds=before), tick=False):
        make_edition(at=NOON)
        answer = ask(app, "/", **ACCEL)
        assert answer.headers["x-accel-expires"] == f"@{int(NOON.timestamp()) + expires}"
        assert answer.spans["s-maxage"] == fresh
        assert answer.spans["stale-if-error"] == broken
        assert "x-accel-expires" not in ask(app, "/").headers


def test_our_nginx_holds_nothing_where_the_transition_is_within_the_second(app):
    with time_machine.travel(NOON + timedelta(seconds=0.2), tick=False):
        make_edition(at=NOON + timedelta(seconds=0.9))
        answer = ask(app, "/", **ACCEL)
        assert answer.headers["x-accel-expires"] == "0"
        assert answer.spans["max-age"] == 0


def test_the_generation_is_asked_for_in_each_second_of_the_clock(app):
    with time_machine.travel(NOON + timedelta(seconds=0.9), tick=False) as clock:
        edition = make_edition(headline="First Words")
        assert "First Words" in ask(app, edition.get_absolute_url()).text
        make_next_edition(edition, headline="Other Words")
        clock.shift(0.2)
        assert "Other Words" in ask(app, edition.get_absolute_url()).text


def test_caches_that_are_told_may_hold_an_answer_for_longer(app, settings):
    settings.PURGE_URL = "http://127.0.0.1:9/purge"
    with time_machine.travel(NOON, tick=False) as clock:
        make_edition(NOON - timedelta(days=3))
        answer = ask(app, "/topics/")
        assert answer.spans == {
            "max-age": 1,
            "s-maxage": TOLD_FRESH,
            "stale-while-revalidate": TOLD_STALE,
            "stale-if-error": BROKEN,
        }
        assert answer.headers["surrogate-key"] == answer.headers["cache-tag"] == "newsroom"
        make_edition(at=NOON + timedelta(seconds=30))
        clock.shift(1)
        spans = ask(app, "/topics/").spans
        assert spans["s-maxage"] == 29
        assert spans["stale-while-revalidate"] == spans["stale-if-error"] == 0


def test_without_a_hook_no_names_are_given(app):
    assert "surrogate-key" not in ask(app, "/").headers


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br; q=0.0, gzip;q=0", ""),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=much", ""),
        ("identity", ""),
        ("x-gzipped", ""),
    ],
)
def test_the_encoding_is_what_the_reader_asks_for(app, accepted, encoding):
    assert chosen_encoding(accepted) == encoding
    plain, answer = ask(app, "/"), ask(app, "/", HTTP_ACCEPT_ENCODING=accepted)
    assert answer.headers.get("content-encoding", "") == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.text == plain.text
