"""A saved web page comes in as if it were pasted, and what it can't bring is told."""

from pathlib import Path

import pytest

from releases.html import clean
from releases.importers.files import read_file
from releases.importers.rich import parse_rich

PASTED = sorted((Path(__file__).parents[2] / "fixtures" / "pasted").glob("*.html"))


def test_what_a_page_embeds_is_told():
    page = b"""<!DOCTYPE html><html><head><title>Not text</title></head><body><h1>Rice Rose</h1>
    <p>Lima - Rice rose by <del>two</del><ins>three</ins> cents.</p><img src=a.png alt="A field">
    <img src="b.png"><iframe src="https://example.org/"></iframe></body></html>"""
    text = read_file(page)
    assert text.losses == (
        "A picture (A field) that is not in the file.",
        "A picture (without a description) that is not in the file.",
        "Embedded in the page: iframe.",
        "Marked changes: insertions are in the text, deletions are gone.",
    )
    found = parse_rich(text.markup, "", [])
    assert (found.headline, found.dateline) == ("Rice Rose", "Lima")
    assert found.body == "<p>Rice rose by three cents.</p>"


@pytest.mark.parametrize("document", PASTED, ids=lambda path: path.stem)
def test_a_file_and_a_paste_give_the_same_blocks(document: Path):
    """Below a headline and a first paragraph, the body is what the one door makes of the page."""
    pasted = document.read_text(encoding="utf-8")
    head = "<h1>A Headline</h1><p>Washington DC — An opening that is followed by the fixture.</p>"
    text = read_file(f"<p></p>{head}{pasted}".encode())
    body = parse_rich(text.markup, text.notes, []).body.split("\n")
    assert body[0] == "<p>An opening that is followed by the fixture.</p>"
    assert body[1:] == clean(pasted).split("\n")
