"""Where somebody is signed in: listed in words, ended one by one or all at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command

from accounts.browsers import in_words
from accounts.models import AccountAct, Session
from tests.accounts.steps import browser, is_in, try_password
from tests.forms import page_of, words_of
from tests.releases.desk.steps import signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
HERE = "/desk/account/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/605.1"


@pytest.fixture
def two(writer):
    """A browser at the desk and a phone, of one person."""
    own, phone = browser(), browser()
    phone.defaults["HTTP_USER_AGENT"] = PHONE
    for client in (own, phone):
        try_password(client, writer.username)
    return own, phone


def press(client, words: str):
    """Press the button with these words on the account's page."""
    page = page_of(client.get(HERE))
    [form] = [one for one in page.xpath("//form") if words in " ".join(one.text_content().split())]
    token = form.xpath(".//input[@name='csrfmiddlewaretoken']/@value")[0]
    return client.post(form.get("action"), {"csrfmiddlewaretoken": token}, follow=True)


def places(client) -> list[str]:
    return words_of(client.get(HERE), "//*[@class='account-browser']")


def test_each_is_told_in_words_and_this_one_is_marked(two):
    own, phone = two
    assert sorted(places(own)) == ["Firefox on Windows this one", "Safari on iPhone"]
    assert sorted(places(phone)) == ["Firefox on Windows", "Safari on iPhone this one"]


def test_no_key_of_a_session_stands_on_the_page(two):
    own, _phone = two
    page = own.get(HERE).content.decode()
    assert not [row.session_key for row in Session.objects.all() if row.session_key in page]


def test_one_is_ended(two):
    own, phone = two
    press(own, "End: Safari on iPhone")
    assert (is_in(own), is_in(phone)) == (True, False)
    assert AccountAct.objects.latest("pk").kind == "session_end"


def test_all_others_are_ended(two, writer):
    own, phone = two
    third = signed_in(writer)
    press(own, "End all others")
    assert [is_in(one) for one in (own, phone, third)] == [True, False, False]


def test_nobody_ends_the_session_of_another(two, editor):
    own, _phone = two
    other = signed_in(editor)
    for row in Session.objects.exclude(user=editor):
        assert other.post(f"{HERE}sessions/{row.reference}/end/").status_code == 404
    assert is_in(own)


def test_a_session_that_was_ended_does_not_come_back(two):
    """Not even by a request that was under way."""
    own, phone = two
    session = phone.session
    press(own, "End all others")
    session["x"] = 1
    phone.cookies["sessionid"] = session.session_key
    assert not is_in(phone)
    assert Session.objects.filter(session_key=session.session_key).count() == 0


def test_last_seen_is_told_coarsely(writer):
    client = browser()
    with time_machine.travel(NOON, tick=False) as clock:
        try_password(client, writer.username)
        for minutes, seen in ((9, 0), (1, 10), (9, 10), (5, 24)):
            clock.shift(timedelta(minutes=minutes))
            client.get("/desk/")
            row = Session.objects.get(user=writer)
            assert (row.since, row.seen) == (NOON, NOON + timedelta(minutes=seen))


def test_sessions_that_ran_out_are_neither_listed_nor_kept(two, writer):
    own, _phone = two
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        fresh = signed_in(writer)
        assert len(places(fresh)) == 1
        call_command("clearsessions")
        assert Session.objects.filter(user=writer).count() == 1
    assert not is_in(own)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("Firefox|Windows", "Firefox on Windows"),
        ("|Linux", "Linux"),
        ("curl|", "curl"),
        ("|", "an unknown browser"),
        ("", "an unknown browser"),
    ],
)
def test_browsers_in_words(known, words):
    assert in_words(known) == words
