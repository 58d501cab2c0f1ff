"""How each thing that a text may hold is written in Markdown, and what else is understood."""

import pytest

from releases.html import clean
from releases.markdown import from_markdown, to_markdown

NOTED = 'Said<sup><a href="#fn1" id="fnref1">1</a></sup>.'
TABLE = (
    '<table><thead><tr><th scope="col">Year</th><th scope="col">Share</th></tr></thead>'
    "<tbody><tr><td>2020</td><td>1 | 2</td></tr></tbody></table>"
)

WRITTEN = {
    "paragraphs": ("<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo."),
    "headings": ("<h2>Two</h2>\n<h3>Three</h3>\n<h4>Four</h4>", "## Two\n\n### Three\n\n#### Four"),
    "marks": ("<p>a <strong>b</strong> <em>c</em></p>", "a **b** *c*"),
    "marks in marks": ("<p><strong><em>b</em></strong></p>", "**_b_**"),
    "figures": ("<p>H<sub>2</sub>O, m<sup>2</sup></p>", "H<sub>2</sub>O, m<sup>2</sup>"),
    "line break": ("<p>a<br>b</p>", "a\\\nb"),
    "link": ('<p><a href="https://a.org/">a</a></p>', "[a](https://a.org/)"),
    "titled link": ('<p><a href="/b c" title="d">a</a></p>', '[a](</b c> "d")'),
    "bare link": ('<p><a href="https://a.org/">https://a.org/</a></p>', "<https://a.org/>"),
    "quote": ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    "lists": ("<ul><li>a<ol><li>b</li><li>c</li></ol></li></ul>", "- a\n  1. b\n  2. c"),
    "list that goes on": (
        '<ol><li>a</li></ol>\n<p>b</p>\n<ol start="2"><li>c</li><li>d</li></ol>',
        "1. a\n\nb\n\n2. c\n3. d",
    ),
    "list that goes on in a list": (
        '<ul><li>a<ol start="9"><li>b</li><li>c</li></ol></li></ul>',
        "- a\n\n  9. b\n  10. c",
    ),
    "two lists": ("<ul><li>a</li></ul>\n<ul><li>b</li></ul>", "- a\n\n* b"),
    "long item": ("<ol><li><p>a</p><p>b</p></li><li>c</li></ol>", "1. a\n\n   b\n2. c"),
    "rule": ("<p>a</p>\n<hr>\n<p>b</p>", "a\n\n---\n\nb"),
    "table": (TABLE, "| Year | Share |\n| --- | --- |\n| 2020 | 1 \\| 2 |"),
    "table without head": (
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        "|  |  |\n| --- | --- |\n| a | b |",
    ),
    "footnote": (
        f'<p>{NOTED}</p>\n<p><a href="#fnref1" id="fn1">1</a> The note.</p>',
        "Said[^1].\n\n[^1]: The note.",
    ),
    "language": ('<p lang="es">Uno</p>', '<p lang="es">Uno</p>'),
    "words in another language": (
        '<p>a <span lang="fr">mot</span></p>',
        'a <span lang="fr">mot</span>',
    ),
    "signs that mean nothing": (
        "<p>snake_case, 5 * 3, [date], a &lt; b &amp; c</p>",
        "snake_case, 5 \\* 3, [date], a < b & c",
    ),
    "signs that would mean something": (
        "<p>1. *a* &lt;b&gt; &amp;amp; [^1] [a](b)<br># c<br>- d</p>",
        "1\\. \\*a\\* \\<b> \\&amp; \\[^1] [a\\](b)\\\n\\# c\\\n\\- d",
    ),
    "half a word": ("<p>a<strong>“b”</strong>c</p>", "a<strong>“b”</strong>c"),
    "nothing": ("", ""),
}

READ = {
    "first heading": ("# One", "<h2>One</h2>"),
    "soft break": ("one\ntwo", "<p>one two</p>"),
    "line below a paragraph": ("one\n---", "<p>one</p>\n<hr>"),
    "no code": ("    one `two`", "<p>one `two`</p>"),
    "no picture": ("![one](two.png)", '<p>!<a href="two.png">one</a></p>'),
    "notes on lines of their own": (
        "[^1]: a\n[^2]: b",
        '<p><a href="#fnref1" id="fn1">1</a> a</p>\n<p><a href="#fnref2" id="fn2">2</a> b</p>',
    ),
    "a row too wide": ("| a |\n| - |\n| b | c |", "<p>| a | | - | | b | c |</p>"),
    "script": ("a <script>b()</script>[c](javascript:d)", "<p>a c</p>"),
    "markup": ("a <b onclick='x()'>b</b>", "<p>a <strong>b</strong></p>"),
    "line ends": ("a\r\n\r\nb\rc", "<p>a</p>\n<p>b c</p>"),
}


@pytest.mark.parametrize(("markup", "text"), WRITTEN.values(), ids=WRITTEN)
def test_written(markup, text):
    assert clean(markup) == markup
    assert to_markdown(markup) == text
    assert from_markdown(text) == markup


@pytest.mark.parametrize(("text", "markup"), READ.values(), ids=READ)
def test_read(text, markup):
    assert from_markdown(text) == markup


def test_a_text_nested_deeper_than_anyone_means_keeps_its_words():
    assert from_markdown(">" * 500 + " a\n\nb") == f"<p>{'&gt;' * 500} a</p>\n<p>b</p>"
