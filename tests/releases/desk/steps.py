"""What people of the press office do at the desk, as steps of a test."""

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from releases.models import Release
from tests.forms import Form, form_in, words_of

ADD = "/desk/releases/release/add/"
LIST = "/desk/releases/release/"


def signed_in(user: User) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client()
    client.force_login(user)
    return client


def address(release: Release, page: str = "change") -> str:
    """Return the address of one of a release's pages: change, publish, send_back …"""
    return reverse(f"admin:releases_release_{page}", args=[release.pk])


def opened(client: Client, release: Release | None = None) -> Form:
    """Open the form of a release, or an empty one; return it as it was shown."""
    response = client.get(address(release) if release else ADD)
    return form_in(response, "release_form")


def press(client: Client, release: Release, button: str) -> HttpResponse:
    """Press a button below the release's form that acts on the stored text."""
    response = client.get(address(release))
    form = "take-back" if button.startswith("Take back") else button.lower()
    return form_in(response, form).post(client, button)


def said(response: HttpResponse) -> list[str]:
    """Return what the desk has just said above the page."""
    return words_of(response, "//*[contains(@class, 'messagelist')]/li")


def buttons(response: HttpResponse) -> set[str]:
    """Return the words of what can be pressed in the bar below the release's form."""
    path = "//*[@class='bar-actions']//*[self::a or self::button]"
    return set(words_of(response, path))
