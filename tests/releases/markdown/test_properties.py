"""What holds for all texts: Markdown and back is the same text, and no word is ever lost."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from releases.html import ELEMENTS, clean
from releases.markdown import from_markdown, to_markdown
from tests.examples import examples

SIGNS = st.sampled_from(
    [
        *"\\`*_{}[]()#+-.!|<>&~^:=\"'$/@",
        "**", "](", "[^1]", "[^1]: ", "1. ", "- ", "> ", "# ", "---", "&amp;amp;", "![", "&lt;b>",
        "|-|", "5&nbsp;%", "«&nbsp;", "https://a.org", "<https:", "\u2003", "\u2028", "\x85",
    ]
)  # fmt: skip
WORDS = st.text("abc1 ", min_size=1, max_size=4)
TEXTS = st.lists(SIGNS | WORDS, min_size=1, max_size=6).map("".join)
ATTRIBUTES = st.sampled_from(
    [
        "", "", "", " lang=es", " id=fn1", " scope=col", " scope=row", " colspan=2", " start=3",
        ' href="https://a.org/?a=1&amp;b=(2)"', " href=#fn1", " href=#fnref1",
        " href=mailto:a@b.org",
        ' href="a b&lt;c|\\d" title="&quot;*a|b\\"', ' href="https://a.org"',
    ]
)  # fmt: skip


def element(tag: str, attributes: str, inner: list[str]) -> str:
    return f"<{tag}{attributes}>{''.join(inner)}</{tag}>"


MARKUP = st.recursive(
    TEXTS | st.just("<br>") | st.just("<hr>"),
    lambda inner: st.builds(
        element, st.sampled_from(list(ELEMENTS)), ATTRIBUTES, st.lists(inner, max_size=4)
    ),
    max_leaves=14,
)
TYPED = st.lists(
    WORDS
    | st.sampled_from(
        [
            *"\\`*_[]()#+-.!|>~^:=\"'\t",
            "\n", "\n", "\n\n", "\r\n", "    ", "1. ", "- ", "> ", "## ", "```", "[^1]", "\n[^2]: ",
            "](1)", "![", "\n---\n", "\n===\n", "|-|-|\n", "| ", ": ", "[1]: ", "\n\t",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def rows(cells: list[list[str]], head: bool) -> str:
    """A table of these cells, the first row its head where it has one."""
    lines = [
        "".join(
            f"<th scope=col>{cell}</th>" if head and not n else f"<td>{cell}</td>" for cell in row
        )
        for n, row in enumerate(cells)
    ]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


TABLES = st.builds(
    rows, st.lists(st.lists(TEXTS, min_size=2, max_size=2), min_size=1, max_size=3), st.booleans()
)


@examples(500)
@given(MARKUP | TABLES | st.lists(MARKUP, max_size=4).map("".join))
@example("<ul><li>a</li></ul><ul><li>b</li></ul><ul><li>c</li></ul>")
@example("<p>" + "a<br>- b" * 2)
@example("<p>a\\</p>")
def test_markdown_and_back_is_the_same_text(markup: str) -> None:
    assert from_markdown(to_markdown(markup)) == clean(markup)


@examples(500)
@given(TYPED)
@example("| a | b |\n|-|-|\n| a | b | c |")
@example("[a]: b")
@example("[^1]: b")
@example("~~~ a\nb")
@example("> " * 200 + "a")
@example("![a](1)")
def test_no_typed_word_is_lost(text: str) -> None:
    words = re.sub(r"<[^>]*>", "", from_markdown(text))
    assert re.sub(r"[^abc]", "", words) == re.sub(r"[^abc]", "", text)


@given(st.text())
def test_any_text_is_read_and_read_the_same_again(text: str) -> None:
    once = from_markdown(text)
    assert clean(once) == once
    assert from_markdown(to_markdown(once)) == once
