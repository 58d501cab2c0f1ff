"""The bounds of an import: what is at them is taken, what is beyond is told or refused in words."""

import pytest

from benchmarks.imports import CASES, measured, pictured
from releases.importers import MAX_BYTES, ImportRefused
from releases.importers.files import read_file
from releases.importers.package import MAX_DEPTH, MAX_PACKAGE
from releases.importers.word import MAX_CHANGES, MAX_PICTURES
from tests.word_files import inserted, picture, run, with_paragraphs


def test_forty_pictures_are_taken_and_the_next_is_told():
    whole = read_file(pictured(MAX_PICTURES, 8))
    assert (len(whole.pictures), whole.losses) == (MAX_PICTURES, ())
    more = read_file(pictured(MAX_PICTURES + 1, 8))
    assert len(more.pictures) == MAX_PICTURES
    assert more.losses == (
        "A picture (without a description): There are too many pictures for one release.",
    )


def test_a_thousand_changes_are_asked_about_and_one_more_is_refused():
    changed = [inserted("word ", number) for number in range(MAX_CHANGES + 1)]
    assert len(read_file(with_paragraphs("".join(changed[1:]))).changes) == MAX_CHANGES
    with pytest.raises(ImportRefused) as refused:
        read_file(with_paragraphs("".join(changed)))
    assert str(refused.value) == (
        "This file has more than 1000 tracked changes. Accept or reject them in Word, save the"
        " file and choose it again."
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"PK\x03\x04" + bytes(MAX_PACKAGE), "larger than 25 MB. Make its pictures smaller"),
        (b"<p>" + b"a" * MAX_BYTES, "larger than 2 MB. Import one release at a time"),
        (b"a" * (MAX_BYTES + 1), "larger than 2 MB. Import one release at a time"),
    ],
    ids=["docx", "html", "txt"],
)
def test_a_file_that_is_too_large_is_refused(data: bytes, why: str):
    with pytest.raises(ImportRefused, match=why):
        read_file(data)


def test_as_deep_as_word_goes_is_taken_and_deeper_is_refused():
    """Each insertion in another is a level more."""
    room = MAX_DEPTH - 6
    for levels in (room, room + 8):
        within = run("deep")
        for _ in range(levels):
            within = f"<w:smartTag>{within}</w:smartTag>"
        data = with_paragraphs(within)
        if levels == room:
            assert "deep" in read_file(data).markup
        else:
            with pytest.raises(ImportRefused, match="unpacks to far more"):
                read_file(data)


def test_a_word_file_is_read_whatever_its_name_says_and_a_picture_is_not():
    """The desk hands on the content alone; the gate for pictures does the same."""
    assert "Words." in read_file(with_paragraphs(run("Words."))).markup
    with pytest.raises(ImportRefused, match="looks like a picture"):
        read_file(picture().getvalue())


@pytest.mark.parametrize("case", [name for name in CASES if "bomb" in name or "million" in name])
def test_a_hostile_file_is_refused_with_bounded_memory(case: str):
    cost = measured(case)
    assert cost.said.startswith("This Word file")
    assert "was not opened" in cost.said
    assert cost.megabytes < 160


@pytest.mark.long
@pytest.mark.parametrize(
    "case", ["1,000 changes in a paragraph", "60,000 paragraphs", "2 MB of paragraphs (.html)"]
)
def test_the_largest_that_is_taken_has_bounded_memory(case: str):
    cost = measured(case)
    assert cost.said == "taken"
    assert cost.megabytes < 160
