"""While something the site needs is away: a clear answer, and what was sent is on the page."""

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from lxml import html

from cepr_press.urls import handler500
from cepr_press.urls import urlpatterns as root

ERRORS = {
    "away": OperationalError("could not connect to server: 10.0.0.7 refused"),
    "closed": InterfaceError("connection already closed"),
    "full-database": OperationalError("database or disk is full"),
    "full-disk": OSError(errno.ENOSPC, "No space left on device"),
    "not-writable": OSError(errno.EROFS, "Read-only file system"),
    "ours": ProgrammingError("no such table"),
    "no-such-file": OSError(errno.ENOENT, "No such file or directory"),
}
NO_ROOM = ("full-database", "full-disk", "not-writable")
OURS = ("ours", "no-such-file")


def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise ERRORS[name]


urlpatterns = [path("fail/<name>/", fail), path("desk/fail/<name>/", fail), *root]
__all__ = ["handler500"]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client() -> Client:
    """One who sees what a reader sees. No database is there to be asked, as in earnest."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("name", ERRORS)
def test_readers_are_told_to_come_back(client, name):
    answer = client.get(f"/fail/{name}/")
    assert answer.status_code == (500 if name in OURS else 503)
    if name not in OURS:
        assert answer["Retry-After"] == "10"
        assert "no-store" in answer["Cache-Control"]
        shown = html.fromstring(answer.content)
        assert shown.xpath("//main//a/@href")[0] == f"/fail/{name}/"
    assert str(ERRORS[name]) not in answer.content.decode()


def test_it_is_said_in_the_language_of_the_address(client):
    said = client.get("/fail/away/").content
    assert b'lang="en"' in said
    assert b"comes back by itself" in said


@pytest.mark.parametrize("name", [name for name in ERRORS if name not in OURS])
def test_staff_learn_why_and_can_send_it_again(client, name):
    typed = {
        "headline": 'A "quoted" <headline>',
        "body": "<p>One</p>\n<p>Two</p>",
        "topics": [3, 4],
    }
    sent = {**typed, "_save": "", "picture": SimpleUploadedFile("square.png", b"x")}
    answer = client.post(f"/desk/fail/{name}/?check=1", sent)
    assert answer.status_code == 503
    shown = html.fromstring(answer.content)
    words = " ".join(shown.xpath("//main")[0].text_content().split())
    assert "Nothing was saved, and nothing is lost" in words
    assert ("no room left" in words) == (name in NO_ROOM)
    assert "square.png" in words
    (form,) = shown.forms
    assert form.action == f"/desk/fail/{name}/?check=1"
    again = [(field, text) for field, text in form.form_values() if field != "picture"]
    expected = [*list(typed.items())[:2], ("topics", "3"), ("topics", "4"), ("_save", "")]
    assert again == expected


def test_no_page_shows_a_password(client):
    answer = client.post("/desk/fail/away/", {"username": "ada", "password": "open sesame"})
    assert answer.status_code == 503
    assert b"open sesame" not in answer.content
    assert not html.fromstring(answer.content).forms
