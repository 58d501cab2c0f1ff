"""Counting waits for nobody and loses nothing: what the database does not take now waits on."""

import subprocess
import sys
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.db import OperationalError
from django.db.models import Sum

from donations.counting import count, store, waiting
from donations.models import Appeal, Count
from tests.make import make_appeal, make_edition
from tests.server import ROOT, made_site

HERE = {"placement": "end", "language": "en"}


@pytest.fixture
def appeal(db):
    return make_appeal()


def rows() -> list[tuple[object, ...]]:
    columns = "day", "placement", "language", "people", "machines", "views"
    return list(Count.objects.order_by("day", "placement", "language").values_list(*columns))


def test_what_is_counted_at_one_place_becomes_one_row(appeal, time_machine):
    # Three in the morning in UTC is still the evening before at the office.
    time_machine.move_to(datetime(2026, 3, 2, 3, 0, tzinfo=UTC), tick=False)
    count(appeal.pk, None, "end", "en", people=1)
    count(appeal.pk, None, "end", "en", people=1, machines=2)
    count(appeal.pk, None, "inside", "es", views=5)
    assert not Count.objects.exists()
    assert store()
    assert rows() == [
        (date(2026, 3, 1), "end", "en", 2, 2, 0),
        (date(2026, 3, 1), "inside", "es", 0, 0, 5),
    ]


def test_counting_asks_the_database_nothing(appeal, django_assert_num_queries):
    with django_assert_num_queries(0):
        count(appeal.pk, None, **HERE, people=1)
    assert store()


def test_each_batch_is_a_row_and_an_empty_one_is_none(appeal):
    release = make_edition().release
    for _batch in range(2):
        count(appeal.pk, release.pk, **HERE, people=3)
        count(appeal.pk, release.pk, "mail", "en")
        assert store()
        assert store()
    assert list(release.count_set.values_list("people", flat=True)) == [3, 3]
    assert Count.objects.count() == 2


def test_what_was_counted_for_an_appeal_that_is_gone_holds_up_nothing(appeal):
    gone = make_appeal("gone", is_default=False)
    count(gone.pk, None, **HERE, people=1)
    count(appeal.pk, 2**40, **HERE, people=1)
    count(appeal.pk, None, **HERE, people=1)
    Appeal.objects.filter(pk=gone.pk).delete()
    assert store()
    assert list(Count.objects.values_list("appeal", "release", "people")) == [(appeal.pk, None, 1)]


def test_what_the_database_does_not_take_waits(appeal, monkeypatch):
    def away(*_arguments, **_more):
        raise OperationalError("the server closed the connection")

    count(appeal.pk, None, **HERE, people=1)
    with monkeypatch.context() as broken:
        broken.setattr(Count.objects, "bulk_create", away)
        assert not store()
        count(appeal.pk, None, **HERE, people=1)
        assert not store()
    assert store()
    assert Count.objects.aggregate(Sum("people"))["people__sum"] == 2


def test_no_number_is_lost_between_threads(appeal):
    def click() -> None:
        for _each in range(500):
            count(appeal.pk, None, **HERE, people=1)

    threads = [Thread(target=click) for _each in range(8)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert store()
    assert store()
    assert Count.objects.aggregate(Sum("people"))["people__sum"] == 8 * 500


def test_only_the_application_server_stores_by_itself(appeal):
    count(appeal.pk, None, **HERE, people=1)
    assert waiting.thread is None
    assert store()


LAST_WORDS = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cepr_press.settings"
django.setup()
from donations.counting import count, store_in_background
from donations.models import Appeal
store_in_background()
appeal = Appeal.objects.first().pk
for _each in range(7):
    count(appeal, None, "mail", "en", people=1)
"""
SUM = """
from django.db.models import Sum
from donations.models import Count
print(Count.objects.filter(placement="mail").aggregate(Sum("people"))["people__sum"])
"""


@pytest.mark.long
@pytest.mark.django_db
def test_a_process_that_ends_stores_what_is_left(tmp_path):
    with made_site(tmp_path) as environment:
        subprocess.run([sys.executable, "-c", LAST_WORDS], cwd=ROOT, env=environment, check=True)
        shell = [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", SUM]
        found = subprocess.run(shell, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert found.stdout.split() == [b"7"]
