"""What holds for house style on all texts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from releases.html import clean_source, plain_text
from releases.typography import styled, styled_markup
from tests.examples import examples

LANGUAGES = st.sampled_from(["en", "es", "pt-br"])
PIECES = st.sampled_from(
    ['"', "'", "“", "”", "‘", "’", "«", "»", "-", "--", " - ", "...", ".", " ", "\xa0", "\n", "5",
     "5 %", "Dr. A", "J. K. ", "US$ 5", "p. 5", "2010-2015", "’90s", "word", "Ñu", ",", "(", "—",
     "https://a.org/'--", "million", "mil"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40)
MARKS = st.sampled_from(
    ["<p>", "</p>", "<em>", "</em>", '<a href="https://b.org/\'--">', "</a>", "<br>", "<li>",
     "<ul>", '<span lang="es">', "</span>", "<td>", "&nbsp;", "<blockquote>", "<!-- -->"]
)  # fmt: skip
MARKUP = st.lists(PIECES | MARKS, max_size=24).map("".join)
#: Everything that house style may change or put in; what is left of a text is never touched.
TABLE = re.compile(r"[\s\"'“”‘’.…\-–—]")


@examples(300)
@given(TEXTS, LANGUAGES)
def test_styled_twice_is_styled_once(text, language):
    once = styled(text, language)
    assert styled(once, language) == once


@examples(300)
@given(TEXTS, LANGUAGES)
def test_only_marks_of_the_table_change(text, language):
    assert TABLE.sub("", styled(text, language)) == TABLE.sub("", text)


@examples(300)
@given(MARKUP, LANGUAGES)
def test_styled_markup_twice_is_styled_once(markup, language):
    once = styled_markup(markup, language)
    assert styled_markup(once, language) == once
    assert clean_source(once) == once


@examples(300)
@given(MARKUP, LANGUAGES)
def test_tags_addresses_and_words_of_markup_stay(markup, language):
    before, after = clean_source(markup), styled_markup(markup, language)
    tags = re.compile(r"<[^>]*>")
    assert tags.findall(after) == tags.findall(before)
    assert TABLE.sub("", plain_text(after)) == TABLE.sub("", plain_text(before))
