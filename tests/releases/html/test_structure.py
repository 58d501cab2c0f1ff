"""Loose markup settles into paragraphs, lists and tables that are whole."""

import pytest

from releases.html import clean


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("", ""),
        (" \n&nbsp; ", ""),
        ("bare", "<p>bare</p>"),
        ("a<p>b</p>c", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("<div>a</div> <div>b<div>c</div></div>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
        ("<p>&nbsp;</p><p><br></p><p><b> </b></p><h2></h2><ul><li></li></ul>", ""),
        ("<p><br>a<br> b<br></p>", "<p>a<br>b</p>"),
        ("a<br><br>b", "<p>a</p>\n<p>b</p>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>"),
        ("<pre>a\nb\n\nc</pre>", "<p>a<br>b</p>\n<p>c</p>"),
        ("<h1>a</h1><h6>b</h6>", "<h2>a</h2>\n<h4>b</h4>"),
        ("<h2><div>a</div><p>b</p></h2>", "<h2>a b</h2>"),
        ("<hr><hr>a", "<hr>\n<p>a</p>"),
        ("<p lang=es>a<br><br>b</p>", '<p lang="es">a</p>\n<p lang="es">b</p>'),
    ],
)
def test_paragraphs(markup: str, expected: str) -> None:
    assert clean(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<b>a</b><strong>b</strong>", "<strong>ab</strong>"),
        ("<b>a </b>b", "<strong>a</strong> b"),
        ("a<i> b </i>c", "a <em>b</em> c"),
        ("<b>a<i>b</b>c</i>", "<strong>a<em>b</em></strong><em>c</em>"),
        ("<b><b>a</b>b</b>", "<strong>ab</strong>"),
        ("a\n  b\t\tc", "a b c"),
        ("a&nbsp;&nbsp;b&nbsp;c", "a b c"),
        ("5&nbsp;km «&nbsp;a&nbsp;» b&nbsp;!", "5&nbsp;km «&nbsp;a&nbsp;» b&nbsp;!"),
        ("<a href=/x>a<a href=/y>b</a>", '<a href="/x">a</a><a href="/y">b</a>'),
        ("<s>a</s><u>b</u><font>c</font>", "abc"),
    ],
)
def test_marks_and_spaces(markup: str, expected: str) -> None:
    assert clean(markup) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ul><li><p>a</p></li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("<ul>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<li>a</li><li>b</li>", "<p>a</p>\n<p>b</p>"),
        ("<ol><li>a</li></ol>b", "<ol><li>a</li></ol>\n<p>b</p>"),
    ],
)
def test_lists(markup: str, expected: str) -> None:
    assert clean(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<table><tr><td>a<td><p>b</p></table>",
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        (
            "<table><caption><p>c</p></caption><tr><th>a</th><td></td></tr></table>",
            "<table><caption>c</caption><tbody><tr><th>a</th><td></td></tr></tbody></table>",
        ),
        ("<table><tr><td><p>only</p><p>one</p></td></tr></table>", "<p>only</p>\n<p>one</p>"),
        ("<table><caption>c</caption><tr><td></td><td></td></tr></table>", "<p>c</p>"),
        (
            "<table><tr><td>side</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>",
            "<p>side</p>\n<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        ("<tr><td>a</td><td>b</td></tr>", "<p>a</p>\n<p>b</p>"),
    ],
)
def test_tables(markup: str, expected: str) -> None:
    assert clean(markup) == expected
