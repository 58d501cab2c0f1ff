"""What readers meet where there is nothing, where something broke, or where somebody means harm."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from lxml import etree, html

from cepr_press.urls import urlpatterns as root
from releases import workflow
from releases.content import Figure
from releases.models import Release
from tests.make import (
    make_appeal,
    make_contact,
    make_content,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_user,
)

HOSTILE = "\"><script>alert(1)</script>'{{7*7}}{% x %}&amp;<b onload=x>"


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as it happens")


urlpatterns = [path("broken/", broken), *root]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("/mistyped-x/", "en"),
        ("/es/mistyped-x/", "es"),
        ("/pt-br/releases/x/", "pt-br"),
        ("/de/", "en"),
    ],
)
def test_nothing_there_is_said_in_the_language_of_the_address(stranger, address, language):
    answer = stranger.get(address)
    shown = html.fromstring(answer.content)
    assert (answer.status_code, shown.get("lang")) == (404, language)
    prefix = "" if language == "en" else f"/{language}"
    assert f"{prefix}/releases/" in shown.xpath("//main//@href")
    assert "mistyped-x" not in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_something_broken_is_a_page_that_tells_nothing():
    answer = Client(raise_request_exception=False).get("/broken/")
    shown = answer.content.decode()
    assert answer.status_code == 500
    assert "as it happens" not in shown
    assert "Something went wrong" in shown
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/releases", "/topics", "/releases/a-slug", "/es/contacts", "/topics/a/?x=1"],
)
def test_a_missing_slash_is_forgiven_whatever_stands_there(stranger, address):
    answer = stranger.get(address)
    assert answer.status_code in (301, 404)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/releases/%00/", "/releases/a%2Fb/", "/releases/%F0%9F%92%A9/", "/releases/..%2f..%2f/",
        "/topics/%FF/", "/releases/a/editions/99999999999999999999/", "/media/x/..%2f..%2fetc",
        "/media/%00/%00", "/contacts/'%20OR%201=1/", f"/releases/{'a' * 5000}/",
    ],
)  # fmt: skip
def test_an_odd_address_does_not_exist(stranger, address):
    make_edition(slug="a")
    assert stranger.get(address).status_code in (301, 404)


@pytest.mark.django_db
def test_an_unknown_host_is_refused(stranger):
    assert stranger.get("/", headers={"host": "evil.example.net"}).status_code == 400


# --- Hostile words -------------------------------------------------------------------------------


def hostile_edition():
    """A corrected release with markup for an attack in every field."""
    topic = make_topic(HOSTILE, slug="hostile-topic", description=HOSTILE)
    contact = make_contact(
        HOSTILE, role=HOSTILE, email="a@example.org", photo=make_picture(f"{HOSTILE}.png")
    )
    figure = Figure(make_picture().pk, HOSTILE, HOSTILE, HOSTILE)
    make_appeal("hostile", heading=HOSTILE, text=HOSTILE, button=HOSTILE)
    edition = make_edition(
        headline=HOSTILE, subhead=HOSTILE, dateline=HOSTILE, summary=HOSTILE,
        body=f"<p>{HOSTILE}</p><a href='javascript:x'>y</a>", slug="hostile",
        topics=(topic.pk,), contacts=(contact.pk,), figures=(figure,),
    )  # fmt: skip
    make_edition(topics=(topic.pk,))
    return make_next_edition(edition, note=HOSTILE, subhead=f"{HOSTILE} again")


def pages(edition) -> list[str]:
    topic, contact = edition.topics.get(), edition.contacts.get()
    own = [edition.get_absolute_url(), edition.get_permanent_url()]
    own += [own[1].replace("/2/", "/1/"), edition.get_editions_url(), edition.get_changes_url()]
    found = [*own, topic.get_absolute_url()]
    return [*found, contact.get_absolute_url(), "/", "/releases/", "/topics/", "/contacts/",
            "/corrections/"]  # fmt: skip


@pytest.mark.django_db
def test_hostile_words_are_shown_as_words(stranger):
    edition = hostile_edition()
    for address in pages(edition):
        answer = stranger.get(address)
        shown = html.fromstring(answer.content)
        assert answer.status_code == 200, address
        scripts = shown.xpath("//script[not(@type='application/ld+json')]")
        assert all(one.get("src", "").startswith("/static/js/") for one in scripts), address
        assert not any(one.text for one in scripts), address
        assert not shown.xpath("//@onload | //@onclick"), address
        assert not shown.xpath("//@href[starts-with(., 'javascript')]"), address
        assert "alert(1)" in answer.content.decode(), address
    title = html.fromstring(stranger.get(edition.get_absolute_url()).content).xpath("//h1")[0]
    assert title.text_content() == HOSTILE


@pytest.mark.django_db
def test_a_withdrawn_hostile_release_is_harmless_too(stranger):
    edition = hostile_edition()
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error", HOSTILE)
    answer = stranger.get(edition.get_absolute_url())
    assert answer.status_code == 410
    assert not html.fromstring(answer.content).xpath("//script")


@pytest.mark.django_db
def test_hostile_words_leave_the_feed_whole(stranger):
    hostile_edition()
    root = etree.fromstring(stranger.get("/feed.atom").content)
    titles = root.xpath("//*[local-name()='entry']/*[local-name()='title']/text()")
    assert HOSTILE in titles


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["headline", "subhead", "summary", "dateline", "body"])
def test_a_control_character_breaks_no_feed(stranger, field):
    """A line break of Word's (U+000B) is pasted easily, and no XML may hold it."""
    words = "First\x0bsecond\x0cthird\x01"
    content = make_content(**{field: f"<p>{words}</p>" if field == "body" else words})
    make_edition(**vars(content))
    for address in ("/feed.atom", "/", "/releases/", "/sitemap.xml"):
        answer = stranger.get(address)
        assert answer.status_code == 200
        if "xml" in answer.headers["Content-Type"]:
            etree.fromstring(answer.content)


@pytest.mark.django_db
def test_a_control_character_in_a_topic_breaks_no_feed(stranger):
    make_edition(topics=(make_topic("First\x0bsecond").pk,))
    etree.fromstring(stranger.get("/feed.atom").content)
