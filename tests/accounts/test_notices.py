"""The owner of an account gets a mail when its password, second factor or address changes."""

import socket
import threading
import time

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.models import Account
from tests.accounts.steps import PASSWORD, browser, code_of, try_password, with_factor
from tests.accounts.test_invitations import link
from tests.accounts.test_passwords import WORD, ask, choose
from tests.forms import form_in

ACCOUNT = "/desk/account/"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def stored(django_capture_on_commit_callbacks):
    """Nothing is ever stored for good in a test: do at its end, or in sent(), what waits for it."""
    return django_capture_on_commit_callbacks


@pytest.fixture
def owner(writer):
    writer.email = "owner@example.org"
    writer.save()
    return writer


@pytest.fixture
def client(owner):
    signed_in = browser()
    try_password(signed_in, owner.username)
    return signed_in


def joined() -> None:
    for one in threading.enumerate():
        if one.name == "mail":
            one.join()


def change_password(client) -> None:
    form = form_in(client.get("/desk/password_change/"))
    page = form.post(
        client,
        "Change your password",
        {"old_password": PASSWORD, "new_password1": WORD, "new_password2": WORD},
    )
    assert page.request["PATH_INFO"].endswith("/done/")


def next_code(user) -> str:
    """A code that was not used yet, as from a phone."""
    account = Account.objects.get(user=user)
    account.last_step = 0
    account.save()
    return code_of(account.secret)


def sent(stored, act, *arguments):
    """Do something; return the mails that went out because of it."""
    mail.outbox.clear()
    with stored(execute=True):
        act(*arguments)
    joined()
    return list(mail.outbox)


def test_a_changed_password_is_told_with_when_from_where_and_what_to_do(client, owner, stored):
    [message] = sent(stored, change_password, client)
    assert message.to == ["owner@example.org"]
    assert message.subject == "Your account at the CEPR desk has changed"
    today = timezone.localtime()
    for words in (
        "Your password was changed.",
        f"On {today.day} {today:%B %Y}, ",
        "(America/New_York), from Firefox on Windows.",
        "http://testserver/desk/password-reset/\nhttp://testserver/desk/account/\n",
    ):
        assert words in message.body


def test_a_password_by_a_link_is_told(owner, stored):
    ask(browser(), owner.email)
    address = link(mail.outbox[0])
    [message] = sent(stored, choose, browser(), address)
    assert "Your password was changed." in message.body


def test_each_change_of_the_second_factor_is_told(client, owner, stored):
    def confirm(path: str, button: str, code: str):
        form = form_in(client.get(f"{ACCOUNT}second-factor/{path}"))
        form.post(client, button, {"password": PASSWORD, "code": code})

    [on] = sent(stored, with_factor, client, owner)
    assert "The second factor of your account was turned on." in on.body
    [made] = sent(stored, confirm, "codes/", "Make new recovery codes", next_code(owner))
    assert "New recovery codes were made" in made.body
    [off] = sent(stored, confirm, "off/", "Turn the second factor off", next_code(owner))
    assert "The second factor of your account was turned off." in off.body


def test_what_an_administrator_does_is_told_with_the_name(administrator, owner, stored):
    ours = browser()
    try_password(ours, administrator.username)
    page = f"/desk/auth/user/{owner.pk}/"

    def set_password():
        form = form_in(ours.get(f"{page}password/"), "user_form")
        form.post(ours, "Change password", {"password1": WORD, "password2": WORD})

    [message] = sent(stored, set_password)
    assert f"By {administrator.username} on " in message.body

    def move_mail():
        form = form_in(ours.get(f"{page}change/"), "user_form")
        form.post(ours, "Save", {"email": "other@example.org"})

    messages = sent(stored, move_mail)
    assert {one.to[0] for one in messages} == {"owner@example.org", "other@example.org"}
    assert all("The mail address of your account was changed." in one.body for one in messages)


def test_the_command_tells_too(owner, stored, capsys):
    [message] = sent(stored, call_command, "reset_second_factor", owner.username)
    assert "from the server’s command line." in message.body


def test_it_is_in_the_owner_s_language(client, owner, stored):
    Account.objects.update_or_create(user=owner, defaults={"language": "es"})
    [message] = sent(stored, change_password, client)
    with translation.override("es"):
        assert date_format(timezone.localtime(), "j F Y") in message.body


@pytest.mark.parametrize("backend", ["dummy", "locmem"])
def test_without_mail_or_an_address_nothing_breaks(client, owner, stored, settings, backend):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    if backend == "locmem":
        owner.email = ""
        owner.save()
    assert sent(stored, change_password, client) == []
    owner.refresh_from_db()
    assert owner.check_password(WORD)


def test_a_mail_server_that_never_answers_delays_nobody(client, owner, stored, settings, caplog):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP, "127.0.0.1"
        settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = silent.getsockname()[1], 15
        began = time.monotonic()
        with stored(execute=True):
            change_password(client)
        took = time.monotonic() - began
    joined()
    assert took < 10
    owner.refresh_from_db()
    assert owner.check_password(WORD)
    assert "Mail about an account was not sent" in caplog.text
    assert owner.email not in caplog.text
