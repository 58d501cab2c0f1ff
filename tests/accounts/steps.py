"""What people do about their accounts, as steps of a test."""

import re
from base64 import b32decode

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP

from tests.forms import form_in, page_of

PASSWORD = "pass word 12"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:143.0) Gecko/20100101 Firefox/143.0"


def browser(**extra: str) -> Client:
    """A browser that minds the forms' tokens."""
    return Client(enforce_csrf_checks=True, headers={"user-agent": FIREFOX}, **extra)


def try_password(client: Client, name: str, password: str = PASSWORD) -> HttpResponse:
    """Open the door, type name and password; return the page that follows."""
    form = form_in(client.get("/desk/login/"), "login-form")
    return form.post(client, "Log in", {"username": name, "password": password})


def give_code(client: Client, page: HttpResponse, code: str) -> HttpResponse:
    """Type a code into the page that asks for one; return the page that follows."""
    return form_in(page).post(client, "Sign in", {"code": code})


def code_of(secret: str, steps: int = 0) -> str:
    """Return the code that a phone with this key shows now, or some steps later (RFC 6238)."""
    phone = TOTP(b32decode(secret))
    phone.time = timezone.now().timestamp() + 30 * steps
    return f"{phone.token():06}"


def secret_on(page: HttpResponse) -> str:
    """Return the key that the page for setting up shows."""
    [key] = page_of(page).xpath("//code[@class='account-key']")
    return re.sub(r"\s", "", key.text_content())


def with_factor(client: Client, user: User) -> tuple[str, list[str]]:
    """Set up a second factor for whoever is signed in; return the key and the recovery codes."""
    page = client.get("/desk/account/second-factor/")
    secret = secret_on(page)
    answer = form_in(page).post(
        client, "Turn the second factor on", {"code": code_of(secret), "password": PASSWORD}
    )
    codes = page_of(answer).xpath("//ul[@class='account-codes']//code/text()")
    return secret, codes


def is_in(client: Client) -> bool:
    """Whether the desk opens for this browser."""
    return client.get("/desk/").status_code == 200
