"""Which appeal a page shows: the rule as a truth table, then with dates, languages and rows."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from donations.choice import Candidate, choose
from donations.models import Appeal
from tests.donations.asked import appeals_for
from tests.make import make_appeal, make_campaign, make_edition, make_topic

HOUR = timedelta(hours=1)

NAMED, TOPIC, BOTH = {"named": True}, {"on_topic": True}, {"named": True, "on_topic": True}
DEFAULT, NONE = {"is_default": True}, {}


@pytest.mark.parametrize(
    ("candidates", "chosen"),
    [
        ([], None),
        ([NONE], None),
        ([NONE, NONE], None),
        ([DEFAULT], 0),
        ([TOPIC], 0),
        ([NAMED], 0),
        ([NAMED, TOPIC, DEFAULT], 0),
        ([DEFAULT, TOPIC, NAMED], 2),
        ([TOPIC, DEFAULT], 0),
        ([NONE, DEFAULT, TOPIC], 2),
        ([BOTH, NAMED], 0),
        ([BOTH, TOPIC], 0),
        ([{**DEFAULT, **NAMED}, TOPIC], 0),
    ],
)
def test_the_rule(candidates, chosen):
    rows = [Candidate(key, **flags) for key, flags in enumerate(candidates)]
    assert choose(rows, "release 1") == chosen
    assert choose(reversed(rows), "release 1") == chosen


@pytest.mark.parametrize("flags", list(product([True, False], repeat=3)))
def test_one_alone_is_chosen_if_anything_speaks_for_it(flags):
    named, on_topic, is_default = flags
    one = Candidate(7, named=named, on_topic=on_topic, is_default=is_default)
    assert choose([one], "release 1") == (7 if any(flags) else None)


# --- With rows -----------------------------------------------------------------------------------


@pytest.fixture
def edition(db):
    return make_edition()


def chosen(edition, at=None) -> str | None:
    found = appeals_for(edition, at or timezone.now(), edition.topics.all())
    return found["end"].name if found else None


def test_named_then_topic_then_default(edition):
    assert chosen(edition) is None
    make_appeal("default")
    assert chosen(edition) == "default"
    make_appeal("topic", is_default=False).topics.set(edition.topics.all())
    assert chosen(edition) == "topic"
    make_appeal("named", is_default=False).releases.add(edition.release)
    assert chosen(edition) == "named"


def test_what_is_about_others_is_not_shown(edition):
    make_appeal("topic", is_default=False).topics.add(make_topic())
    make_appeal("named", is_default=False).releases.add(make_edition().release)
    make_appeal("nowhere", is_default=False)
    assert chosen(edition) is None


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        (None, None, "+++++"),
        (0, None, "--+++"),
        (None, 0, "++---"),
        (0, 1, "--+--"),
        (-1, 1, "-++--"),
    ],
)
def test_an_appeal_shows_from_its_start_until_its_end(edition, starts, ends, shown):
    now = timezone.now()
    dates = [None if hours is None else now + hours * HOUR for hours in (starts, ends)]
    make_appeal("dated", starts_at=dates[0], ends_at=dates[1])
    seen = [chosen(edition, now + hours * HOUR) for hours in range(-2, 3)]
    assert "".join("+" if name else "-" for name in seen) == shown


def test_an_end_gives_way_to_the_default_at_its_second(edition):
    end = timezone.now() + HOUR
    make_appeal("default")
    make_appeal("ending", is_default=False, ends_at=end).topics.set(edition.topics.all())
    second = timedelta(seconds=1)
    assert [chosen(edition, end + n * second) for n in (-1, 0)] == ["ending", "default"]


def test_an_appeal_speaks_the_release_s_language(edition):
    spanish = make_edition(language="es")
    for language in ("en", "es"):
        make_appeal(f"default-{language}", language=language)
    make_appeal("spanish", language="es", is_default=False).releases.add(edition.release)
    assert (chosen(edition), chosen(spanish)) == ("default-en", "default-es")
    assert chosen(make_edition(language="pt-br")) is None


def test_choosing_takes_one_query(edition, django_assert_num_queries):
    for _ in range(5):
        make_appeal(is_default=False).topics.set(edition.topics.all())
    topics = list(edition.topics.all())
    with django_assert_num_queries(1):
        assert appeals_for(edition, timezone.now(), topics)


def test_the_form_refuses_what_the_database_would(db):
    now = timezone.now()
    for columns, said in (
        ({"starts_at": now, "ends_at": now}, "ends before it starts"),
        ({"weight": 0}, "greater than or equal to 1"),
    ):
        with pytest.raises(ValidationError, match=said):
            Appeal(
                campaign=make_campaign(), name="b", heading="b", text="b", button="b",
                url="https://cepr.net/", **columns,
            ).full_clean()  # fmt: skip


def test_the_database_refuses_an_appeal_that_runs_backwards_or_in_the_open(db):
    now = timezone.now()
    for columns in (
        {"starts_at": now, "ends_at": now}, {"url": "http://www.example.org/"}, {"weight": 0},
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            make_appeal(**columns)
    assert not Appeal.objects.exists()


def test_a_page_shows_one_appeal_and_only_while_it_runs(stranger, edition, time_machine):
    end = timezone.now() + HOUR
    make_appeal(heading="Give while it lasts", ends_at=end)
    seen = []
    for moment in (end - timedelta(seconds=1), end):
        time_machine.move_to(moment, tick=False)
        page = stranger.get(edition.get_absolute_url()).content.decode()
        seen.append(page.count("Give while it lasts"))
    assert seen == [1, 0]
