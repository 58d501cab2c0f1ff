"""At the door: who comes in, what is told to others, what is remembered."""

from typing import ClassVar

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccountAct, Session
from tests.accounts.steps import PASSWORD, browser, is_in, try_password
from tests.forms import form_in, words_of
from tests.make import make_user

pytestmark = pytest.mark.django_db


class Counting(MD5PasswordHasher):
    """A quick hash that tells how often it was asked for."""

    asked: ClassVar[list[str]] = []

    def encode(self, password, salt):
        self.asked.append(salt)
        return super().encode(password, salt)


def errors(page) -> list[str]:
    return words_of(page, "//*[contains(@class, 'errornote')]")


def test_name_and_password_open_the_desk(writer):
    client = browser()
    assert try_password(client, writer.username).request["PATH_INFO"] == "/desk/"
    assert is_in(client)


def test_one_is_led_to_what_one_asked_for_and_nowhere_else(writer):
    client = browser()
    page = client.get("/desk/releases/release/", follow=True)
    form = form_in(page, "login-form")
    asked = form.post(client, "Log in", {"username": writer.username, "password": PASSWORD})
    assert asked.request["PATH_INFO"] == "/desk/releases/release/"
    assert (
        client.get("/desk/login/?next=https://evil.example/", follow=True).request["PATH_INFO"]
        == "/desk/"
    )


def unlike(name: str) -> list[User]:
    """People who may not sign in with this password, each for another reason."""
    gone, reader, invited = (make_user("writer", f"{name}{n}") for n in range(3))
    gone.is_active = False
    gone.save()
    reader.is_staff = False
    reader.save()
    invited.set_unusable_password()
    invited.save()
    return [gone, reader, invited]


def test_known_and_unknown_names_are_answered_alike(writer, settings):
    """The same words, as many queries, and the work of one password hash."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    hashed = Counting.asked
    asked = [(writer.username, "wrong"), ("nobody", PASSWORD)]
    asked += [(one.username, "wrong") for one in unlike("odd")]
    told = set()
    for name, password in asked:
        client = browser()
        form = form_in(client.get("/desk/login/"), "login-form")
        hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            page = form.post(client, "Log in", {"username": name, "password": password})
        told.add((page.status_code, *errors(page), len(queries), len(hashed)))
    [(status, words, _queries, hashes)] = told
    assert (status, hashes) == (200, 1)
    assert "correct username and password" in words


def test_the_log_knows_whom_and_never_what_was_typed(writer):
    try_password(browser(), writer.username, "my own secret")
    try_password(browser(), "secret typed as name", "x")
    try_password(browser(), writer.username)
    assert list(AccountAct.objects.order_by("pk").values_list("kind", "by", "whom")) == [
        ("wrong_password", None, writer.pk),
        ("wrong_password", None, None),
        ("sign_in", writer.pk, writer.pk),
    ]
    assert "secret" not in str(list(AccountAct.objects.values()))
    assert "Firefox on Windows" in AccountAct.objects.latest("pk").why


def test_a_session_gets_a_new_key_at_the_door(writer):
    """Whoever plants a key in a browser has nothing of what is opened with it later."""
    client = browser()
    planted = client.session
    planted["x"] = 1
    planted.save()
    client.cookies["sessionid"] = planted.session_key
    try_password(client, writer.username)
    assert is_in(client)
    assert client.cookies["sessionid"].value != planted.session_key
    thief = browser()
    thief.cookies["sessionid"] = planted.session_key
    assert not is_in(thief)


def test_a_session_knows_whose_it_is(writer):
    client = browser()
    try_password(client, writer.username)
    row = Session.objects.get(user=writer)
    assert (row.session_key, row.browser) == (client.cookies["sessionid"].value, "Firefox|Windows")
    assert row.since == row.seen
