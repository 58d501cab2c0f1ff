"""Text pasted from other programs arrives as its writer meant it."""

import re
from pathlib import Path

import pytest

from releases.html import clean

FIXTURES = Path(__file__).parents[2] / "fixtures" / "pasted"

EXPECTED = {
    "word_windows": [
        "<h2>Rice Prices Rise in the Lowlands</h2>",
        "<p><strong>Farmers</strong> sold <em>less</em>, the survey says, and paid more."
        '<sup><a href="#fn1" id="fnref1">1</a></sup></p>',
        "<p>The figure is fourteen percent.<br>CO<sub>2</sub> was not counted.</p>",
        "<ul><li>Rice<ul><li>Long grain</li></ul></li><li>Beans</li></ul>",
        "<h2>Method</h2>",
        "<ol><li>Ask</li><li>Count</li></ol>",
        "<p>End.</p>",
        "<hr>",
        '<p><a href="#fnref1" id="fn1">1</a> Survey of May.</p>',
    ],
    "word_mac": [
        "<p>Los <strong>precios</strong> suben.</p>",
        "<ol><li>Arroz</li><li>Frijol</li></ol>",
        "<blockquote><p><em>Todo sube.</em></p></blockquote>",
        "<table><tbody><tr><td>A</td><td></td></tr></tbody></table>",
    ],
    "word_web": [
        "<h2>Harvest</h2>",
        "<p><strong>Good</strong> news.</p>",
        "<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>",
        "<p>After.</p>",
    ],
    "google_docs": [
        "<h2>Seeds</h2>",
        "<p><strong>Bold</strong> and <em>leaning</em>, x<sup>2</sup>.</p>",
        '<p><a href="https://example.org/a?b=1">report</a><br>next line</p>',
        "<ul><li>One<ul><li>Inner</li></ul></li><li>Two</li></ul>",
        "<table><tbody><tr><td>Maize</td><td>12</td></tr></tbody></table>",
        '<p>Note<sup><a href="#fn1" id="fnref1">1</a></sup></p>',
        '<p><a href="#fnref1" id="fn1">1</a>&nbsp;Source.</p>',
    ],
    "libreoffice": [
        "<h2>River Levels</h2>",
        '<p><strong>Low</strong> water<sup><a href="#fn1" id="fnref1">1</a></sup> again.</p>',
        "<ol><li>First</li><li>Second<ol><li>Inner</li></ol></li></ol>",
        '<p><a href="#fnref1" id="fn1">1</a> Gauge at the bridge.</p>',
    ],
    "pages": [
        "<h2>Water Prices</h2>",
        '<p>Bills rose <strong>again</strong> in <a href="https://example.org/lima">Lima</a>.</p>',
        "<ul><li>Homes<ul><li>With meters</li></ul></li><li>Shops</li></ul>",
        '<table><tbody><tr><td colspan="2"><strong>Bills by year</strong></td></tr>'
        "<tr><td>2024</td><td>31</td></tr></tbody></table>",
    ],
    "word_notes": [
        '<p>Two notes<sup><a href="#fn1" id="fnref1">1</a></sup> here'
        '<sup><a href="#fn2" id="fnref2">2</a></sup>.</p>',
        "<ol><li>Count<ol><li>By hand</li></ol></li><li>Compare</li></ol>",
        '<table><tbody><tr><td rowspan="2">Region</td><td colspan="2">Year</td></tr>'
        "<tr><td>2023</td><td>2024</td></tr></tbody></table>",
        "<p>Kept new words.</p>",
        "<hr>",
        '<p><a href="#fnref1" id="fn1">1</a> First source.</p>',
        '<p><a href="#fnref2" id="fn2">2</a> Second source.</p>',
    ],
    "google_docs_report": [
        "<h2>Wells</h2>",
        "<ol><li>Drill<ol><li>by hand</li></ol></li></ol>",
        "<p>Wait for CO<sub>2</sub> to go.</p>",
        '<ol start="2"><li>Test</li></ol>',
        '<table><tbody><tr><td rowspan="2">District</td><td colspan="2"><strong>Wells</strong>'
        "</td></tr><tr><td>dry</td><td></td></tr></tbody></table>",
        '<p>A smart chip: <a href="mailto:ines@example.org">Inés</a>, and a heading in<br>'
        "<em>two lines.</em></p>",
    ],
    "libreoffice_report": [
        "<h2>Mercados</h2>",
        '<p><a href="https://example.org/mercados?a=1&amp;b=2">El informe</a> midió m<sup>2</sup>'
        " y H<sub>2</sub>O.</p>",
        "<ol><li>Contar<ul><li>puestos</li></ul></li></ol>",
        "<p>Después de una pausa:</p>",
        '<ol start="2"><li>Comparar</li></ol>',
        '<table><tbody><tr><th colspan="2">Precios</th></tr><tr><td>Arroz</td><td></td></tr>'
        "</tbody></table>",
        "<p>Nuevo.</p>",
        '<p><em>Fin</em><sup><a href="#fn1" id="fnref1">i</a></sup></p>',
        '<p><a href="#fnref1" id="fn1">i</a> Archivo del puerto.</p>',
    ],
    "outlook_report": [
        "<h2>Bus lines</h2>",
        '<p>See the <a href="https://example.org/bus">plan</a> for 4&nbsp;m<sup>3</sup> tanks.</p>',
        "<ol><li>Plan<ol><li>at night</li></ol></li></ol>",
        "<p>Then:</p>",
        '<ol start="2"><li>Run</li></ol>',
        '<table><tbody><tr><td colspan="2"><strong>Riders</strong></td></tr>'
        "<tr><td>2025</td><td>900</td></tr></tbody></table>",
        "<p><strong>From:</strong> Ana Reyes<br><strong>Sent:</strong> Monday</p>",
    ],
    "gmail": [
        "<p>Hello,</p>",
        "<h3>Fish prices</h3>",
        "<ul><li>Cod</li><li>Hake<ul><li><em>frozen</em></li></ul></li></ul>",
        '<p>Read <a href="https://example.org/fish">the list</a>, x<sup>2</sup>.</p>',
        "<p>On Monday, Bo wrote:</p>",
        "<blockquote><p>First answer.</p><p>Second line.</p></blockquote>",
    ],
    "word_web_report": [
        "<h2>Ports</h2>",
        "<ol><li>Dredge</li></ol>",
        '<p>See <a href="https://example.org/ports">the map</a>, H<sub>2</sub>O.</p>',
        '<ol start="2"><li>Build</li><li>Open</li></ol>',
        '<table><tbody><tr><td colspan="2">Ships</td></tr><tr><td>2025</td><td>41</td></tr>'
        "</tbody></table>",
    ],
    "pages_report": [
        "<h3><strong>Rail</strong></h3>",
        "<p>Tracks of 9 m<sup>2</sup> each<sup>1</sup>.</p>",
        "<ol><li>Measure<ol><li>by night</li></ol></li></ol>",
        "<p><em>A pause.</em> End of it.</p>",
        '<ol start="2"><li>Lay</li></ol>',
        '<table><tbody><tr><td rowspan="2">North</td><td>7</td></tr><tr><td></td></tr></tbody>'
        "</table>",
        '<p><a href="mailto:rail@example.org">Write</a> or'
        ' <a href="https://example.org/rail">read</a>.</p>',
    ],
    "outlook": [
        "<p>Good morning,</p>",
        "<ul><li>First point</li><li>Second point</li></ul>",
        "<p>Regards</p>",
    ],
    "web_mail": [
        "<p>Dear all,</p>",
        '<p>Please <strong>note</strong> the <a href="https://example.org/page">page</a>.</p>',
        "<p>It moved.</p>",
        "<table><tbody><tr><td>Kind</td><td>Sum</td></tr><tr><td>A</td><td>5</td></tr></tbody></table>",
        "<blockquote><p>Earlier words</p></blockquote>",
    ],
}


@pytest.mark.parametrize("source", EXPECTED)
def test_source(source: str) -> None:
    pasted = (FIXTURES / f"{source}.html").read_text(encoding="utf-8")
    assert clean(pasted).split("\n") == EXPECTED[source]


def test_every_fixture_is_read() -> None:
    assert {path.stem for path in FIXTURES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("source", EXPECTED)
def test_no_look_and_no_empty_element_is_left(source: str) -> None:
    cleaned = clean((FIXTURES / f"{source}.html").read_text(encoding="utf-8"))
    assert not re.findall(r" (?:style|class|align|width|valign|dir|data-[a-z]+)=", cleaned)
    assert set(re.findall(r"<([a-z0-9]+)(?: [^<>]*)?>(?:\s|&nbsp;)*</\1>", cleaned)) <= {"td"}


@pytest.mark.parametrize("source", EXPECTED)
def test_once_is_enough(source: str) -> None:
    cleaned = clean((FIXTURES / f"{source}.html").read_text(encoding="utf-8"))
    assert clean(cleaned) == cleaned


def item(text: str, level: int, marker: str = "·", key: str = "l0") -> str:
    """A list paragraph as Word writes it."""
    return (
        f"<p class=MsoListParagraph style='mso-list:{key} level{level} lfo1'>"
        f"<span style='mso-list:Ignore'>{marker}<span>&nbsp; </span></span>{text}</p>"
    )


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (item("a", 1) + item("b", 3), "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        (item("a", 2) + item("b", 1), "<ul><li>a</li></ul>\n<ul><li>b</li></ul>"),
        (item("a", 1, "1.") + item("b", 2, "i."), "<ol><li>a<ol><li>b</li></ol></li></ol>"),
        (item("a", 1, "(iv)"), "<ol><li>a</li></ol>"),
        (
            item("a", 1, "1.") + "<p>b</p>" + item("c", 1, "2.") + item("d", 1, "3."),
            '<ol><li>a</li></ol>\n<p>b</p>\n<ol start="2"><li>c</li><li>d</li></ol>',
        ),
        (item("a", 1, "2.1."), "<ol><li>a</li></ol>"),
        (item("a", 1, "o"), "<ul><li>a</li></ul>"),
        (item("a", 1, "1.") + item("b", 1), "<ol><li>a</li></ol>\n<ul><li>b</li></ul>"),
        (item("a", 1, "1.") + item("b", 1, "1.", "l1"), "<ol><li>a</li></ol>\n<ol><li>b</li></ol>"),
        (
            item("a", 1) + "<p>b</p>" + item("c", 1),
            "<ul><li>a</li></ul>\n<p>b</p>\n<ul><li>c</li></ul>",
        ),
        (item("a", 1) + "<p class=MsoListParagraph>b</p>", "<ul><li>a<p>b</p></li></ul>"),
        (item("", 1) + item("b", 1), "<ul><li>b</li></ul>"),
        (item("<b>a</b>", 1), "<ul><li><strong>a</strong></li></ul>"),
    ],
)
def test_word_lists(pasted: str, expected: str) -> None:
    assert clean(pasted) == expected


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("<p class=MsoSubtitle>a</p>", "<h3>a</h3>"),
        ("<p class=MsoHeading7>a</p>", "<h4>a</h4>"),
        ("<p>a<span class=msoDel>b</span>c</p>", "<p>ac</p>"),
        ("<p>a<span style='mso-hide:all'>b</span></p>", "<p>a</p>"),
        ("<p class=MsoNormal lang=EN-US>a</p><p lang=es>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<p lang=es>b</p>", '<p lang="es">b</p>'),
        ('<a href="#_Toc1">a</a>', "<p>a</p>"),
        ("<p>a<a href='#_edn2' name='_ednref2'>[2]</a></p>",
         '<p>a<sup><a href="#fn2" id="fnref2">2</a></sup></p>'),
        ("<![if !x]>a<![endif]><o:p></o:p>", "<p>a</p>"),
        ("<h2><span style='font-weight:bold'>a</span></h2>", "<h2>a</h2>"),
    ],
)  # fmt: skip
def test_traits(pasted: str, expected: str) -> None:
    assert clean(pasted) == expected
