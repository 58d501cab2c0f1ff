"""Unfinished words, open quotations: the truth tables."""

import pytest

from releases.checks.words import left_open, placeholder_in


@pytest.mark.parametrize(
    "text",
    ["TK", "(TKTK)", "XX percent", "XXX", "Lorem ipsum", "on [date]", "[Name]", "TBD", "Why???",
     "PENDING LARRY QUOTE"],
)  # fmt: skip
def test_a_placeholder_is_found(text):
    assert placeholder_in(text)


@pytest.mark.parametrize("text", ["Maxx", "TKTS", "Why?", "pending a quote", "[sic]", "What??"])
def test_a_word_is_no_placeholder(text):
    assert placeholder_in(text) == ""


@pytest.mark.parametrize("text", ["en los siglos XIX y XX", "la XX Cumbre", "século XX"])
def test_a_roman_numeral_is_no_placeholder(text):
    assert placeholder_in(text, "es") == ""


@pytest.mark.parametrize(
    ("texts", "is_open"),
    [
        (["“Said.”"], False),
        (["“Said."], True),
        (["“One.", "“Two.”"], False),
        (["“One.", "Two.”"], True),
        (['"Said."'], False),
        (['"Said.'], True),
        (['"One.', '"Two."'], False),
        (['A 12" pipe'], False),
        (["«Dijo»"], False),
        (["«Dijo"], True),
        (["«Uno", "»dos»"], False),
        (["The workers’ don't"], False),
        ([], False),
    ],
)
def test_what_counts_as_left_open(texts, is_open):
    assert bool(left_open(texts)) is is_open
