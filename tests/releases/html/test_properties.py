"""What holds for all markup."""

import re

from hypothesis import given
from hypothesis import strategies as st

from releases.html import ELEMENTS, clean, excerpt, plain_text, with_dateline
from tests.examples import examples

WORDS = st.text("abcdefghij é«»&<>\"'", min_size=1, max_size=8)
TAGS = st.sampled_from(
    [
        *ELEMENTS,
        *(
            "div",
            "b",
            "i",
            "script",
            "style",
            "svg",
            "math",
            "pre",
            "h1",
            "del",
            "table",
            "textarea",
        ),
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' href="https://a.org/?a=1&b=2"',
        " href=javascript:x",
        " href='#fn1'",
        " href=#fnref1",
        " onclick=x",
        " lang=es",
        " id=fn1",
        ' style="font-weight:bold"',
        ' style="font-weight:400"',
        ' style="mso-list:l0 level2 lfo1"',
        ' style="display:none"',
        " data-aria-level=2",
        ' class="MsoQuote"',
        " colspan=2",
        " start=3",
        " title='a<b'",
        ' href="',
        " <",
    ]
)
OPENERS = st.builds("<{}{}>".format, TAGS, ATTRIBUTES)
CLOSERS = st.builds("</{}>".format, TAGS)
ODDITIES = st.sampled_from(
    ["<!--", "-->", "&nbsp;", "&#0;", "\x00", "\ud800", "<", "[1]", "\n", " "]
)
MARKUP = st.lists(OPENERS | CLOSERS | WORDS | ODDITIES, max_size=30).map("".join) | st.text()


def unlost(tag: str, inner: str) -> str:
    """An element of the table around text or other elements, however it may be misplaced."""
    return f"<{tag}>{inner}</{tag}>"


INK = st.text("abcdefgh", min_size=1, max_size=4)
TREES = st.recursive(
    INK,
    lambda inner: st.builds(
        unlost,
        st.sampled_from([tag for tag in ELEMENTS if tag not in ("br", "hr")]),
        st.lists(inner, min_size=1, max_size=4).map("".join),
    ),
    max_leaves=20,
)


@examples(300)
@given(MARKUP)
def test_cleaning_twice_is_cleaning_once(markup: str) -> None:
    once = clean(markup)
    assert clean(once) == once


@examples(300)
@given(MARKUP)
def test_only_the_table_comes_out(markup: str) -> None:
    for tag, attributes in re.findall(r"<([a-z0-9]+)((?: [a-z]+=\"[^\"]*\")*)>", clean(markup)):
        assert set(re.findall(r" ([a-z]+)=\"", attributes)) <= set(ELEMENTS[tag].attributes)
        assert "javascript:" not in attributes


@examples(300)
@given(MARKUP)
def test_every_angle_belongs_to_a_tag_of_the_table(markup: str) -> None:
    tags = "|".join(ELEMENTS)
    known = re.sub(rf"</?({tags})( [a-z]+=\"[^\"]*\")*>", "", clean(markup))
    assert "<" not in known
    assert ">" not in known


@given(MARKUP)
def test_no_element_is_empty(markup: str) -> None:
    empty = re.findall(r"<([a-z0-9]+)(?: [^<>]*)?></\1>", clean(markup))
    assert set(empty) <= {"td", "th"}


@examples(300)
@given(TREES)
def test_text_is_never_lost(markup: str) -> None:
    ink = re.sub(r"<[^>]*>", "", markup)
    assert re.sub(r"<[^>]*>|\s", "", clean(markup)) == ink
    assert re.sub(r"[^a-h]", "", plain_text(markup)) == ink


@given(MARKUP, st.text(), st.integers(1, 50))
def test_nothing_raises(markup: str, place: str, length: int) -> None:
    assert len(excerpt(markup, length)) <= length
    assert with_dateline(markup, "").startswith(clean(markup))
    with_dateline(markup, place)
