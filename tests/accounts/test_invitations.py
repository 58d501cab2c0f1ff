"""Invitations: by mail, good once and for a week; nobody else learns the password."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core import mail
from django.utils import timezone

from accounts.models import AccountAct
from tests.accounts.steps import browser, is_in, try_password
from tests.forms import form_in
from tests.make import make_user
from tests.releases.desk.steps import said, signed_in

pytestmark = pytest.mark.django_db
ADD = "/desk/auth/user/add/"
WORD = "a word of my own 7"


def invite(client, **changed):
    form = form_in(client.get(ADD), "user_form")
    editors = str(Group.objects.get(name="editor").pk)
    fields = {
        "first_name": "Inés",
        "last_name": "Quiroga",
        "email": "ines@example.org",
        "username": "ines",
        "groups": [editors],
        "language": "es",
    }
    return form.post(client, "Save", {**fields, **changed})


def link(message) -> str:
    """The address in a mail, as a browser would ask for it."""
    [address] = [word for word in message.body.split() if word.startswith("http")]
    return address.removeprefix("http://testserver")


def accept(client, address: str, password: str = WORD):
    page = client.get(address)
    return form_in(page).post(
        client, "Choose your password", {"new_password1": password, "new_password2": password}
    )


def test_an_invited_person_chooses_the_password_and_comes_in(administrator):
    invite(signed_in(administrator))
    ines = User.objects.get(username="ines")
    assert (ines.is_staff, ines.has_usable_password()) == (True, False)
    assert [group.name for group in ines.groups.all()] == ["editor"]
    [message] = mail.outbox
    assert message.to == ["ines@example.org"]
    client = browser()
    accept(client, link(message))
    try_password(client, "ines", WORD)
    assert is_in(client)
    acts = AccountAct.objects.order_by("pk").values_list("kind", flat=True)
    assert list(acts) == ["roles", "invite", "accept", "sign_in"]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "has made an account"), ("es", "Inés"), ("pt-br", "Inés")]
)
def test_the_mail_names_the_inviter_and_the_name_to_sign_in_with(administrator, language, words):
    administrator.first_name, administrator.last_name = "Ada", "Adler"
    administrator.save()
    invite(signed_in(administrator), language=language)
    [message] = mail.outbox
    assert words in message.body
    assert "Ada Adler" in message.body
    assert User.objects.get(username="ines").account.language == language


def test_a_link_is_good_once(administrator):
    invite(signed_in(administrator))
    address = link(mail.outbox[0])
    accept(browser(), address)
    again = browser().get(address)
    assert again.status_code == 410
    assert administrator.username in again.content.decode()
    assert User.objects.get(username="ines").check_password(WORD)


@pytest.mark.parametrize(("days", "status"), [(6.9, 200), (7.1, 410)])
def test_a_link_is_good_for_a_week_and_then_says_whom_to_ask(administrator, days, status):
    invite(signed_in(administrator))
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        page = browser().get(link(mail.outbox[0]))
    assert page.status_code == status
    assert (f"ask {administrator.username}" in page.content.decode()) is (status == 410)


def test_an_invitation_is_void_when_the_account_is_closed_or_the_address_changes(administrator):
    invite(signed_in(administrator))
    address = link(mail.outbox[0])
    assert browser().get(address).status_code == 200
    User.objects.filter(username="ines").update(email="other@example.org")
    assert browser().get(address).status_code == 410
    User.objects.filter(username="ines").update(email="ines@example.org", is_active=False)
    assert browser().get(address).status_code == 410


def test_a_changed_link_is_no_link(administrator):
    invite(signed_in(administrator))
    address = link(mail.outbox[0])
    assert browser().get(address[:-2] + "x/").status_code == 410


def test_who_has_not_come_is_invited_again_and_others_are_not(administrator, writer):
    client = signed_in(administrator)
    invite(client)
    for user in (User.objects.get(username="ines"), writer):
        page = client.get(f"/desk/auth/user/{user.pk}/change/").content.decode()
        assert ("Invite again" in page) is (user != writer)
        client.post(f"/desk/auth/user/{user.pk}/invite/")
    assert [message.to for message in mail.outbox] == [["ines@example.org"]] * 2


def test_a_weak_password_is_refused(administrator):
    invite(signed_in(administrator))
    page = accept(browser(), link(mail.outbox[0]), "inesquiroga")
    assert page.status_code == 200
    assert not User.objects.get(username="ines").has_usable_password()


@pytest.mark.parametrize("field", ["email", "groups", "username"])
def test_nobody_is_invited_without(administrator, field):
    invite(signed_in(administrator), **{field: [] if field == "groups" else ""})
    assert not User.objects.filter(first_name="Inés").exists()
    assert mail.outbox == []


def test_two_accounts_don_t_share_an_address(administrator):
    other = make_user("writer")
    other.email = "Ines@example.org"
    other.save()
    assert "Another account" in invite(signed_in(administrator)).content.decode()
    assert mail.outbox == []


def test_without_mail_nobody_is_invited_and_the_page_says_why(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "PRESS_MAIL_URL" in invite(signed_in(administrator)).content.decode()
    assert not User.objects.filter(username="ines").exists()


def test_a_mail_that_can_t_be_sent_is_told(administrator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = invite(signed_in(administrator))
    assert "could not be sent" in " ".join(said(page))
    assert User.objects.filter(username="ines").exists()
