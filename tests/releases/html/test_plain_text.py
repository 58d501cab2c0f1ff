"""Text without markup, as a mail or a telex would carry it."""

import pytest

from releases.html import excerpt, plain_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", ""),
        ("<h2>T</h2><p>a<br>b</p><p>c</p>", "T\n\na\nb\n\nc"),
        ("<ul><li>a</li><li>b<ol><li>c</li><li>d</li></ol></li></ul>", "• a\n• b\n  1. c\n  2. d"),
        ("<ol start=9><li>a</li><li>b<p>c</p></li></ol>", "9. a\n10. b\n    c"),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "1. a\n   b"),
        (
            "<table><caption>C</caption><tr><th>a</th><th>b</th></tr>"
            "<tr><td>1</td><td><p>2</p><p>3</p></td></tr></table>",
            "C\na\tb\n1\t2 3",
        ),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "    a\n\n    b"),
        ("a<hr>b", "a\n\n* * *\n\nb"),
        (
            '<p>See <a href="https://example.org">the paper</a> &amp; more.</p>',
            "See the paper & more.",
        ),
        ('<p>x<sup><a href="#fn1">1</a></sup></p>', "x[1]"),
        ("<p>CO<sub>2</sub>, 10<sup>-6</sup>, 1<sup>st</sup></p>", "CO₂, 10⁻⁶, 1st"),
        ("<script>alert(1)</script><p>a &lt;b&gt;</p>", "a <b>"),
    ],
)
def test_plain_text(markup: str, expected: str) -> None:
    assert plain_text(markup) == expected


@pytest.mark.parametrize(
    ("markup", "length", "expected"),
    [
        ("<p>One two</p><p>three</p>", 50, "One two three"),
        ("<p>One two three</p>", 13, "One two three"),
        ("<p>One two three</p>", 12, "One two…"),
        ("<p>One, two three</p>", 7, "One…"),
        ("<p>Unbreakable</p>", 5, "Unbr…"),
        ("", 5, ""),
    ],
)
def test_excerpt(markup: str, length: int, expected: str) -> None:
    assert excerpt(markup, length) == expected


def test_an_excerpt_is_two_hundred_characters_by_itself() -> None:
    assert 190 < len(excerpt("word " * 100)) <= 200
