"""Three-way merges never lose a change of either side, whatever the three are."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from releases.content import Content, Figure
from releases.html import clean_source
from releases.merging import (
    NAMES,
    Merged,
    blocks,
    both_texts,
    merge,
    merge_lists,
    merge_once,
    merge_sets,
    merge_texts,
)

ENTRIES = st.lists(st.sampled_from("abcdefgh"), max_size=9)
PEOPLE = st.lists(st.integers(1, 6), max_size=5, unique=True)
BLOCKS = st.builds(
    lambda tag, word: f"<{tag}>{word}</{tag}>",
    st.sampled_from(["p", "h2"]),
    st.text("abcd", min_size=1, max_size=2),
)
TEXTS = st.lists(BLOCKS, max_size=6).map(lambda parts: clean_source("".join(parts)))
WORDS = st.sampled_from(["", "One", "Two"])
CONTENTS = st.builds(
    Content,
    kind=st.sampled_from(["press_release", "statement"]),
    language=st.sampled_from(["en", "es"]),
    headline=WORDS,
    subhead=WORDS,
    slug=WORDS,
    dateline=WORDS,
    dated=st.sampled_from([None, date(2026, 1, 2), date(2026, 1, 3)]),
    summary=WORDS,
    body=TEXTS,
    topics=PEOPLE.map(sorted).map(tuple),
    contacts=PEOPLE.map(tuple),
    figures=st.lists(st.builds(Figure, st.integers(1, 4), WORDS), max_size=3).map(tuple),
)


def counted(entries) -> Counter[object]:
    return Counter(entries)


def changed_by(base, side) -> dict[object, int]:
    """How many more (or fewer) of each entry a side has than the base."""
    return {
        entry: counted(side)[entry] - counted(base)[entry] for entry in {*base, *side}
    }  # fmt: skip


def assert_nothing_lost(base, theirs, mine, merged) -> None:
    """Each entry that a side put in is in, each that it took out is out."""
    one, other, found = (changed_by(base, side) for side in (theirs, mine, merged))
    for entry in {*one, *other, *found}:
        first, second, total = one.get(entry, 0), other.get(entry, 0), found.get(entry, 0)
        if first * second <= 0:
            assert total == first + second, entry
        else:  # both did it: once, or each in a place of its own
            assert max(abs(first), abs(second)) <= abs(total) <= abs(first + second), entry
            assert total * first > 0, entry


@given(ENTRIES, ENTRIES, ENTRIES)
def test_lists_keep_what_either_side_did(base, theirs, mine):
    merged = merge_lists(base, theirs, mine)
    if merged is not None:
        assert_nothing_lost(base, theirs, mine, merged)
        assert merged == merge_lists(base, mine, theirs)


@given(ENTRIES, ENTRIES)
def test_what_one_side_alone_changed_is_as_that_side_left_it(base, side):
    assert merge_lists(base, side, base) == tuple(side) == merge_lists(base, base, side)
    assert merge_lists(base, side, side) == tuple(side)


@given(PEOPLE, PEOPLE, PEOPLE)
def test_people_stand_once(base, theirs, mine):
    merged = merge_once(base, theirs, mine)
    if merged is not None:
        assert len(set(merged)) == len(merged)
        assert_nothing_lost(base, theirs, mine, merged)


@given(PEOPLE, PEOPLE, PEOPLE)
def test_topics_never_have_to_be_asked(base, theirs, mine):
    merged = merge_sets(base, theirs, mine)
    assert merged is not None
    assert set(merged) == (set(theirs) | set(mine)) - (
        (set(base) - set(theirs)) | (set(base) - set(mine))
    )
    assert_nothing_lost(base, theirs, mine, merged)


@given(TEXTS, TEXTS, TEXTS)
def test_texts_keep_the_blocks_that_either_side_wrote(base, theirs, mine):
    merged = merge_texts(base, theirs, mine)
    if merged is not None:
        assert_nothing_lost(blocks(base), blocks(theirs), blocks(mine), blocks(merged))
        assert clean_source(merged) == merged


@given(TEXTS, TEXTS, TEXTS)
def test_both_texts_hold_all_that_either_side_wrote(base, theirs, mine):
    past, one, other = (set(blocks(text)) for text in (base, theirs, mine))
    together = set(blocks(both_texts(base, theirs, mine)))
    assert together >= (one - past) | (other - past) | (one & other)
    assert together <= one | other


@given(CONTENTS, CONTENTS, CONTENTS)
def test_each_field_is_one_sides_both_sides_or_asked(base, theirs, mine):
    merged = merge(base, theirs, mine)
    for name in NAMES:
        past, one, other = (getattr(side, name) for side in (base, theirs, mine))
        found = getattr(merged.content, name)
        whose = whose_is(merged, name)
        if one == other:
            assert (whose, found) == ("", one)
        elif one == past:
            assert (whose, found) == ("mine", other)
        elif other == past:
            assert (whose, found) == ("theirs", one)
        elif whose == "both":
            assert name in ("body", "topics", "contacts", "figures")
        else:
            # Nobody decides here for the two: the form keeps what its writer typed.
            assert (whose, found) == ("asked", other)


def whose_is(merged: Merged, name: str) -> str:
    [whose] = [
        side for side in ("theirs", "mine", "both", "asked") if name in getattr(merged, side)
    ] or [""]
    return whose


@given(CONTENTS, CONTENTS)
def test_without_a_base_all_that_differs_is_asked(theirs, mine):
    merged = merge(None, theirs, mine)
    assert merged.content == mine
    assert set(merged.asked) == {
        name for name in NAMES if getattr(theirs, name) != getattr(mine, name)
    }


@given(CONTENTS, CONTENTS)
def test_of_one_who_changed_nothing_nothing_is_asked(base, theirs):
    assert merge(base, theirs, base).content == theirs
    assert merge(base, base, theirs).content == theirs
    assert not merge(base, theirs, base).asked


def test_two_people_at_different_paragraphs_are_not_asked():
    base = Content(headline="H", body="<p>1</p><p>2</p><p>3</p>")
    theirs = replace(base, body="<p>1 theirs</p><p>2</p><p>3</p>")
    mine = replace(base, headline="Mine", body="<p>1</p><p>2 mine</p><p>3</p><p>4 mine</p>")
    merged = merge(base, theirs, mine)
    assert (merged.mine, merged.both, merged.asked) == (("headline",), ("body",), ())
    assert blocks(merged.content.body) == (
        "<p>1 theirs</p>", "<p>2 mine</p>", "<p>3</p>", "<p>4 mine</p>",
    )  # fmt: skip


def test_what_one_moved_and_the_other_took_out_is_asked():
    assert merge_lists("xy", "y", "yx") is None
    assert merge_lists("xyz", "yzx", "xzx") is None


def test_two_people_at_the_same_place_are_asked():
    base = "<p>1</p><p>2</p>"
    assert merge_texts(base, "<p>1a</p><p>2</p>", "<p>1b</p><p>2</p>") is None
    assert merge_texts(base, "<p>1</p><p>2</p><p>3a</p>", "<p>1</p><p>2</p><p>3b</p>") is None
    assert merge_texts(base, "<p>1</p><p>new</p><p>2</p>", "<p>1b</p><p>2</p>") is None
    assert merge_texts(base, "<p>2</p>", "<p>1b</p><p>2</p>") is None
