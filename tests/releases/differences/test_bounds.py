"""Beyond its budget the comparison is coarser, and still true. Steps are counted, not seconds."""

from itertools import chain, pairwise

from hypothesis import given
from hypothesis import strategies as st

from releases.alignment import Budget, stretches
from releases.differences import STEPS, compare
from tests.examples import examples


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_changed_word_is_found_among_thousands_of_paragraphs():
    """Too many for difflib alone: paragraphs that stand once in each cut them into parts."""
    texts = [f"Number {n} of very many." for n in range(4_000)]
    changed = ["The first " + texts[0], *texts[1:2_000], "So new.", *texts[2_001:-1], "The end."]
    [change] = compare({"body": paragraphs(texts)}, {"body": paragraphs(changed)})
    kinds = [block.kind for block in change.blocks]
    unchanged = ["same", "left_out", "same"]
    assert kinds == ["changed", *unchanged, "removed", "added", *unchanged, "removed", "added"]


def test_a_budget_is_spent_only_on_what_it_has_room_for():
    budget = Budget(10)
    assert budget.allows(6)
    assert not budget.allows(5)
    assert budget.allows(4)
    assert not budget.allows(1)


def test_without_a_budget_both_ends_and_what_stands_once_are_still_found():
    older, newer = list("aaXbbYcc"), list("aaZXccYdcc")
    found = [("".join(s.older), "".join(s.newer)) for s in stretches(older, newer, Budget(0))]
    assert found == [
        ("aa", "aa"), ("", "Z"), ("X", "X"), ("bb", "cc"), ("Y", "Y"), ("", "d"), ("cc", "cc"),
    ]  # fmt: skip


def test_what_can_be_neither_afforded_nor_anchored_is_replaced_whole():
    [stretch] = stretches("ab" * 50, "ba" * 50 + "b" * 7 + "a", Budget(0))
    assert not stretch.same


def test_a_megabyte_of_one_letter_words_stays_within_the_budget():
    older, newer = "a b " * 250_000, "b a " * 250_000 + "c"
    [change] = compare({"summary": older}, {"summary": newer})
    runs = chain.from_iterable(block.runs for block in change.blocks)
    assert [run.kind for run in runs] == ["removed", "added"]
    assert STEPS < 10_000_000


@examples(200)
@given(st.text("abcdef", max_size=40), st.text("abcdef", max_size=40), st.integers(0, 3_000))
def test_whatever_the_budget_the_stretches_are_both_texts(older: str, newer: str, steps: int):
    found = list(stretches(older, newer, Budget(steps)))
    assert "".join(part.older for part in found) == older
    assert "".join(part.newer for part in found) == newer
    assert all((part.older == part.newer) == part.same for part in found)
    assert all(one.same != other.same for one, other in pairwise(found))
