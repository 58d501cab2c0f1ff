"""The way out with the database away, and what a click asks of it otherwise."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from donations.counting import store
from donations.models import Appeal, Count
from tests.donations.test_way_out import BROWSER, told
from tests.make import make_appeal, make_edition


@pytest.fixture
def reader(db) -> Client:
    """Somebody with a browser."""
    return Client(headers={"user-agent": BROWSER})


@pytest.fixture
def appeal(db) -> Appeal:
    return make_appeal("winter", url="https://www.example.org/give")


def away(execute, sql, params, many, context):
    raise OperationalError("the database is away")


def test_with_the_database_away_readers_are_led_on(reader, appeal):
    edition = make_edition(slug="the-slug")
    make_edition(slug="another")
    reader.get("/donate/winter/?from=the-slug")
    with connection.execute_wrapper(away):
        known = reader.get("/donate/winter/?from=the-slug", headers={"user-agent": "Other"})
        other = reader.get("/donate/winter/?from=another", headers={"user-agent": "Third"})
        assert not store()
    assert told(known)["utm_content"] == "the-slug"
    assert other.status_code == 303
    assert "utm_content" not in told(other)
    assert store()
    found = Count.objects.order_by("release").values_list("release", "people")
    assert sorted(found, key=str) == sorted([(edition.release_id, 2), (None, 1)], key=str)


def test_a_change_is_followed_at_once(reader, appeal):
    reader.get("/donate/winter/")
    Appeal.objects.update(url="https://www.example.org/new")
    answer = reader.get("/donate/winter/")
    assert answer.headers["Location"].startswith("https://www.example.org/new?")


def test_a_click_costs_one_query(reader, appeal, django_assert_num_queries):
    make_edition(slug="the-slug")
    reader.get("/donate/winter/?from=the-slug")
    with django_assert_num_queries(1):
        reader.get("/donate/winter/?from=the-slug")


def test_the_map_names_the_way_out():
    with translation.override("pt-br"):
        assert reverse("donations:way_out", args=["winter"]) == "/pt-br/donate/winter/"
