"""How to cite a release, quote it, and lead to one of its paragraphs."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import html

from releases import sharing
from releases.formats.shape import quotations
from releases.html import in_pieces
from tests.make import make_edition, make_next_edition, make_user

BODY = (
    "<p>First words.</p><blockquote><p>“To quote.”</p></blockquote><ul><li>An item</li></ul>"
    '<p lang="es">Palabras.</p><hr><p id="fn1"><a href="#fnref1" id="fn1">1</a> A note.</p>'
)
DAY = date(2024, 2, 29)


@pytest.fixture
def edition(db):
    return make_edition(headline="A Vote & a Half", slug="vote", body=BODY, dated=DAY)


def test_each_style_stands_there_as_text_to_select(stranger, edition):
    page = stranger.get("/releases/vote/cite/").content.decode()
    office = "Center for Economic and Policy Research"
    day = edition.dated
    assert f"{office}. ({day:%Y, %B} {day.day}). A Vote &amp; a Half [Press Release]." in page
    assert (
        f"{office}. “A Vote &amp; a Half.” Press Release, {day:%B} {day.day}, {day.year}." in page
    )
    assert r"title = {{A Vote \&amp; a Half}}" in page


def test_a_quotation_comes_with_its_source(stranger, edition):
    page = stranger.get("/releases/vote/cite/").content.decode()
    source = "Center for Economic and Policy Research, “A Vote &amp; a Half”"
    assert f"“To quote.” — {source}" in page


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<blockquote><p>Set apart</p></blockquote>", ["“Set apart”"]),
        ("<blockquote><p>“Set apart”</p></blockquote>", ["“Set apart”"]),
        (
            "<p>“It runs with all the rest,” she said.</p>",
            ["“It runs with all the rest,” she said."],
        ),
        ("<p>«Va con todo lo demás», dijo.</p>", ["«Va con todo lo demás», dijo."]),
        ("<p>The report “Money From Away” is out.</p>", []),
        ("<p>A “word” here and another “word” there in the text.</p>", []),
        ("<p>No quotation at all in this paragraph.</p>", []),
    ],
)
def test_what_counts_as_a_quotation(markup, expected):
    assert list(quotations(markup)) == expected


def test_each_paragraph_has_the_address_that_the_page_has(stranger, edition):
    page = stranger.get("/releases/vote/").content.decode()
    told = stranger.get("/releases/vote/cite/").content.decode()
    ids = re.findall(r'<p id="(p\d+)"', page)
    assert ids == ["p1", "p2", "p3", "p4"]
    assert re.findall(r'href="http://testserver/releases/vote/#(p\d+)"', told) == ids
    assert '<p id="p3" lang="es">Palabras.' in page
    assert '<p id="p4"><a href="#fnref1" id="fn1">' in page


def test_the_citation_leads_to_the_present_text(stranger, edition):
    make_next_edition(edition, headline="A Vote, Corrected")
    page = stranger.get("/releases/vote/cite/").content.decode()
    assert "A Vote, Corrected" in page
    assert "a Half" not in page


def test_addresses_are_for_clean_text_only():
    (_key, plain), *others = in_pieces("<p onclick=x>a</p><p id=p9>b", numbered=True)
    assert (plain, others) == ('<p id="p1">a</p>\n<p id="p2">b</p>', [])
    (_key, opened), *_others = in_pieces("<h2>a</h2><p>b</p>", "Lima", numbered=True)
    assert opened.startswith('<p><span class="dateline">Lima</span> —</p>')
    assert '<p id="p1">b</p>' in opened


# --- Copying with one press: all of it is hidden until the script shows it ------------------------


def test_what_is_copied_is_offered_by_hidden_buttons(stranger, edition):
    page = html.fromstring(stranger.get("/releases/vote/").content)
    told = html.fromstring(stranger.get("/releases/vote/cite/").content)
    buttons = [*page.xpath("//button[@data-done]"), *told.xpath("//button[@data-done]")]
    assert len(buttons) == 2 + 3 + 1 + 4
    assert all(one.xpath("ancestor::*[@hidden]") for one in buttons)
    assert page.xpath("//@data-copy-file") == ["/releases/vote.txt"]
    named = told.xpath("//button/@data-copy-from | //button/@aria-describedby")
    assert len(named) == 2 * 3 + 2 * 1 + 4
    assert all(told.get_element_by_id(one).text_content().strip() for one in named)


def test_a_share_link_offers_nothing_to_copy(stranger, db):
    waiting = make_edition(timezone.now() + timedelta(days=1), headline="Soon", body=BODY)
    secret = sharing.make_link(waiting.release, make_user("publisher"), "Jo")
    answer = stranger.post(f"/embargo/{secret}/").content
    assert b"Soon" in answer
    assert b"data-done" not in answer
    assert b"copy.js" not in answer
