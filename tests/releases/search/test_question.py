"""What is typed into the search field is a question, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases.search.question import LONGEST, MOST_WORDS, Question, read, tidy


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("imf debt", Question(("imf", "debt"))),
        ("Elección", Question(("eleccion",))),
        ('"debt relief" imf', Question(("debt", "relief", "imf"), (("debt", "relief"),))),
        ("“debt relief”", Question(("debt", "relief"), (("debt", "relief"),))),
        ('"debt relief', Question(("debt", "relief"), (("debt", "relief"),))),
        ("imf -bolivia", Question(("imf",), (), (("bolivia",),))),
        ('imf -"gas price"', Question(("imf",), (), (("gas", "price"),))),
        ("covid-19", Question(("covid", "19"), (("covid", "19"),))),
        ("imf imf IMF", Question(("imf",))),
        ("- imf", Question(("imf",))),
        ("-bolivia", Question((), (), (("bolivia",),))),
        ('"', Question()),
        ('""', Question()),
        ("AND (", Question(("and",))),
        ("*", Question()),
        ("\x00imf\x00", Question(("imf",))),
        ("🎉", Question()),
        ("", Question()),
    ],
)
def test_reading(typed, expected):
    assert read(typed) == expected


def test_only_so_much_is_looked_at():
    assert len(tidy("word " * 3000)) <= LONGEST
    assert len(read(" ".join(f"word{n}" for n in range(40))).wanted) == MOST_WORDS


@given(st.text(alphabet=st.sampled_from('ab"-−“»( *\x00é🎉\u202e\ud800\n')))
def test_anything_can_be_read(typed):
    question = read(typed)
    assert {word for phrase in question.phrases for word in phrase} <= set(question.wanted)
    assert bool(question) == bool(question.wanted)
