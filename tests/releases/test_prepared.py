"""Prepared queries: the same rows as Django's own, with other values each time."""

from datetime import timedelta

from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from releases.models import Edition, Topic
from releases.newsroom import queries
from releases.prepared import prepared
from tests.make import make_edition, make_next_edition, make_topic

DAY = timedelta(days=1)


@prepared
def public_in(at, language) -> QuerySet[Edition]:
    return Edition.objects.public(at).filter(language=language).with_first_moment().order_by("pk")


@prepared
def named(*names) -> QuerySet[Topic]:
    wanted = Topic.objects.none()
    for name in names:
        wanted |= Topic.objects.filter(name_en=name)
    return wanted.order_by("name_en")


def columns(rows) -> list[dict]:
    return [{k: v for k, v in vars(row).items() if not k.startswith("_")} for row in rows]


def test_the_rows_are_those_of_the_query_each_time(db):
    first = make_edition(at=timezone.now() - 9 * DAY)
    second = make_next_edition(first, headline="Second Words")
    spanish = make_edition(language="es")
    now = timezone.now()
    for at, language, expected in (
        (now, "en", [second]),
        (now, "es", [spanish]),
        (now - 5 * DAY, "en", [first]),
        (now - 5 * DAY, "es", []),
        (second.public_from, "en", [second]),
        (second.public_from - timedelta(microseconds=1), "en", [first]),
    ):
        rows = public_in(at, language)
        plain = Edition.objects.public(at).filter(language=language).with_first_moment()
        assert rows == expected
        assert columns(rows) == columns(plain)


def test_what_is_fetched_along_needs_no_query_of_its_own(db, django_assert_num_queries):
    first = make_edition(at=timezone.now() - 9 * DAY, slug="here")
    make_next_edition(first, headline="Second Words", note="What changed.")
    with django_assert_num_queries(1):
        newer, older = queries.begun_of_address(timezone.now(), "en", "here")
        assert (newer.note, older.note) == ("What changed.", "")


def test_any_number_of_values_fits(db):
    one, two = make_topic("One"), make_topic("Two")
    assert named("One") == [one]
    assert named("One", "Two") == [one, two]
    assert named("Two", "Nothing") == [two]


def test_values_are_values_and_not_sql(db):
    make_topic("Plain")
    with CaptureQueriesContext(connection) as asked:
        assert named("' OR 1=1 --") == []
    assert len(asked) == 1


def test_rows_are_known_by_the_question_and_its_answer(db):
    first = make_edition(at=timezone.now() - 9 * DAY)
    now = timezone.now()
    known = public_in(now, "en").known_by
    assert public_in(now, "en").known_by == known
    assert public_in(now, "es").known_by != known
    assert named("One").known_by != named("One", "Two").known_by
    make_next_edition(first, headline="Second Words")
    assert public_in(timezone.now(), "en").known_by != known


def test_instances_are_made_once_and_stay_the_same(db):
    make_topic("One")
    rows = named("One")
    rows[0].seen = True
    assert [one.seen for one in rows] == [True]
    assert (len(rows), rows.index(rows[0]), rows[0] in rows) == (1, 0, True)
