"""JSON in a page: whatever the words, none of them is markup."""

import json

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from releases.html import data_block

HOSTILE = ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "&lt;/script&gt;",
           "a\u2028b\u2029c", '"}{"', "\\u003c", "é 中 🙂"]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_it_says_the_very_words_and_holds_no_mark(words):
    written = data_block({"headline": words})
    assert isinstance(written, SafeString)
    assert not set(written) & set("<>&\u2028\u2029")
    assert json.loads(written) == {"headline": words}


@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_page_gives_it_back_as_it_was(words):
    page = f'<body><script type="application/ld+json">{data_block({"a": words})}</script><p>x</p>'
    root = html.fromstring(page)
    assert json.loads(root.xpath("//script/text()")[0]) == {"a": words}
    assert root.xpath("//p/text()") == ["x"]
