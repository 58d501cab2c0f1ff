"""Pictures on the page of a release: sizes, places, rights, and what they say."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone
from lxml import html

from cepr_press.transitions import next_change
from files.models import Picture
from releases.content import Figure
from releases.models import Edition
from tests.files.test_renditions import stored
from tests.make import make_edition, make_picture

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
LAST = date(2031, 5, 6)  # ends at 04:00 UTC of the 7th, in New York


def marker(picture: Picture) -> str:
    return f'<figure data-picture="{picture.key}"></figure>'


def page(client, edition: Edition) -> html.HtmlElement:
    return html.fromstring(client.get(edition.get_absolute_url()).content.decode())


def order(shown: html.HtmlElement) -> list[str]:
    """Words and pictures of the release's text, as they follow each other."""
    found = shown.xpath("//div[@class='release-text']//*[self::p or self::img]")
    return [one.get("alt") if one.tag == "img" else one.text_content() for one in found][:-1]


def srcset(shown: html.HtmlElement) -> list[list[str]]:
    """The addresses of each set, in order."""
    sets = shown.xpath("//picture//*/@srcset")
    return [[one.split()[0] for one in each.split(", ")] for each in sets]


@pytest.fixture
def three() -> list[Picture]:
    return [stored((1200, 600)), stored((2400, 1600)), stored((300, 200))]


@pytest.fixture
def edition(db, three) -> Edition:
    figures = tuple(Figure(one.pk, f"Picture {n}") for n, one in enumerate(three))
    body = f"<p>One.</p>{marker(three[2])}<p>Two.</p>"
    return make_edition(figures=figures, body=body, dateline="")


def test_each_picture_has_its_size_and_only_the_first_loads_at_once(stranger, edition):
    shown = page(stranger, edition)
    images = shown.xpath("//picture//img")
    sizes = [(one.get("width"), one.get("height"), one.get("loading")) for one in images]
    assert sizes == [
        ("1200", "600", None), ("300", "200", "lazy"), ("2400", "1600", "lazy"),
    ]  # fmt: skip
    assert shown.xpath("//picture//source/@type")[:2] == ["image/avif", "image/webp"]
    assert len(shown.xpath("//picture//*/@sizes")) == 9


def test_every_copy_that_a_page_names_is_there(stranger, edition):
    shown = page(stranger, edition)
    addresses = [address for each in srcset(shown) for address in each]
    assert len(addresses) == 3 * (3 + 1 + 4)
    for address in [*addresses, *shown.xpath("//picture//img/@src")]:
        answer = stranger.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["Content-Type"].startswith("image/")
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "public, max-age=300, s-maxage=1"
        again = stranger.get(address, headers={"if-none-match": answer.headers["ETag"]})
        assert again.status_code == 304
    etags = {stranger.get(address).headers["ETag"] for address in addresses}
    assert len(etags) == len(addresses)


def test_a_copy_is_public_if_and_only_if_the_picture_is(stranger):
    picture = make_picture()
    address = f"/media/{picture.key}/8/square.webp"
    edition = make_edition(NOON, figures=(Figure(picture.pk, "A"),))
    with time_machine.travel(datetime(2031, 5, 6, 11, 59, 59, tzinfo=UTC), tick=False):
        assert stranger.get(address).status_code == 404
        assert stranger.get(picture.get_absolute_url()).status_code == 404
    assert not picture.file.storage.exists("renditions")
    with time_machine.travel(NOON, tick=False):
        assert page(stranger, edition).xpath("//picture")
        assert stranger.get(address).status_code == 200
        for other in ("/9/square.webp", "/8/square.gif", "/8/circle.webp", "/0/square.webp"):
            assert stranger.get(f"/media/{picture.key}{other}").status_code == 404


def test_pictures_stand_where_the_text_says_and_the_others_around_it(stranger, edition):
    assert order(page(stranger, edition)) == [
        "Picture 0", "One.", "Picture 2", "Two.", "Picture 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One.</p>{gone}<p>Two.</p>", ["A", "One.", "Two."]),
        ("{here}<p>One.</p>", ["A", "One."]),
        ("<p>One.</p>{here}", ["One.", "A"]),
        ("<p>One.</p>{here}<p>Two.</p>{here}", ["One.", "A", "Two."]),
        ("<ul><li>One{here}</li></ul><p>Two.</p>", ["A", "Two."]),
    ],
    ids=["a place without a picture", "first", "last", "twice", "in a list"],
)
def test_a_place_is_never_an_error(stranger, body, expected, db):
    picture = make_picture()
    written = body.format(here=marker(picture), gone=marker(Picture(key="A" * 22)))
    figures = (Figure(picture.pk, "A"),)
    edition = make_edition(figures=figures, body=written, dateline="")
    assert order(page(stranger, edition)) == expected
    assert "data-picture" not in stranger.get(edition.get_absolute_url()).content.decode()


def test_the_place_opens_the_first_words_even_behind_a_picture(stranger, db):
    picture = make_picture()
    body = f"{marker(picture)}<p>One.</p>"
    edition = make_edition(figures=(Figure(picture.pk, "A"),), body=body, dateline="Lima")
    assert order(page(stranger, edition)) == ["A", "Lima — One."]
    feed = stranger.get("/feed.atom").content.decode()
    assert "Lima" in feed
    assert "data-picture" not in feed


def test_decoration_is_passed_by(stranger, db):
    figure = Figure(make_picture().pk, "A red square", decorative=True)
    assert page(stranger, make_edition(figures=(figure,))).xpath("//picture//img/@alt") == [""]


def test_the_original_is_offered_with_kind_and_size(stranger, db):
    picture = stored()
    figure = Figure(picture.pk, "A", rights="Free for reporting.")
    [use] = page(stranger, make_edition(figures=(figure,))).xpath("//*[@class='figure-use']")
    [address] = use.xpath(".//a/@href")
    assert b"".join(stranger.get(address).streaming_content) == picture.file.read()
    words = " ".join(use.text_content().split())
    size = f"{picture.size / 1024:.1f}"
    assert words == f"Download original: A (JPEG, 1200 × 600, {size} KB) Free for reporting."


def test_beyond_its_last_day_it_is_shown_and_not_offered(stranger, db):
    picture = stored()
    edition = make_edition(figures=(Figure(picture.pk, "A", use_until=LAST),))
    original = picture.get_absolute_url()
    with time_machine.travel(datetime(2031, 5, 7, 3, 59, 50, tzinfo=UTC), tick=False):
        shown = page(stranger, edition)
        assert "For use until May 6, 2031." in shown.text_content()
        assert original in shown.xpath("//@href")
        answer = stranger.get(original)
        assert answer.headers["Cache-Control"] == "public, max-age=10, s-maxage=1"
        assert next_change(timezone.now()) == datetime(2031, 5, 7, 4, 0, tzinfo=UTC)
    with time_machine.travel(datetime(2031, 5, 7, 4, 0, tzinfo=UTC), tick=False):
        shown = page(stranger, edition)
        assert "This picture may no longer be used elsewhere." in shown.text_content()
        assert original not in shown.xpath("//@href")
        assert stranger.get(original).status_code == 404
        [src] = shown.xpath("//picture//img/@src")
        assert stranger.get(src).status_code == 200
