"""oEmbed: what a site shows of a release whose address is pasted there."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from lxml import html

from releases import workflow
from releases.models import Release
from releases.newsroom.cards import card_address
from tests.cepr_press.test_page_cache import app, ask
from tests.make import make_edition, make_next_edition, make_user

__all__ = ["app"]
pytestmark = pytest.mark.django_db
HOST = "http://testserver"


def asked(client, address: str, **more: str):
    query = urlencode({"url": address, **more})
    return client.get(f"/oembed?{query}")


@pytest.mark.parametrize(("language", "home"), [("en", "/"), ("es", "/es/"), ("pt-br", "/pt-br/")])
def test_a_release_s_address_gives_its_headline_and_card(stranger, settings, language, home):
    edition = make_edition(headline="“A” & B", language=language)
    answer = asked(stranger, f"{HOST}{edition.get_absolute_url()}")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "version": "1.0",
        "type": "link",
        "title": "“A” & B",
        "author_name": settings.PRESS_OFFICE["full_name"],
        "provider_name": settings.PRESS_OFFICE["name"],
        "provider_url": f"{HOST}{home}",
        "thumbnail_url": f"{HOST}{card_address(edition)}",
        "thumbnail_width": 1200,
        "thumbnail_height": 630,
    }


def test_a_page_says_where_to_ask(stranger):
    edition = make_edition(headline="“A” & B")
    page = html.fromstring(stranger.get(edition.get_absolute_url()).content)
    [link] = page.xpath("//link[@type='application/json+oembed']/@href")
    assert stranger.get(link.removeprefix(HOST)).json()["title"] == "“A” & B"


def test_a_card_is_left_out_where_it_is_too_large(stranger):
    address = f"{HOST}{make_edition().get_absolute_url()}"
    for more in (
        {"maxwidth": "1199"},
        {"maxheight": "0"},
        {"maxwidth": "600", "maxheight": "9" * 40},
    ):
        assert "thumbnail_url" not in asked(stranger, address, **more).json()
    for more in ({"maxwidth": "1200", "maxheight": "630"}, {"maxwidth": "x"}, {"maxwidth": "٣"}):
        assert "thumbnail_url" in asked(stranger, address, **more).json()


def test_only_json_is_spoken(stranger):
    address = f"{HOST}{make_edition().get_absolute_url()}"
    assert asked(stranger, address, format="json").status_code == 200
    assert asked(stranger, address, format="xml").status_code == 501


def test_a_former_address_is_known_too(stranger):
    first = make_edition(slug="before")
    make_next_edition(first, slug="after", headline="After")
    assert asked(stranger, f"{HOST}/releases/before/").json()["title"] == "After"


def test_nothing_else_is_known(stranger):
    edition, later = make_edition(), make_edition(timezone.now() + timedelta(hours=1))
    gone = make_edition()
    release = Release.objects.get(pk=gone.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    page = edition.get_absolute_url()
    assert asked(stranger, f"{HOST}{page}").status_code == 200
    others = [
        "", "x", page, f"https://elsewhere.example{page}", f"ftp://testserver{page}", "http://[",
        f"{HOST}/", f"{HOST}/desk/", f"{HOST}{page}editions/", f"{HOST}/releases/never/",
        f"{HOST}{later.get_absolute_url()}", f"{HOST}{gone.get_absolute_url()}",
    ]  # fmt: skip
    assert {asked(stranger, one).status_code for one in others} == {404}
    assert stranger.get("/oembed").status_code == 404


def test_the_longest_address_comes_through_the_page_cache(app):
    edition = make_edition(slug="é" * 120, language="pt-br")
    query = urlencode({"url": f"http://localhost{edition.get_absolute_url()}", "utm_source": "x"})
    answer = ask(app, "/oembed", query)
    assert edition.headline in answer.text
    assert "etag" in answer.headers
