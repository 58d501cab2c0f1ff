"""Whatever a text holds, each format makes a file of it that its reader can open."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from io import BytesIO

import pytest
import typst
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from releases.formats import FORMATS, pdf
from releases.formats.shape import Facts, Note, Office, Person, Subject
from releases.html import clean_source
from tests.examples import examples
from tests.releases.formats.read import READERS

BEGUN = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
OFFICE = Office(
    "CEPR", "Center", "About us.", "+12025550100", "(202) 555-0100", "a@example.org", "DC",
    "https://example.org/",
)  # fmt: skip
FACTS = Facts(
    urn="urn:uuid:00000000-0000-4000-8000-000000000000", number=1, language="en",
    kind="press_release", kicker="Press Release", headline="Head", subhead="", summary="",
    dateline="Lima", dated=date(2031, 5, 6), body="<p>Text</p>",
    page="https://example.org/releases/x/", permanent="https://example.org/releases/x/editions/1/",
    slug="x", released=BEGUN, changed=BEGUN, office=OFFICE,
    contacts=(Person("Ada"),), topics=(Subject("Topic", "https://example.org/topics/x/"),),
)  # fmt: skip
#: Nested, empty, merged, out of order: what the one door lets through.
MARKUP = (
    "<h4>a</h4><h2>b</h2><h4>c</h4><p>d</p>",
    "<ul><li><p>a</p><ol><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li></ol></li></ul>",
    "<table><tbody><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr>"
    "</tbody></table>",
    "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td><p>b</p><p>c</p></td></tr></tbody>"
    "</table>",
    "<table><tbody><tr><td colspan=9>a</td></tr><tr><td>b</td></tr></tbody></table>",
    "<table><tbody><tr><th rowspan=99>a</th></tr></tbody></table>",
    "<blockquote><blockquote><p>a</p></blockquote><ul><li>b</li></ul></blockquote>",
    '<p>a<a href="#fn1" id="fnref1">1</a></p><p><a href="#fnref1" id="fn1">1</a></p>',
    '<p><a href="#fnref7" id="fn7">7</a> a note that nothing leads to</p>',
    '<p><a href="/relative/">a</a> <a href="#p1">b</a> <a href="tel:+1">c</a></p>',
    "<hr><hr>",
    "<p>a<br>b<sup>c<sub>d</sub></sup></p>",
    "",
)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("markup", MARKUP)
def test_any_structure(markup, suffix):
    file = FORMATS[suffix].make(replace(FACTS, body=clean_source(markup)))
    assert "Head" in READERS[suffix](file)


@pytest.mark.parametrize("suffix", FORMATS)
@examples(25)
@given(text=st.text(min_size=1, max_size=60))
@example(text="👩‍👩‍👧‍👦🇧🇴 ﷽ שלום 中文字 e\u0301\u0302 \u202eback\u202c \ufeff")
@example(text="".join(map(chr, range(0x4E00, 0x4E80))))
@example(text="\x00\x0b\x1f\ud800\ufffe\uffff\u2028")
@example(text=r'\u{1f389} "#x" $ `')
def test_any_text(suffix, text):
    facts = replace(
        FACTS,
        headline=f"Head {text}",
        subhead=text,
        dateline=text,
        body=clean_source(
            f"<p>Text {escape(text)}</p><blockquote lang=ar>{escape(text)}</blockquote>"
        ),
        contacts=(Person(text, text, "a@example.org", "+12025550123", "(202) 555-0123"),),
        topics=(Subject(text, "https://example.org/topics/x/"),),
        notes=(Note("Correction", BEGUN, text),),
    )
    said = READERS[suffix](FORMATS[suffix].make(facts))
    assert "Head" in said


# --- Lettering ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("مرحبا بالعالم", "NotoNaskhArabic"),
        ("שלום עולם", "LibertinusSerif"),
        ("新闻稿 日本語 プレス", "DroidSansFallback"),
        ("🎉 👩‍👩‍👧‍👦 🇧🇴 👍🏽 ❤️", "NotoEmoji"),
        ("Ελλάδα Россия Ñawpaq Việt", "LibertinusSerif"),
    ],
)
def test_a_pdf_shows_the_letters_of_many_scripts(text, font):
    facts = replace(FACTS, body=f"<p>{text}</p>")
    read = PdfReader(BytesIO(pdf.write(facts)))
    said = "".join(page.extract_text() for page in read.pages)
    assert {one for one in text if one.isalpha()} <= set(said)
    assert "□" not in said
    assert "[" not in said
    fonts = {str(one.get_object()["/BaseFont"]) for page in read.pages for one in
             page["/Resources"]["/Font"].values()}  # fmt: skip
    assert any(font in name for name in fonts)


def test_a_letter_that_no_font_has_is_a_box_and_a_sign_its_name():
    said = READERS["pdf"](pdf.write(replace(FACTS, body="<p>한국 and 𝄞 stay apart</p>")))
    assert "□□ and [musical symbol g clef] stay apart" in " ".join(said.split())


# --- The typesetter's room ------------------------------------------------------------------------


@pytest.mark.parametrize("reached", ['read("/etc/passwd")', 'read("../../etc/passwd")'])
def test_the_typesetter_reads_nothing_outside_its_folder(monkeypatch, tmp_path, reached):
    page = tmp_path / "page.typ"
    page.write_text(f"#{reached}")
    monkeypatch.setattr(pdf, "PAGE", page)
    with pytest.raises(typst.TypstError):
        pdf.write(FACTS)


def test_the_page_asks_for_no_package_and_no_other_file():
    source = pdf.PAGE.read_text()
    assert "json(bytes(sys.inputs.release))" in source
    for reach in ("import", "include", "@preview", "read(", "plugin(", "eval("):
        assert reach not in source, reach
