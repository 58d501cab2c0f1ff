"""The sheet of figures: all of them, nothing that a spreadsheet runs, nothing that is secret."""

import csv
from io import StringIO

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from donations.report.sheet import FORMULA, cell
from releases import workflow
from releases.models import Release
from tests.donations.counts import day, make_count
from tests.make import make_appeal, make_edition, make_user
from tests.releases.desk.steps import signed_in

SHEET = reverse("admin:donations_count_sheet")


def rows(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline="")))


def test_a_line_for_each_day_appeal_release_placement_and_language(editor):
    appeal, edition = make_appeal("winter"), make_edition(headline="Wages", slug="wages")
    for _ in range(2):
        make_count(appeal, edition, people=1, machines=2, views=30)
    make_count(appeal, ago=1, people=4)
    response = signed_in(editor).get(SHEET)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].endswith(f'{day(29)}-{day(0)}.csv"')
    assert rows(response) == [
        ["Day", "Campaign", "Appeal", "Release", "Address of the release", "Placement", "Language",
         "Clicks by people", "Fetches by machines", "Views"],
        [str(day(1)), "Always", "winter", "", "", "mail", "English", "4", "0", "0"],
        [str(day(0)), "Always", "winter", "Wages", "wages", "end of a release", "English",
         "2", "4", "60"],
    ]  # fmt: skip


def test_excel_is_told_that_it_is_utf_8(editor):
    response = signed_in(editor).get(SHEET)
    assert b"".join(response.streaming_content).startswith(b"\xef\xbb\xbf")


def test_it_asks_what_the_page_asked(editor):
    appeal, other = make_appeal("winter"), make_appeal("spring", is_default=False)
    make_count(appeal)
    make_count(other)
    found = rows(signed_in(editor).get(SHEET, {"appeal": other.pk}))
    assert [row[2] for row in found[1:]] == ["spring"]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "＝"])
def test_a_headline_is_no_formula(editor, begins):
    headline = f'{begins}HYPERLINK("http://evil.example")'
    make_count(make_appeal(), make_edition(headline=headline))
    [_head, row] = rows(signed_in(editor).get(SHEET))
    assert row[3] == f"'{headline}"


@given(text=st.text(max_size=6) | st.sampled_from(FORMULA).flatmap(lambda one: st.just(one + "1")))
def test_no_cell_begins_like_a_formula_and_none_is_lost(text):
    found = cell(text)
    assert not found.lstrip(" ").startswith(FORMULA)
    assert found in (text, f"'{text}")


def test_restricted_releases_are_one_nameless_line(editor, writer):
    appeal = make_appeal("winter")
    for people in (1, 2):
        edition = make_edition(headline="Secret", slug=f"secret-{people}")
        release = Release.objects.get(pk=edition.release_id)
        named = make_user("editor", f"in{people}")
        workflow.restrict(release.pk, release.changed_by, release.version, [named])
        make_count(appeal, edition, people=people)
    [_head, row] = rows(signed_in(editor).get(SHEET))
    assert row[3:5] == ["", ""]
    assert row[7] == "3"
    found = rows(signed_in(named).get(SHEET))
    assert sorted((row[3], row[7]) for row in found[1:]) == [("", "1"), ("Secret", "2")]
