"""The picture of a release where it is shared: what it shows, whose it is, from when on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone, translation
from lxml import html
from PIL import Image, ImageFont

from releases import sharing, workflow
from releases.models import Edition, Release
from releases.newsroom import cards
from releases.newsroom.cards import Card, card_address, card_of, drawn, home_card
from tests.cepr_press.test_page_cache import app, ask
from tests.make import make_edition, make_next_edition, make_user

__all__ = ["app"]
HOST = "http://testserver"
NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
CARD = Card("Headline", "Press Release", "March 2, 2026", "The Office")
ARABIC = "تقرير جديد: رسوم صندوق النقد الدولي الإضافية تكلف مصر مليار دولار سنويًا"
LONG = ("São Paulo’s “ação” and Nîmes: an open letter on surcharges and what they cost " * 4)[:250]
HARD = {
    "short": "Vote",
    "long": LONG.strip(),
    "one word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamte" * 3,
    "arabic": ARABIC,
    "mixed": "Report “تقرير” on Egypt – now out",
    "emoji": "Now out 🌍👩🏽\u200d💻",
    "nothing that can be drawn": "漢字",
}


def picture(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("L")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Where something darker than the paper stands within a box."""
    return image.crop(box).point(lambda grey: 255 if grey < 160 else 0).getbbox()


def meta(client, address: str, name: str) -> str:
    page = html.fromstring(client.get(address).content)
    [content] = page.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return content


@pytest.mark.parametrize("headline", HARD.values(), ids=HARD)
def test_a_headline_keeps_within_its_place(headline):
    image = picture(drawn(replace(CARD, headline=headline)))
    edge = cards.MARGIN - 8
    for margin in (
        (0, 20, edge, 630),
        (1200 - edge, 20, 1200, 630),
        (0, cards.BOTTOM + 8, 1200, 515),
    ):
        assert inked(image, margin) is None
    written = inked(image, (0, cards.TOP - 20, 1200, cards.BOTTOM + 8))
    assert (written is None) == (headline == "漢字")


def test_a_headline_from_right_to_left_begins_at_the_right():
    box = (0, cards.TOP, 1200, cards.BOTTOM)
    for headline, at_right in ((ARABIC, True), ("Report “تقرير”", False)):
        left, _top, right, _bottom = inked(picture(drawn(replace(CARD, headline=headline))), box)
        assert (right > 1200 - cards.MARGIN - 20) == at_right
        assert (left < cards.MARGIN + 20) == (not at_right)


@pytest.mark.parametrize("text", [HARD["long"], HARD["one word"], ARABIC, "a b c"])
def test_no_word_is_lost_between_lines(text):
    font = ImageFont.truetype(cards.FONTS / cards.SANS, 40)
    lines = cards.wrapped(text, font, 700)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(font.getlength(line) <= 700 for line in lines)
    even = cards.balanced("one two three four five six seven eight nine ten", font, 700)
    assert max(map(font.getlength, even)) - min(map(font.getlength, even)) < 250


def test_what_no_font_has_is_left_out_and_leaves_no_gap():
    font = ImageFont.truetype(cards.FONTS / cards.SANS, 40)
    assert cards.readable("One 漢字 two 🌍", font) == "One two"
    assert cards.readable("Ação “é” تقرير", font) == "Ação “é” تقرير"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "day"), [("en", "March 2, 2026"), ("es", "2 de marzo de 2026")]
)
def test_a_card_speaks_its_release_s_language(stranger, settings, language, day):
    edition = make_edition(datetime(2026, 3, 2, 17, tzinfo=UTC), language=language, headline="Ação")
    shown = card_of(edition)
    assert (shown.headline, shown.day) == ("Ação", day)
    assert shown.office == settings.PRESS_OFFICE["full_name"]
    answer = stranger.get(card_address(edition))
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content == drawn(shown)


@pytest.mark.django_db
def test_a_release_names_its_card_for_those_who_share_it(stranger):
    edition = make_edition(headline="“A” & B", kind="statement")
    page, card = edition.get_absolute_url(), f"{HOST}{card_address(edition)}"
    assert meta(stranger, page, "og:image") == card
    assert meta(stranger, page, "og:image:alt") == "Statement: “A” & B"
    assert meta(stranger, page, "twitter:card") == "summary_large_image"
    assert (meta(stranger, page, "og:image:width"), meta(stranger, page, "og:image:height")) == (
        "1200",
        "630",
    )


@pytest.mark.django_db
@pytest.mark.parametrize("home", ["/", "/es/"])
def test_the_newsroom_has_a_card_of_its_own(stranger, settings, home):
    card = meta(stranger, home, "og:image")
    assert card.startswith(f"{HOST}{home}card-")
    with translation.override("es" if "es" in home else "en"):
        assert meta(stranger, home, "og:image:alt") == str(settings.PRESS_OFFICE["tagline"])
    answer = stranger.get(card.removeprefix(HOST))
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    settings.PRESS_OFFICE = {**settings.PRESS_OFFICE, "tagline": "Another line"}
    assert home_card().headline == "Another line"
    moved = stranger.get(card.removeprefix(HOST))
    assert moved.status_code == 302
    assert stranger.get(moved.url).content != answer.content


@pytest.mark.django_db
def test_a_correction_has_another_card_and_the_former_leads_to_it(stranger):
    first = make_edition(headline="Ten")
    second = make_next_edition(first, headline="Eleven")
    former, present = card_address(first), card_address(second)
    assert former != present
    answer = stranger.get(former)
    assert (answer.status_code, answer.url) == (302, present)
    for address in (first.get_permanent_url(), second.get_absolute_url()):
        assert meta(stranger, address, "og:image") == f"{HOST}{present}"


@pytest.mark.django_db
def test_what_the_card_does_not_show_leaves_its_address(stranger):
    first = make_edition()
    second = make_next_edition(first, body="<p>Another text.</p>")
    assert card_address(first) == card_address(second)


@pytest.mark.django_db
@pytest.mark.parametrize(("second", "status"), [(-1, 404), (0, 200), (1, 200)])
def test_a_card_is_there_from_the_second_of_its_edition(app, time_machine, second, status):
    time_machine.move_to(NOON - timedelta(hours=1), tick=False)
    address = card_address(make_edition(NOON))
    assert ask(app, address).status == 404
    time_machine.move_to(NOON + timedelta(seconds=second), tick=False)
    assert ask(app, address).status == status


@pytest.mark.django_db
def test_a_card_goes_with_its_release(stranger):
    edition = make_edition()
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    assert stranger.get(card_address(edition)).status_code == 410


@pytest.mark.django_db
def test_a_share_link_shows_no_card(client):
    waiting = make_edition(timezone.now() + timedelta(days=1), headline="Soon")
    secret = sharing.make_link(waiting.release, make_user("publisher"), "Jo")
    opened = client.post(f"/embargo/{secret}/").content.decode()
    assert "Soon" in opened
    assert "og:image" not in opened
    assert "oembed" not in opened


@pytest.mark.django_db
def test_a_card_follows_a_release_that_moves(stranger):
    first = make_edition(slug="before")
    second = make_next_edition(first, slug="after")
    answer = stranger.get(card_address(first))
    assert (answer.status_code, answer.url) == (301, card_address(second))
    assert Edition.objects.count() == 2
