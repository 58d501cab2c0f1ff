"""A Word file in which everything happens at once: right, whole, and what is left out is told."""

import pytest

from releases.html import plain_text
from releases.importers.files import read_file
from releases.importers.rich import parse_rich
from tests.word_everything import everything
from tests.word_files import boxed, run, with_paragraphs

FILE = everything()


def body(accepted: bool) -> str:
    answers = {one.key: accepted for one in read_file(FILE).changes}
    text = read_file(FILE, answers)
    return parse_rich(text.markup, text.notes, []).body


def test_everything_undecided_is_asked_about():
    text = read_file(FILE)
    assert [(one.kind, one.text) for one in text.changes] == [
        ("deleted", "fell"), ("inserted", "rose"), ("moved", "Moved words."), ("deleted", ""),
        ("inserted", ""),
    ]  # fmt: skip
    assert (text.markup, text.pictures, text.losses) == ("", (), ())


def test_accepted_it_is_the_text_as_it_was_changed():
    assert body(True).split("\n") == [
        '<p>Fares rose, says <a href="https://example.org/a?b=1&amp;c=2">a study</a> of the harbor'
        " that nobody had asked for before this spring."
        '<sup><a href="#fn1" id="fnref1">1</a></sup></p>',
        "<h2>Method</h2>",
        "<h3>Counting</h3>",
        "<p><strong>Bold</strong> <em>slanted</em> <strong><em>both</em></strong> CO<sub>2</sub>"
        ' m<sup>2</sup> left<sup><a href="#fn2" id="fnref2">2</a></sup></p>',
        "<ol><li>Ask<ol><li>by mail</li><li>by phone<ul><li>twice</li></ul></li></ol></li>"
        "<li>Count</li></ol>",
        "<p>A paragraph between.</p>",
        '<ol start="3"><li>Compare<ol><li>at home</li></ol></li></ol>',
        "<p>Another list:</p>",
        '<ol start="5"><li>Fifth</li><li>Sixth</li></ol>',
        "<p>Here they are. Moved words.</p>",
        "<p>One sentence, one paragraph.</p>",
        "<p>Two harbors were counted.</p>",
        "<p>Old price new price.</p>",
        "<p>See the annex.</p>",
        "<p>It follows that .</p>",
        "<p>4 March</p>",
        "<p><strong>Bold by Bo.</strong></p>",
        "<p>Yes, send it.</p>",
        '<table><tbody><tr><td rowspan="2">Port</td><td colspan="2">Fares</td></tr>'
        "<tr><td>2021</td><td>2022</td></tr><tr><td>North</td><td>12</td><td></td></tr>"
        "<tr><td>South</td><td>8</td><td>9</td></tr></tbody></table>",
        "<hr>",
        '<p><a href="#fnref1" id="fn1">1</a> Survey of May.</p>',
        '<p><a href="#fnref2" id="fn2">2</a> Kept at the port.</p>',
    ]


@pytest.mark.parametrize(
    ("accepted", "there", "gone"),
    [
        (True, ["Fares rose,", "One sentence, one paragraph.", "South", "Here they are. Moved"],
         ["fell", "Moved words. Bold"]),
        (False, ["Fares fell,", "One sentence,\n\none paragraph.", "Moved words. Bold"],
         ["rose", "South", "Here they are. Moved"]),
    ],
)  # fmt: skip
def test_each_way_of_deciding(accepted: bool, there: list[str], gone: list[str]):
    text = plain_text(body(accepted))
    assert [words for words in there if words not in text] == []
    assert [words for words in gone if words in text] == []


def test_the_pictures_come_with_their_words():
    answers = {one.key: True for one in read_file(FILE).changes}
    assert [one.alt for one in read_file(FILE, answers).pictures] == ["A ferry at the pier", ""]


def test_the_fields_are_recognised():
    answers = {one.key: True for one in read_file(FILE).changes}
    found = parse_rich(read_file(FILE, answers).markup, "", [])
    assert (found.kind, found.headline) == ("media_advisory", "Ferry Fares Doubled")
    assert (str(found.dated), found.dateline) == ("2022-03-04", "Washington DC")
    assert [(one.name, one.email) for one in found.contacts] == [
        ("Marta Quill", "marta@example.org")
    ]
    assert found.unplaced == ()


def test_one_heading_of_the_first_level_is_a_headline_and_moves_no_other():
    style = '<w:pPr><w:pStyle w:val="Heading{}"/></w:pPr>'
    data = with_paragraphs(style.format(2) + run("Method"), run("Words."))
    assert "<h2>Method</h2>" in read_file(data).markup
    both = with_paragraphs(style.format(1) + run("Method"), style.format(2) + run("Counting"))
    assert "<h3>Counting</h3>" in read_file(both).markup


def test_a_picture_in_a_text_box_is_told():
    box = boxed("Aside").replace("<w:p>", '<w:p><w:r><v:imagedata w:id="x"/></w:r>')
    told = read_file(with_paragraphs(box + run("Words."))).losses
    assert told == ("Text box: Aside", "1 text box with a picture in it.")


def test_everything_left_out_is_told():
    answers = {one.key: True for one in read_file(FILE).changes}
    assert read_file(FILE, answers).losses == (
        "Footer: 1611 Example Avenue",
        "Header: Not for release",
        "Watermark: Draft for the board",
        "Header: Letterhead of the office",
        "Comment by Ana Reyes: Is this right?",
        "Comment by Ana Reyes: Ask Bo first.",
        "Text box: Pull quote here",
        "Hidden text: Secret aside.",
        "Struck out in the file, and now ordinary text: Old price",
        "Equation: a+b=c",
        "Field that Word fills in (DATE): its last text stays.",
        "1 box to tick.",
        "Links within the file: See the annex",
        "1 object of another program.",
        "1 tracked change of formatting or of table cells: taken as it stands.",
    )
