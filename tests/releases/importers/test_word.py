"""Word files come in whole, and what a release does not take is told."""

from releases.importers.files import read_file
from releases.importers.rich import parse_rich
from tests.word_files import deleted, inserted, run, whole, with_paragraphs

TRACKED = with_paragraphs(
    run("Fares ") + deleted("fell", 1) + inserted("rose", 2) + run(" by half."), run("The end.")
)


def body(data: bytes, **accepted: bool) -> str:
    text = read_file(data, accepted)
    return parse_rich(text.markup, text.notes, []).body


def test_everything_that_a_release_takes():
    text = read_file(whole())
    found = parse_rich(text.markup, text.notes, [])
    assert (found.kind, found.headline) == ("press_release", "Ferry Fares Doubled")
    assert (str(found.dated), found.dateline) == ("2022-03-04", "Washington DC")
    assert [(one.name, one.phone) for one in found.contacts] == [("Marta Quill", "+12025550146")]
    assert found.unplaced == ()
    assert found.body.split("\n") == [
        "<p>Passengers pay <strong>twice</strong> as much for fewer crossings, a study of the"
        ' harbor finds.<sup><a href="#fn1" id="fnref1">1</a></sup></p>',
        '<p>The ferries left late<sup><a href="#fn2" id="fnref2">2</a></sup> on most days.</p>',
        "<p>Two harbors were counted.</p>",
        "<p>It follows that holds.</p>",
        "<p>4 March</p>",
        "<ul><li>Fares<ul><li>Adults</li></ul></li><li>Crossings</li></ul>",
        "<h2>Method</h2>",
        '<table><tbody><tr><td colspan="2">Fares by year</td></tr>'
        "<tr><td>2021</td><td>12</td></tr></tbody></table>",
        "<hr>",
        '<p><a href="#fnref1" id="fn1">1</a> Survey of May.</p>',
        '<p><a href="#fnref2" id="fn2">2</a> Ports authority.</p>',
    ]
    assert [one.alt for one in text.pictures] == ["A ferry at the pier"]


def test_everything_else_is_told():
    assert read_file(whole()).losses == (
        "Footer: 1611 Example Avenue",
        "Header: DRAFT 4, not for release",
        "Comment by Ana Reyes: Is this number right?",
        "Text box: Pull quote here",
        "Hidden text: Secret aside.",
        "Equation: a+b=c",
        "Field that Word fills in (DATE): its last text stays.",
    )


def test_undecided_changes_are_asked_about():
    text = read_file(TRACKED)
    told = [(one.key, one.kind, one.before, one.text, one.after) for one in text.changes]
    assert told == [
        ("d0", "deleted", "Fares ", "fell", "rose by half."),
        ("d1", "inserted", "Fares fell", "rose", " by half."),
    ]
    assert text.changes[0].author == "Ana Reyes"
    assert (text.markup, text.text) == ("", "")


def test_each_change_becomes_what_was_decided():
    assert "<p>Fares rose by half.</p>" in body(TRACKED, d0=True, d1=True)
    assert "<p>Fares fell by half.</p>" in body(TRACKED, d0=False, d1=False)
    assert "<p>Fares fellrose by half.</p>" in body(TRACKED, d0=False, d1=True)
    assert "<p>Fares by half.</p>" in body(TRACKED, d0=True, d1=False)


def test_a_tracked_end_of_a_paragraph():
    mark = '<w:pPr><w:rPr><w:del w:id="7" w:author="Ana"/></w:rPr></w:pPr>'
    data = with_paragraphs(mark + run("One long story about fares. "), run("Two."))
    assert [one.text for one in read_file(data).changes] == [""]
    assert body(data, d0=True) == "<p>One long story about fares. Two.</p>"
    assert body(data, d0=False) == "<p>One long story about fares.</p>\n<p>Two.</p>"


def test_the_words_around_a_change_are_cut_at_words():
    long = "Passengers of every harbor in the southern districts of the country wait longer "
    data = with_paragraphs(run(long) + inserted("now", 1) + run(" " + long))
    change = read_file(data).changes[0]
    assert change.before == "… in the southern districts of the country wait longer "
    assert change.after == " Passengers of every harbor in the southern districts of …"


def test_moved_text_is_one_change():
    away = f'<w:moveFrom w:id="1" w:author="Ana">{run("Moved words.")}</w:moveFrom>'
    here = away.replace("moveFrom", "moveTo")
    data = with_paragraphs(away + run("First paragraph."), run("Second. ") + here)
    assert [(one.key, one.kind) for one in read_file(data).changes] == [("dmove", "moved")]
    assert body(data, dmove=True) == "<p>First paragraph.</p>\n<p>Second. Moved words.</p>"
    assert body(data, dmove=False) == "<p>Moved words.First paragraph.</p>\n<p>Second.</p>"


def test_a_dateline_with_a_date_leaves_the_marks_of_the_first_paragraph():
    bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>twice</w:t></w:r>"
    data = with_paragraphs(run("LIMA (March 4, 2022) – They pay ") + bold, run("More."))
    assert body(data) == "<p>They pay <strong>twice</strong></p>\n<p>More.</p>"
