"""The report of donation figures: what it counts, whom it names, and what it admits not to know."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from releases import workflow
from releases.models import Release
from tests.donations.counts import day, make_count
from tests.forms import page_of, words_of
from tests.make import make_appeal, make_edition, make_topic, make_user
from tests.releases.desk.steps import signed_in

REPORT = reverse("admin:donations_count_changelist")


def totals(response) -> dict[str, str]:
    """The figures above the chart."""
    names = words_of(response, "//*[@class='report-total']//dt")
    return dict(zip(names, words_of(response, "//*[@class='report-total']//dd"), strict=True))


def table(response, title: str) -> dict[str, list[str]]:
    """A table's rows by their names: people, machines, views, rate."""
    [found] = page_of(response).xpath("//table[caption[normalize-space()=$title]]", title=title)
    return {
        " ".join(row.xpath("string(th)").split()): [
            " ".join(cell.text_content().split()) for cell in row.xpath("td")
        ]
        for row in found.xpath("tbody/tr")
    }


@pytest.fixture
def desk(editor) -> Client:
    return signed_in(editor)


@pytest.fixture
def appeal(db):
    return make_appeal("winter")


@pytest.fixture
def edition(db):
    return make_edition(headline="Wages Rise", topics=(make_topic("Labor").pk,))


def test_rows_are_added_up_and_machines_stand_apart(desk, appeal, edition):
    for _ in range(2):
        make_count(appeal, edition)
    make_count(appeal, edition, ago=3, people=4, machines=7)
    make_count(appeal, people=1)
    page = desk.get(REPORT)
    assert totals(page) == {
        "Clicks by people": "7",
        "Views": "not counted",
        "Clicks for each view": "not known",
        "Fetches by machines": "7",
    }
    assert table(page, "By campaign") == {"Always": ["7", "7", "–", "–"]}
    assert table(page, "By appeal") == {"winter": ["7", "7", "–", "–"]}
    assert table(page, "By release") == {
        "Wages Rise": ["6", "7", "–", "–"],
        "All else": ["1", "0", "–", "–"],
    }
    assert table(page, "By topic") == {"Labor": ["6", "7", "–", "–"]}
    assert table(page, "By placement") == {
        "end of a release": ["6", "7", "–", "–"],
        "mail": ["1", "0", "–", "–"],
    }
    assert table(page, "By language") == {"English": ["7", "7", "–", "–"]}


def test_a_rate_has_its_span(desk, appeal, edition):
    make_count(appeal, edition, people=15, views=148)
    assert totals(desk.get(REPORT))["Clicks for each view"] == "10.1% 6.2–16.0%"


def test_clicks_where_no_views_were_counted_make_no_rate(desk, appeal, edition):
    """Those of days before, and of mail, would make the rate too high."""
    make_count(appeal, edition, people=10, views=100)
    make_count(appeal, edition, people=1)
    make_count(appeal, edition, ago=1, people=50)
    make_count(appeal, people=50)
    page = desk.get(REPORT)
    assert totals(page)["Clicks by people"] == "111"
    assert totals(page)["Clicks for each view"].startswith("11.0%")


def test_more_clicks_than_views_are_no_rate(desk, appeal, edition):
    make_count(appeal, edition, people=3, views=2)
    assert totals(desk.get(REPORT))["Clicks for each view"] == "not known"


def test_thirty_days_unless_others_are_asked_for(desk, appeal, edition):
    for ago, people in ((0, 1), (29, 2), (30, 4), (60, 8)):
        make_count(appeal, edition, ago=ago, people=people)
    assert totals(desk.get(REPORT))["Clicks by people"] == "3"
    asked = desk.get(REPORT, {"since": day(60), "until": day(30)})
    assert totals(asked)["Clicks by people"] == "12"


def test_a_day_ends_by_the_press_office_s_clocks(desk, appeal, edition, time_machine):
    """At three in the morning by UTC it is still yesterday in New York."""
    time_machine.move_to(datetime(2030, 3, 2, 3, tzinfo=UTC), tick=False)
    make_count(appeal, edition, day=date(2030, 3, 1), people=1)
    desk = signed_in(make_user("editor"))
    assert page_of(desk.get(REPORT)).xpath("//input[@name='until']/@value") == ["2030-03-01"]


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("winter", 3),
        ("Wages Rise", 5),
        ("Labor", 5),
        ("inside a release", 48),
        ("English", 35),
    ],
)
def test_a_line_s_link_asks_for_it_alone(desk, appeal, edition, line, people):
    """What was asked before, the span here, stays in the address."""
    other = make_appeal("otra", language="es")
    make_count(appeal, edition, people=1)
    make_count(appeal, people=2)
    make_count(other, edition, people=4)
    make_count(other, people=8)
    make_count(other, make_edition(headline="Other"), placement="inside", people=16)
    make_count(other, people=32, language="en", placement="inside")
    first = desk.get(REPORT, {"since": day(9)})
    [link] = page_of(first).xpath("//tbody//a[normalize-space()=$line]/@href", line=line)
    page = desk.get(REPORT + link)
    assert totals(page)["Clicks by people"] == str(people)
    assert page_of(page).xpath("//input[@name='since']/@value") == [day(9).isoformat()]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": "2030-01-02", "until": "2030-01-01"}, "before the first one"),
        ({"since": "2020-01-01", "until": "2030-01-01"}, "three years at the most"),
        ({"since": "yesterday"}, "Enter a valid date"),
        ({"appeal": "999999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_answered_is_said_beside_its_field(desk, appeal, edition, asked, words):
    make_count(appeal, edition)
    page = desk.get(REPORT, asked)
    [said] = words_of(page, "//*[contains(@class, 'form-row errors')]//*[@class='errorlist']")
    assert words in said
    assert words_of(page, "//table") == []
    assert desk.get(f"{REPORT}sheet.csv", asked).status_code == 404


def test_days_without_any_count_are_not_called_zero(desk, appeal, edition):
    """A day on which only machines came is zero; one on which nothing was counted is not known."""
    make_count(appeal, edition, ago=3)
    make_count(appeal, edition, ago=1, machines=1)
    page = desk.get(REPORT, {"since": day(3), "until": day(0)})
    rows = list(table(page, "Day by day").values())
    assert rows == [["nothing counted"], ["0", "1", "–", "–"], ["nothing counted"],
                    ["1", "0", "–", "–"]]  # fmt: skip
    assert [bar.get("class") for bar in page_of(page).xpath("//svg//rect")] == [
        "chart-bar", "chart-unknown", "chart-bar", "chart-unknown",
    ]  # fmt: skip
    assert "Hatched: on 2 days" in page.content.decode()


def test_a_filter_makes_no_day_unknown(desk, appeal, edition):
    other = make_appeal("other", is_default=False)
    make_count(other, edition)
    page = desk.get(REPORT, {"appeal": appeal.pk, "since": day(0)})
    assert list(table(page, "Day by day").values()) == [["0", "0", "–", "–"]]


def test_long_spans_go_by_week(desk, appeal, edition):
    make_count(appeal, edition, ago=100)
    make_count(appeal, edition, ago=0)
    page = desk.get(REPORT, {"since": day(100)})
    rows = table(page, "Week by week")
    assert len(rows) in (15, 16)
    assert sum(int(row[0]) for row in rows.values() if len(row) == 4) == 2


def test_without_a_count_it_says_so(desk):
    assert "Nothing has been counted yet." in desk.get(REPORT).content.decode()


# --- Restricted releases --------------------------------------------------------------------------


@pytest.fixture
def restricted(appeal, writer):
    """A public release that was restricted since, with five clicks."""
    edition = make_edition(headline="For Three of Us")
    release = Release.objects.get(pk=edition.release_id)
    workflow.restrict(release.pk, release.changed_by, release.version, [make_user("editor", "in")])
    make_count(appeal, edition, people=5)
    return edition


def test_a_restricted_release_is_counted_and_not_named(desk, appeal, edition, restricted):
    make_count(appeal, edition, people=2)
    named = signed_in(Release.objects.get(pk=restricted.release_id).named.get(username="in"))
    assert table(named.get(REPORT), "By release")["For Three of Us"][0] == "5"
    page = desk.get(REPORT)
    assert "For Three of Us" not in page.content.decode()
    assert table(page, "By release") == {
        "Wages Rise": ["2", "0", "–", "–"],
        "All else": ["5", "0", "–", "–"],
    }
    assert totals(page)["Clicks by people"] == "7"


def test_asking_for_a_restricted_release_is_asking_for_none(desk, restricted):
    there, nowhere = (
        words_of(desk.get(REPORT, {"release": key}), "//*[@id='content']")
        for key in (restricted.release_id, 999_999)
    )
    assert "Select a valid choice" in there[0]
    assert there == nowhere


# --- What it costs --------------------------------------------------------------------------------


def test_more_rows_ask_no_more_queries(desk, appeal, django_assert_num_queries):
    """Sums are made by the database, whatever there is."""

    def grow(number: int) -> None:
        for n in range(number):
            edition = make_edition(topics=(make_topic().pk,))
            make_count(make_appeal(is_default=False), edition, ago=n % 5, people=1, views=3)

    grow(1)
    desk.get(REPORT)
    with django_assert_num_queries(20) as first:
        desk.get(REPORT)
    grow(8)
    with django_assert_num_queries(len(first)):
        desk.get(REPORT)


def test_nobody_counts_by_hand(administrator, appeal):
    desk = signed_in(administrator)
    count = make_count(appeal)
    for page in ("add/", f"{count.pk}/change/", f"{count.pk}/delete/"):
        assert desk.get(f"{REPORT}{page}").status_code == 404
    assert timezone.localdate() - count.day == timedelta()
