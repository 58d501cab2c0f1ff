"""Every kind of answer carries the headers that keep browsers safe."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone

from cepr_press import urls
from releases.content import Attachment, Figure
from releases.models import Edition
from tests.make import make_document, make_edition, make_picture, make_user
from tests.releases.desk.steps import signed_in

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
#: What an answer must forbid, whichever policy it has.
FORBIDDEN = ("base-uri 'none'", "form-action", "frame-ancestors")
#: Address, status. {…} is filled in with what is there.
STRANGER = {
    "front page": ("/", 200),
    "release": ("/releases/{slug}/", 200),
    "in Spanish": ("/es/", 200),
    "list": ("/releases/", 200),
    "search": ("/search/?q=vote", 200),
    "feed": ("/feed.atom", 200),
    "feed as JSON": ("/feed.json", 200),
    "sitemap": ("/sitemap.xml", 200),
    "API": ("/api/releases/", 200),
    "robots": ("/robots.txt", 200),
    "security.txt": ("/.well-known/security.txt", 200),
    "plain text": ("/releases/{slug}.txt", 200),
    "PDF": ("/releases/{slug}.pdf", 200),
    "Word": ("/releases/{slug}.docx", 200),
    "picture": ("/media/{picture}/square.png", 200),
    "document": ("/media/files/{document}/report.csv", 200),
    "stylesheet": ("/static/css/newsroom.css", 200),
    "script": ("/static/js/search.js", 200),
    "SVG": ("/static/img/favicon.svg", 200),
    "not there": ("/nowhere/", 404),
    "no such share link": ("/embargo/nothing/", 404),
    "without its slash": ("/releases", 301),
    "door": ("/desk/login/", 200),
    "closed door": ("/desk/", 302),
    "asking for a password": ("/desk/password-reset/", 200),
    "old invitation": ("/desk/invitation/x/", 410),
    "session": ("/desk/session/", 200),
}
STAFF = {
    "front page": ("/desk/", 200),
    "list": ("/desk/releases/release/", 200),
    "form": ("/desk/releases/release/{release}/change/", 200),
    "picture": ("/desk/releases/release/pictures/{picture}/", 200),
    "another moment": ("/desk/at/2031-05-06T12:00:00Z/", 200),
    "log": ("/desk/who-did-what/", 200),
    "log as a file": ("/desk/who-did-what/?format=csv", 200),
    "account": ("/desk/account/", 200),
    "not there": ("/desk/nowhere/", 404),
    "no right": ("/desk/auth/group/add/", 403),
}


@pytest.fixture
def edition(db) -> Edition:
    return make_edition(
        timezone.now() - timedelta(hours=1),
        headline="A vote",
        figures=(Figure(make_picture().pk, "A square"),),
        attachments=(Attachment(make_document().pk, "The report"),),
    )


@pytest.fixture
def as_in_production(settings):
    """What production sets and this suite does not, since it speaks http."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True


def filled(address: str, edition: Edition) -> str:
    return address.format(
        slug=edition.slug,
        release=edition.release_id,
        picture=edition.figures.get().picture.key,
        document=edition.attachments.get().document.key,
    )


def lacking(answer: HttpResponse) -> list[str]:
    """The names of the headers that are missing or not what they should be."""
    wrong = [name for name, value in ALWAYS.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    sandboxed = policy.startswith(("sandbox", "default-src 'none'; sandbox"))
    wrong += [part for part in FORBIDDEN if part not in policy and not sandboxed]
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    if (
        answer.headers.get("Strict-Transport-Security")
        != "max-age=31536000; includeSubDomains; preload"
    ):
        wrong.append("Strict-Transport-Security")
    return wrong


@pytest.mark.parametrize("kind", STRANGER)
def test_what_strangers_are_answered(as_in_production, edition, kind):
    address, status = STRANGER[kind]
    answer = Client().get(filled(address, edition), secure=True)
    assert (answer.status_code, lacking(answer)) == (status, [])


@pytest.mark.parametrize("kind", STAFF)
def test_what_staff_are_answered(as_in_production, edition, administrator, kind):
    address, status = STAFF[kind]
    answer = signed_in(administrator).get(filled(address, edition), secure=True)
    assert (answer.status_code, lacking(answer)) == (status, [])


def test_refusals_carry_them_too(as_in_production, settings, writer):
    strict = Client(enforce_csrf_checks=True)
    answers = {
        "no token": (strict.post("/desk/login/", {}, secure=True), 403),
        "wrong way": (Client().post("/", secure=True), 405),
        "another host": (Client().get("/", secure=True, headers={"host": "evil.example"}), 400),
    }
    assert {name: (one.status_code, lacking(one)) for name, (one, _status) in answers.items()} == {
        name: (status, []) for name, (_one, status) in answers.items()
    }


def broken(request: HttpRequest) -> HttpResponse:
    """A page with a fault."""
    raise ZeroDivisionError


urlpatterns = [path("broken/", broken), path("desk/broken/", broken), *urls.urlpatterns]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("address", ["/broken/", "/desk/broken/"])
def test_a_fault_of_ours_carries_them_too(as_in_production, address):
    answer = Client(raise_request_exception=False).get(address, secure=True)
    assert (answer.status_code, lacking(answer)) == (500, [])


def test_http_leads_to_https(as_in_production, edition):
    answer = Client().get("/desk/login/")
    assert (answer.status_code, answer.url) == (301, "https://testserver/desk/login/")


def test_cookies_of_the_desk_are_for_https_this_host_and_no_script(settings, writer):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-s", "__Host-c"
    client = Client()
    user = User.objects.get(pk=make_user("writer", "wanda").pk)
    client.get("/desk/login/", secure=True)
    client.post(
        "/desk/login/", {"username": user.username, "password": "pass word 12"}, secure=True
    )
    found = {name: morsel for name, morsel in client.cookies.items() if morsel.value}
    assert {name.split("_")[2] for name in found} == {"Host-s", "Host-c", "Secure-known"}
    for name, morsel in found.items():
        assert (morsel["secure"], morsel["httponly"], morsel["samesite"]) == (True, True, "Lax")
        assert morsel["domain"] == ""
        assert morsel["path"] == ("/" if name.startswith("__Host") else "/desk/")
