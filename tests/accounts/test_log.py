"""Who did what: one list of all logs for administrators, which nobody changes."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import guards
from accounts.models import AccountAct
from cepr_press.who_did_what import plain
from releases import workflow
from tests.accounts.steps import browser, is_in, try_password, with_factor
from tests.forms import form_in, words_of
from tests.make import make_release, make_topic, make_user
from tests.releases.desk.steps import signed_in

pytestmark = pytest.mark.django_db
LOG = "/desk/who-did-what/"
LINES = "//table[@class='log-lines']/tbody/tr"


@pytest.fixture
def told(administrator, writer):
    """An act on a release, one on an account, one on another record."""
    make_release(writer, headline="Votes in Bolivia")
    try_password(browser(), writer.username)
    client = signed_in(administrator)
    topic = make_topic("Bolivia")
    form = form_in(client.get(f"/desk/releases/topic/{topic.pk}/change/"), "topic_form")
    form.post(client, "Save", {"name_en": "Bolivia, Plurinational State of"})
    return client


def signed(by, name, at):
    AccountAct.objects.create(kind="sign_in", at=at, by=by, by_name=name)


def lines(client, **asked) -> list[str]:
    return words_of(client.get(LOG, asked), LINES)


def test_all_logs_are_one(told, writer):
    shown = " / ".join(lines(told))
    for words in ("started it Votes in Bolivia", f"signed in {writer.username}", "changed Bolivia"):
        assert words in shown


@pytest.mark.parametrize(
    ("asked", "kept", "gone"),
    [
        ({"source": "account"}, "signed in", "Votes"),
        ({"source": "release"}, "Votes", "signed in"),
        ({"source": "record"}, "Plurinational", "Votes"),
        ({"act": "account:sign_in"}, "signed in", "Votes"),
        ({"act": "record:2"}, "Plurinational", "signed in"),
        ({"act": "release:create"}, "started it", "signed in"),
    ],
)
def test_it_is_narrowed_by_kind(told, asked, kept, gone):
    shown = " / ".join(lines(told, **asked))
    assert kept in shown
    assert gone not in shown


def test_it_is_narrowed_by_person_and_day(told, writer, administrator):
    of_writer = " / ".join(lines(told, person=writer.pk))
    assert "Votes" in of_writer
    assert "Plurinational" not in of_writer
    today = timezone.localdate()
    assert lines(told, first=today.isoformat(), last=today.isoformat())
    assert lines(told, last=(today - timedelta(days=1)).isoformat()) == []
    assert lines(told, first=(today + timedelta(days=1)).isoformat()) == []


def test_a_restricted_release_stands_there_for_its_people_alone(told, writer, administrator):
    release = make_release(writer, headline="Hush")
    assert "Hush" in " / ".join(lines(told))
    workflow.restrict(release.pk, writer, release.version, [writer])
    assert "Hush" not in told.get(LOG).content.decode()
    assert "Hush" not in told.get(LOG, {"format": "csv"}).content.decode()


@pytest.mark.parametrize("role", ["", "writer", "editor", "publisher"])
def test_it_is_for_administrators(role, db):
    assert signed_in(make_user(role)).get(LOG).status_code == 403


@pytest.mark.parametrize("headline", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_file_holds_no_formula(told, writer, headline):
    make_release(writer, headline=headline)
    text = told.get(LOG, {"format": "csv", "act": "release:create"}).content.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == ["When", "Who", "Act", "What", "More"]
    assert "Votes in Bolivia" in {row[3] for row in rows}
    assert f"'{headline}" in {row[3] for row in rows}


@pytest.mark.parametrize("cell", ["\t=1+1", " =1+1", "\r@A1"])
def test_space_before_a_formula_hides_none(cell):
    assert plain(cell) == f"'{cell}"
    assert plain("A = B") == "A = B"


def test_a_page_asks_as_much_for_many_lines_as_for_few(told, writer, django_assert_max_num_queries):
    for number in range(30):
        AccountAct.objects.create(
            kind="sign_in", at=timezone.now(), by=writer, by_name=f"N{number}"
        )
    with django_assert_max_num_queries(12):
        assert len(lines(told)) > 30


def test_older_lines_are_on_the_next_page(told, writer):
    for number in range(120):
        at = timezone.now() - timedelta(days=2, minutes=number)
        signed(writer, f"N{number}", at)
    first, second = lines(told), lines(told, page="2")
    assert len(first) == 100
    assert second
    assert not {*first} & {*second}


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_changes_no_line(writer, change):
    try_password(browser(), writer.username)
    rows = AccountAct.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(why="") if change == "update" else rows.delete()
    assert rows.get().kind == "sign_in"


def test_the_guards_stand_in_the_database(db):
    assert guards.missing(connection) == []


def test_a_line_outlives_the_account(administrator):
    gone = make_user("", "gone")
    try_password(browser(), "gone")
    gone.delete()
    assert "gone signed in gone" in " / ".join(lines(signed_in(administrator)))


def test_what_an_administrator_does_with_an_account_is_noted(administrator, writer):
    own = signed_in(writer)
    with_factor(own, writer)
    client = signed_in(administrator)
    page = f"/desk/auth/user/{writer.pk}"
    client.post(f"{page}/sign-out/")
    assert not is_in(own)
    client.post(f"{page}/reset-factor/")
    publishers = str(Group.objects.get(name="publisher").pk)
    form = form_in(client.get(f"{page}/change/"), "user_form")
    form.post(client, "Save", {"groups": [publishers]})
    form = form_in(client.get(f"{page}/change/"), "user_form")
    form.post(client, "Save", {"is_active": None})
    acts = AccountAct.objects.filter(by=administrator, whom=writer).order_by("pk")
    assert list(acts.values_list("kind", "why")) == [
        ("session_end", "1"),
        ("factor_reset", ""),
        ("roles", "writer → publisher"),
        ("active", "✗"),
    ]


def test_whoever_may_no_longer_sign_in_is_out_at_once(administrator, writer):
    own = signed_in(writer)
    client = signed_in(administrator)
    form = form_in(client.get(f"/desk/auth/user/{writer.pk}/change/"), "user_form")
    form.post(client, "Save", {"is_staff": None})
    assert not is_in(own)


def test_a_password_set_by_another_is_noted_and_ends_sessions(administrator, writer):
    own = signed_in(writer)
    client = signed_in(administrator)
    form = form_in(client.get(f"/desk/auth/user/{writer.pk}/password/"), "user_form")
    word = {"password1": "another word 12", "password2": "another word 12"}
    form.post(client, "Change password", word)
    assert AccountAct.objects.latest("pk").kind == "password_set"
    assert not is_in(own)


@pytest.mark.parametrize("act", ["reset-factor", "sign-out", "invite"])
def test_a_superuser_is_left_alone_by_administrators(administrator, act):
    above = make_user("", "above")
    above.is_superuser = True
    above.save()
    with_factor(signed_in(above), above)
    answer = signed_in(administrator).post(f"/desk/auth/user/{above.pk}/{act}/")
    assert answer.status_code == 403
    assert above.account.secret


def test_times_are_the_office_s(administrator, writer, settings):
    with time_machine.travel("2031-05-06 12:00Z", tick=False):
        try_password(browser(), writer.username)
        [line] = lines(signed_in(administrator))
    assert "Tue 6 May 2031, 08:00 New York" in line
