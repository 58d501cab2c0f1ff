"""Nothing that is a ``str`` makes the cleaner raise, or lose text."""

import pytest

from releases.html import clean, plain_text
from releases.tags import tokens

FLOODS = [
    "<", "<a", "</", "<!", "<!--", "<![CDATA[", "&#", "&", "<div>", "<b><i>", "<ul><li>", "<table>",
    "<table><tr><td>", "<a href=x>", "<p><table>", '<a href="', "<svg><style>", "</p>", "<script>",
    "<a><b><i><p>", "<blockquote>", "<ul><li>y</ul>", '<span lang="es">', "<caption>", "x<br><br>",
]  # fmt: skip


@pytest.mark.parametrize("piece", FLOODS)
def test_a_flood_leaves_the_text_after_it(piece: str) -> None:
    flooded = clean(piece * 20_000 + "\n<p>the last word</p>")
    assert "the last word" in plain_text(flooded)
    assert clean(flooded) == flooded


def test_depth_is_bounded() -> None:
    deep = clean("<ul><li>a<blockquote>" * 10_000)
    assert 0 < deep.count("<ul>") < 40
    assert deep.count("a") >= 10_000


def test_beyond_the_bound_on_elements_there_is_only_text() -> None:
    cleaned = clean("<p>x</p>" * 40_000)
    assert cleaned.count("x") == 40_000
    assert cleaned.count("<p>") < 40_000
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("piece", ["<font>", "<div><i>", "<p lang=es>", "<ul><ul>"])
def test_beyond_the_bound_on_tags_there_is_only_text(piece: str) -> None:
    flooded = clean(f"<p>first</p>{piece * 70_000}<p>x</p><h2>y</h2><del>z</del>")
    assert flooded.startswith("<p>first</p>")
    assert "x y z" in plain_text(flooded)
    assert "<h2" not in flooded
    assert clean(flooded) == flooded


def test_a_list_begins_with_a_number_that_can_be_meant() -> None:
    for number in ("0", "1", "-2", "10000", "x", "2.5"):
        assert clean(f"<ol start='{number}'><li>a</li></ol>") == "<ol><li>a</li></ol>"
    assert clean("<ul start=2><li>a</li></ul>") == "<ul><li>a</li></ul>"


def test_a_link_left_open_is_not_repeated_for_ever() -> None:
    assert clean('<a href="/x">' + "<div>y</div>" * 1000).count("/x") < 100


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a\x00b", "ab"),
        ("a\ud800b", "ab"),
        ("a&#xD800;&#0;b", "a\ufffd\ufffdb"),
        ("a\ufdd0\uffff\x0b&#1;b", "a b"),
        ("1 < 2 <3 <x", "1 &lt; 2 &lt;3 &lt;x"),
        ("a <!-- b", "a b"),
        ('<a href="x>b', "b"),
        ("<p title=it's>b", "b"),
        ("<script>b", "b"),
        ("</b></p></nothing>b", "b"),
        ("<made-up>b</made-up>", "b"),
    ],
)
def test_broken_pieces(markup: str, expected: str) -> None:
    assert clean(f"<p>{markup}</p>") == f"<p>{expected}</p>"


def test_quotes_hold_angles() -> None:
    assert list(tokens('<a title="1>0 <b>">x</A>')) == [
        ("start", "a", ' title="1>0 <b>"'),
        ("text", "x", ""),
        ("end", "a", ""),
    ]


def test_a_comment_mark_in_an_attribute_is_no_comment() -> None:
    markup = '<p><a href="/x" title="a &lt;!-- b">c</a> d --&gt; e</p>'
    assert clean(markup) == markup
