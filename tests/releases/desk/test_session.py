"""Signing in beside a form: as data, with a token that is good for the form on the page."""

import pytest
from django.test import Client

from tests.make import make_release
from tests.releases.desk.steps import address, opened, signed_in

SESSION = "/desk/session/"


@pytest.fixture
def strict() -> Client:
    """A browser from which every form has to carry its token."""
    return Client(enforce_csrf_checks=True)


def sign_in(client: Client, user, password="pass word 12"):
    token = client.get(SESSION).json()["token"]
    sent = {"csrfmiddlewaretoken": token, "username": user.username, "password": password}
    return client.post(SESSION, sent)


def test_who_is_signed_in_is_told(writer, stranger):
    assert signed_in(writer).get(SESSION).json()["user"] == str(writer.pk)
    assert stranger.get(SESSION).json()["user"] == ""


def test_the_form_goes_on_with_the_new_token(strict, writer):
    release = make_release(writer)
    strict.force_login(writer)
    form = opened(strict, release)
    strict.logout()
    answer = sign_in(strict, writer).json()
    assert (answer["user"], answer["name"]) == (str(writer.pk), writer.username)
    form.values["csrfmiddlewaretoken"] = answer["token"]
    form.post(strict, "Save", {"headline": "Typed all the time"})
    release.refresh_from_db()
    assert release.headline == "Typed all the time"


def test_a_wrong_password_is_told_and_signs_nobody_in(strict, writer):
    answer = sign_in(strict, writer, "something else")
    assert answer.status_code == 400
    assert "correct username and password" in answer.json()["error"]
    assert strict.get(SESSION).json()["user"] == ""


def test_without_a_token_nobody_is_signed_in(strict, writer):
    sent = {"username": writer.username, "password": "pass word 12"}
    assert strict.post(SESSION, sent).status_code == 403


def test_another_person_is_another_person(strict, writer, editor):
    strict.force_login(writer)
    assert sign_in(strict, editor).json()["user"] == str(editor.pk)


def test_somebody_who_is_no_staff_is_not_let_in(strict, writer):
    writer.is_staff = False
    writer.save()
    assert sign_in(strict, writer).status_code == 400


def test_no_answer_is_kept(stranger):
    assert "no-store" in stranger.get(SESSION).headers["Cache-Control"]


def test_a_release_is_not_asked_for_by_a_stranger(stranger, writer):
    release = make_release(writer)
    for page in ("autosave", "here"):
        assert stranger.post(address(release, page)).status_code == 401
