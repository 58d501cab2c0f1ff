"""A whole release in house style: every text of it, and the place in its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases.content import Content, Figure
from releases.housestyle import departures, in_house_style, opening_place
from tests.examples import examples
from tests.releases.typography.test_properties import MARKUP, TEXTS

ROUGH = Content(
    headline='The "IMF" was wrong',
    subhead="It's so",
    dateline="Washington DC —",
    summary="One - two.",
    body='<p>"Three"</p>',
    figures=(Figure(1, 'A "square"', "It's one", "J. K. Silva"),),
)


def test_every_text_follows_it():
    styled = in_house_style(ROUGH)
    assert styled == Content(
        headline="The “IMF” was wrong",
        subhead="It’s so",
        dateline="Washington DC",
        summary="One — two.",
        body="<p>“Three”</p>",
        figures=(Figure(1, "A “square”", "It’s one", "J.\xa0K.\xa0Silva"),),
    )
    assert departures(ROUGH) == ["headline", "subhead", "dateline", "body", "summary", "figures"]
    assert departures(styled) == []


@pytest.mark.parametrize(
    ("body", "place", "rest"),
    [
        ("<p>WASHINGTON DC -- The text.</p>", "WASHINGTON DC", "<p>The text.</p>"),
        ("<p><strong>La Paz</strong> — <em>The</em> text.</p>", "La Paz",
         "<p><em>The</em> text.</p>"),
        ("<p><strong>La Paz — The</strong> text.</p>", "La Paz",
         "<p><strong>The</strong> text.</p>"),
        ("<p>La Paz — </p><p>The text.</p>", "La Paz", "<p>The text.</p>"),
        ("<p>It was so — and it is.</p>", "", "<p>It was so — and it is.</p>"),
        ("<h2>La Paz — The text</h2>", "", "<h2>La Paz — The text</h2>"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_place_that_opens_a_text_is_found(body, place, rest):
    assert opening_place(body) == (place, rest)


@pytest.mark.parametrize(
    ("dateline", "kept"), [("", "La Paz"), ("la paz", "la paz"), ("La Paz", "La Paz")]
)
def test_it_goes_into_its_field(dateline, kept):
    moved = in_house_style(Content(dateline=dateline, body="<p>La Paz — Text.</p>"))
    assert (moved.dateline, moved.body) == (kept, "<p>Text.</p>")


def test_another_place_in_the_field_is_not_overwritten():
    text = "<p>La Paz — Text.</p>"
    kept = in_house_style(Content(dateline="Lima", body=text))
    assert (kept.dateline, kept.body) == ("Lima", text)


@examples(200)
@given(TEXTS, MARKUP, st.sampled_from(["en", "es", "pt-br"]))
def test_a_text_in_house_style_departs_no_more(text, markup, language):
    content = Content(language=language, headline=text, body=f"<p>La Paz — Text {markup}")
    assert departures(in_house_style(content)) == []
