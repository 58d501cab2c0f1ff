"""A new password, by oneself or by a link in a mail; nobody learns who is known."""

import threading
import time

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Account, AccountAct
from tests.accounts.steps import PASSWORD, browser, is_in, try_password, with_factor
from tests.accounts.test_invitations import link
from tests.forms import form_in
from tests.make import make_user
from tests.releases.desk.steps import signed_in

pytestmark = pytest.mark.django_db
ASK = "/desk/password-reset/"
WORD = "a word of my own 7"


@pytest.fixture
def known(db):
    user = make_user("writer", "wanda")
    user.email = "wanda@example.org"
    user.save()
    Account.objects.create(user=user, language="es")
    return user


def ask(client, email: str):
    """Ask for a link, and wait for what is sent in the background."""
    form = form_in(client.get(ASK))
    page = form.post(client, "Ask for a link to a new password", {"email": email})
    for one in threading.enumerate():
        if one.name == "mail":
            one.join()
    return page


def choose(client, address: str, password: str = WORD):
    page = client.get(address, follow=True)
    return form_in(page).post(
        client, "Choose a new password", {"new_password1": password, "new_password2": password}
    )


def test_a_link_comes_by_mail_and_lets_one_choose_a_password(known):
    elsewhere = signed_in(known)
    client = browser()
    ask(client, "Wanda@example.org")
    [message] = mail.outbox
    assert (message.to, "wanda" in message.body) == (["wanda@example.org"], True)
    choose(client, link(message))
    assert not is_in(client)
    assert not is_in(elsewhere)
    try_password(client, "wanda", WORD)
    assert is_in(client)


def test_a_link_is_good_once(known):
    ask(browser(), known.email)
    address = link(mail.outbox[0])
    choose(browser(), address)
    again = browser().get(address, follow=True)
    assert "no longer good" in again.content.decode()
    known.refresh_from_db()
    assert known.check_password(WORD)


@pytest.mark.parametrize(("minutes", "good"), [(119, True), (121, False)])
def test_a_link_is_good_for_two_hours(known, minutes, good):
    ask(browser(), known.email)
    with time_machine.travel(time.time() + 60 * minutes):
        page = browser().get(link(mail.outbox[0]), follow=True).content.decode()
    assert ("no longer good" not in page) is good


def test_the_answer_is_the_same_whoever_is_known(known):
    gone, reader, invited = (make_user("writer", f"odd{n}") for n in range(3))
    for number, user in enumerate((gone, reader, invited)):
        user.email = f"odd{number}@example.org"
        user.is_active, user.is_staff = user != gone, user != reader
        if user == invited:
            user.set_unusable_password()
        user.save()
    told = set()
    for email in (known.email, "nobody@example.org", *(f"odd{n}@example.org" for n in range(3))):
        with CaptureQueriesContext(connection) as queries:
            page = ask(browser(), email)
        token = page.content.decode().split('name="csrfmiddlewaretoken"')[0]
        told.add((page.status_code, token, len(queries)))
    assert len(told) == 1
    assert [message.to for message in mail.outbox] == [[known.email]]


def test_mail_is_not_sent_for_ever(known):
    for _number in range(8):
        page = ask(browser(), known.email)
        assert page.request["PATH_INFO"] == "/desk/password-reset/sent/"
    assert len(mail.outbox) == 5


def test_the_second_factor_stays(known):
    with_factor(signed_in(known), known)
    client = browser()
    ask(client, known.email)
    choose(client, link(mail.outbox[0]))
    page = try_password(client, "wanda", WORD)
    assert page.request["PATH_INFO"] == "/desk/login/code/"
    assert not is_in(client)


def test_a_link_by_mail_helps_the_owner_past_strangers_who_guess(known):
    for number in range(6):
        try_password(browser(), "wanda", f"guess {number}")
    client = browser()
    assert "Too many attempts" in try_password(client, "wanda").content.decode()
    ask(client, known.email)
    choose(client, link(mail.outbox[0]))
    try_password(client, "wanda", WORD)
    assert is_in(client)


def test_changing_one_s_own_password_ends_the_other_sessions(writer):
    client, elsewhere = signed_in(writer), signed_in(writer)
    form = form_in(client.get("/desk/password_change/"))
    fields = {"new_password1": WORD, "new_password2": WORD}
    form.post(client, "Change your password", {"old_password": "wrong", **fields})
    assert is_in(elsewhere)
    form.post(client, "Change your password", {"old_password": PASSWORD, **fields})
    assert (is_in(client), is_in(elsewhere)) == (True, False)
    assert AccountAct.objects.latest("pk").kind == "password"
