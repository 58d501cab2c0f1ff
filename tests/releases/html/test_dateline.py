"""The place that opens the body."""

import pytest

from releases.html import clean, with_dateline

OPENING = '<span class="dateline">La Paz</span> —'


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>a</p><p>b</p>", f"<p>{OPENING} a</p>\n<p>b</p>"),
        ('<p lang="es">a</p>', f'<p lang="es">{OPENING} a</p>'),
        ("<h2>a</h2>", f"<p>{OPENING}</p>\n<h2>a</h2>"),
        ("", f"<p>{OPENING}</p>"),
    ],
)
def test_opens_the_first_paragraph(markup: str, expected: str) -> None:
    assert with_dateline(markup, " La  Paz ") == expected


def test_without_a_place_the_body_is_only_clean() -> None:
    assert with_dateline("<b>a</b>", " ") == "<p><strong>a</strong></p>"


def test_the_place_is_escaped_and_the_body_cleaned() -> None:
    opened = with_dateline("<p onclick=x>a</p>", "<script>")
    assert opened == '<p><span class="dateline">&lt;script&gt;</span> — a</p>'


def test_cleaning_takes_the_dateline_markup_off_again() -> None:
    assert clean(with_dateline("<p>a</p>", "La Paz")) == "<p>La Paz — a</p>"
