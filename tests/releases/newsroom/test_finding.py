"""The archive, the filters of the list, pins and series, as readers find them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from releases import workflow
from releases.models import Edition, Release
from tests.forms import words_of
from tests.make import make_edition, make_next_edition, make_series, make_topic, make_user
from tests.releases.newsroom.test_costs import grow
from tests.releases.newsroom.test_lists import headlines, link

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def release_of(edition: Edition) -> Release:
    return Release.objects.get(pk=edition.release_id)


def pin(edition: Edition, until=None) -> None:
    release = release_of(edition)
    workflow.pin(release.pk, make_user("publisher"), release.version, until)


# --- The archive ---------------------------------------------------------------------------------


def test_the_archive_counts_what_is_public_by_month(stranger):
    for day in (date(2024, 2, 1), date(2024, 2, 29), date(2023, 12, 31)):
        make_edition(headline=f"Of {day}", dated=day)
    make_edition(timezone.now() + DAY, dated=date(2022, 1, 1))
    make_edition(dated=date(2024, 2, 3), language="es")
    page = stranger.get("/archive/")
    assert words_of(page, "//section//h2") == ["2024 2 releases", "2023 1 release"]
    months = "//ul[@class='months']/li"
    assert words_of(page, months) == ["February 2024: 2 releases", "December 2023: 1 release"]
    assert words_of(stranger.get("/archive/2024/"), months) == ["February 2024: 2 releases"]
    assert headlines(stranger.get("/archive/2024/02/")) == ["Of 2024-02-29", "Of 2024-02-01"]
    assert words_of(stranger.get("/es/archive/"), months)[0].startswith("Febrero 2024: 1 ")


def test_a_month_without_releases_is_not_there(stranger):
    make_edition(dated=date(2024, 2, 1))
    make_edition(timezone.now() + DAY, dated=date(2022, 1, 1))
    for address in ("2022/", "2022/01/", "2024/03/", "2024/2/", "2024/13/", "2024/00/", "24/"):
        assert stranger.get(f"/archive/{address}").status_code == 404, address


def test_months_are_counted_once_however_many_ask(stranger):
    make_edition(dated=date(2024, 2, 1))
    addresses = ("/archive/", "/archive/2024/", "/archive/2024/02/", "/releases/", "/sitemap.xml")
    counts = []
    for address in addresses * 2:
        with CaptureQueriesContext(connection) as queries:
            assert stranger.get(address).status_code == 200
        counts += [one["sql"] for one in queries if "COUNT" in one["sql"]]
    assert len(counts) == 1


def test_a_count_is_never_older_than_what_it_counts(stranger):
    edition = make_edition(dated=date(2024, 2, 1))
    planned = timezone.now() + DAY
    make_edition(planned, dated=date(2024, 2, 2))
    counted = "//ul[@class='months']//span[@class='quiet']"
    assert words_of(stranger.get("/archive/"), counted) == ["1 release"]
    with time_machine.travel(planned):
        assert words_of(stranger.get("/archive/"), counted) == ["2 releases"]
    assert words_of(stranger.get("/archive/"), counted) == ["1 release"]
    release = release_of(edition)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    assert words_of(stranger.get("/archive/"), counted) == []


# --- The filters ---------------------------------------------------------------------------------


@pytest.fixture
def mixed() -> str:
    """Releases of two topics, two kinds and two years; returns the address of the first topic."""
    first, second = make_topic(), make_topic()
    for topic, name in ((first, "A"), (second, "B")):
        for kind in ("press_release", "statement"):
            for year in (2023, 2024):
                make_edition(
                    headline=f"{name} {kind} {year}",
                    kind=kind,
                    topics=(topic.pk,),
                    dated=date(year, 12, 31),
                )
    return first.slug


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("topic={A}", {"A press_release 2023", "A press_release 2024",
                       "A statement 2023", "A statement 2024"}),
        ("kind=statement&topic={A}", {"A statement 2023", "A statement 2024"}),
        ("topic={A}&year=2023", {"A press_release 2023", "A statement 2023"}),
        ("kind=statement&year=2023", {"A statement 2023", "B statement 2023"}),
        ("kind=statement&topic={A}&year=2024", {"A statement 2024"}),
        ("kind=open_letter", set()),
        ("year=1999", set()),
    ],
)  # fmt: skip
def test_filters_combine(stranger, mixed, asked, found):
    page = stranger.get(f"/releases/?{asked.format(A=mixed)}")
    assert set(headlines(page)) == found
    chosen = [
        one.get("value") for one in html.fromstring(page.content).xpath("//option[@selected]")
    ]
    values = {part.partition("=")[2].format(A=mixed) for part in asked.split("&")}
    assert {one for one in chosen if one} == values - {"2023", "2024", "1999"}


def test_the_form_asks_for_what_was_chosen(stranger, mixed):
    page = html.fromstring(stranger.get(f"/releases/?topic={mixed}&kind=statement").content)
    [form] = page.xpath("//form[contains(@class, 'questions')]")
    assert (form.get("action"), form.get("method")) == ("/releases/", None)
    assert dict(form.form_values()) == {"topic": mixed, "kind": "statement", "year": ""}
    answer = stranger.get("/releases/", dict(form.form_values()))
    assert len(headlines(answer)) == 2


def test_an_address_that_narrows_goes_on_with_its_pages(stranger):
    topic = make_topic()
    for n in range(45):
        make_edition(headline=f"No. {n:02}", topics=(topic.pk,), dated=date(2024, 1, 1) + n * DAY)
        make_edition(kind="statement", topics=(topic.pk,), dated=date(2024, 1, 1) + n * DAY)
    address, shown = f"?kind=press_release&topic={topic.slug}&year=2024", []
    while address:
        page = stranger.get(f"/releases/{address}")
        shown += headlines(page)
        address = link(page, "prev")
        assert address is None or address.startswith("?before=")
    assert shown == [f"No. {n:02}" for n in reversed(range(45))]


@pytest.mark.parametrize(
    "asked", ["topic=nothing", "kind=poem", "year=24", "year=x", "year=0000", "year=９９９９"]
)
def test_what_nobody_was_offered_is_not_found(stranger, asked):
    make_edition()
    assert stranger.get(f"/releases/?{asked}").status_code == 404


def test_a_topic_that_moved_is_found_at_its_former_name(stranger):
    topic = make_topic()
    make_edition(topics=(topic.pk,))
    topic.former_addresses.create(slug="once")
    answer = stranger.get("/releases/?topic=once&kind=statement")
    assert answer.status_code == 301
    assert answer["Location"] == f"/releases/?topic={topic.slug}&kind=statement"


def plan(sql: str) -> str:
    """How SQLite runs a query."""
    assert connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[3]) for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ("", "edition_newest_first"),
        ("year=2008", "edition_newest_first"),
        ("kind=press_release", "edition_kind_newest"),
        ("kind=press_release&year=2008", "edition_kind_newest"),
        ("topic={}", "edition_topic_newest"),
        ("topic={}&year=2008", "edition_topic_newest"),
        ("kind=press_release&topic={}", "edition_topic_kind_newest"),
        ("kind=press_release&topic={}&year=2008", "edition_topic_kind_newest"),
    ],
)
def test_each_combination_walks_an_index_and_sorts_nothing(stranger, asked, index):
    edition = make_edition(dated=date(2008, 6, 7))
    grow(edition, 500)
    stranger.get("/archive/")
    topic = edition.topics.get().slug
    for place in ("", "&before=2008-06-07", "&after=2008-01-01"):
        with CaptureQueriesContext(connection) as queries:
            address = f"/releases/?{asked.format(topic)}{place}"
            assert stranger.get(address).status_code == 200
        [listed] = [
            one["sql"]
            for one in queries
            if "body" not in one["sql"] and "LIMIT 21" in one["sql"] and "dated" in one["sql"]
        ]
        # PostgreSQL plans by how many rows there are; SQLite by what indexes there are.
        if connection.vendor != "sqlite":
            continue
        assert index in plan(listed), address
        assert "TEMP B-TREE" not in plan(listed), address
        # From the place on, not from the newest: the last page costs what the first does.
        assert place == "" or " AND dated" in plan(listed).partition("\n")[0], plan(listed)


def test_a_count_reads_its_index_alone(stranger):
    grow(make_edition(dated=date(2008, 6, 7)), 500)
    with CaptureQueriesContext(connection) as queries:
        stranger.get("/archive/")
    [counted] = [one["sql"] for one in queries if "COUNT" in one["sql"]]
    if connection.vendor == "sqlite":
        assert "COVERING INDEX edition_counted" in plan(counted)


# --- Pins ----------------------------------------------------------------------------------------

FOCUS = "//section[@aria-labelledby='pinned']//h3"
LATEST = "//section[@aria-labelledby='latest']//h3"


def test_a_pin_stands_below_the_newest_until_it_ends(stranger):
    days = [date(2024, 1, n) for n in (1, 2, 3)]
    old, *_ = [make_edition(headline=f"No. {n}", dated=day) for n, day in enumerate(days)]
    assert words_of(stranger.get("/"), FOCUS) == []
    end = timezone.now() + DAY
    pin(old, end)
    page = stranger.get("/")
    assert (words_of(page, FOCUS), words_of(page, LATEST)) == (["No. 0"], ["No. 1"])
    assert words_of(page, "//article//h2") == ["No. 2"]
    with time_machine.travel(end - timedelta(seconds=1)):
        assert words_of(stranger.get("/"), FOCUS) == ["No. 0"]
    with time_machine.travel(end):
        assert words_of(stranger.get("/"), FOCUS) == []
        assert words_of(stranger.get("/"), LATEST) == ["No. 1", "No. 0"]


def test_a_pin_shows_nothing_that_is_not_public(stranger):
    make_edition()
    planned = make_edition(timezone.now() + DAY, headline="To come")
    pin(planned)
    assert "To come" not in stranger.get("/").content.decode()
    with time_machine.travel(timezone.now() + 2 * DAY):
        make_edition(headline="Newer", dated=date(2099, 1, 1))
        assert words_of(stranger.get("/"), FOCUS) == ["To come"]
        release = release_of(planned)
        workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
        assert words_of(stranger.get("/"), FOCUS) == []


def test_a_home_with_everything_costs_a_few_questions(stranger, django_assert_max_num_queries):
    for n in range(6):
        pin(make_edition(dated=date(2024, 1, 1 + n)))
    with django_assert_max_num_queries(11):
        assert len(words_of(stranger.get("/"), FOCUS)) == 3


def test_those_pinned_last_are_in_focus_three_at_most(stranger):
    old, *others = [make_edition(headline=f"No. {n}", dated=date(2024, 1, 1 + n)) for n in range(6)]
    newest = others[-1]
    for edition in (others[0], old, others[1], others[2], newest):
        pin(edition)
    page = stranger.get("/")
    # The newest stands above them; of the others, the first one pinned has made room.
    assert words_of(page, FOCUS) == ["No. 3", "No. 2", "No. 0"]
    assert words_of(page, LATEST) == ["No. 4", "No. 1"]
    pin(others[0])
    assert words_of(stranger.get("/"), FOCUS) == ["No. 1", "No. 3", "No. 2"]


# --- Series --------------------------------------------------------------------------------------


def test_a_series_leads_through_what_is_public_of_it(stranger, django_assert_max_num_queries):
    one, two, three = [make_edition(headline=f"Part {n}") for n in "abc"]
    planned = make_edition(timezone.now() + DAY, headline="Hidden part")
    members = [release_of(edition) for edition in (three, planned, one, two)]
    series = make_series("Four parts", *members, description="In this order.")
    page = stranger.get(series.get_absolute_url())
    assert headlines(page) == ["Part c", "Part a", "Part b"]
    with django_assert_max_num_queries(11):
        page = stranger.get(one.get_absolute_url())
    part = " ".join(words_of(page, "//section[@aria-labelledby='series']"))
    assert "Four parts Part 2 of 3" in part
    assert "The part before Part c" in part
    assert "The part after Part b" in part
    assert "Hidden part" not in page.content.decode()
    with time_machine.travel(timezone.now() + 2 * DAY):
        page = stranger.get(one.get_absolute_url())
        assert "Part 3 of 4" in page.content.decode()


def test_a_series_of_nothing_public_is_not_there(stranger):
    series = make_series("", release_of(make_edition(timezone.now() + DAY)))
    make_edition()
    assert stranger.get(series.get_absolute_url()).status_code == 404
    spanish = make_series("", release_of(make_edition(language="es")))
    assert stranger.get(f"/series/{spanish.slug}/").status_code == 404
    assert stranger.get(f"/es/series/{spanish.slug}/").status_code == 200


def test_a_series_moves_and_a_correction_keeps_the_place(stranger):
    edition = make_edition(headline="As it was")
    series = make_series("", release_of(edition))
    make_next_edition(edition, headline="As it is")
    assert headlines(stranger.get(series.get_absolute_url())) == ["As it is"]
    series.former_addresses.create(slug="once")
    answer = stranger.get("/series/once/")
    assert (answer.status_code, answer["Location"]) == (301, series.get_absolute_url())
