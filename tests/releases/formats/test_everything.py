"""A release with everything, and a withdrawn one, in every format, each read by its own reader."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from releases import workflow
from releases.content import Figure
from releases.formats import FORMATS, made, press_kit
from releases.models import Edition, Release
from tests.make import make_edition, make_picture, make_user
from tests.releases.formats.everything import ARABIC, HEADLINE, SAID, everything
from tests.releases.formats.read import READERS

#: A reference for a bibliography says what it is about, and nothing of the text.
WHOLE = [suffix for suffix in FORMATS if suffix != "bib"]


@pytest.fixture
def edition(db) -> Edition:
    return everything()


def file_of(client, edition: Edition, suffix: str) -> bytes:
    answer = client.get(f"{edition.get_absolute_url().rstrip('/')}.{suffix}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMATS[suffix].mime
    return answer.content


def test_every_format_has_a_reader():
    assert set(READERS) == set(FORMATS)


@pytest.mark.parametrize("suffix", WHOLE)
def test_it_says_all(stranger, edition, suffix):
    said = READERS[suffix](file_of(stranger, edition, suffix))
    words = " ".join(said.split()).casefold()
    marks = r"\#\#\#" if suffix == "md" else "###"
    day = "2024-02-29" if suffix == "json" else "february 29, 2024"
    wanted = [one.casefold().replace("###", marks) for one in SAID]
    missing = [one for one in wanted if one.replace("february 29, 2024", day) not in words]
    assert missing == []
    assert edition.get_absolute_url() in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_whole_headline_stands_in_it(stranger, edition, suffix):
    said = " ".join(READERS[suffix](file_of(stranger, edition, suffix)).split())
    assert HEADLINE in said


@pytest.mark.parametrize("suffix", WHOLE)
def test_arabic_and_signs_stay_what_they_are(stranger, edition, suffix):
    said = READERS[suffix](file_of(stranger, edition, suffix))
    # What reads a PDF gives letters that run to the left in an order of its own.
    assert ARABIC in said or (suffix == "pdf" and set(ARABIC) <= set(said))
    assert "🎉" in said


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_facts_make_the_same_bytes(stranger, edition, suffix):
    first = file_of(stranger, edition, suffix)
    made.kept.clear()
    assert file_of(stranger, edition, suffix) == first


@pytest.mark.parametrize("code", ["es", "pt-br"])
@pytest.mark.parametrize("suffix", WHOLE)
def test_a_translation_speaks_its_language(stranger, edition, suffix, code):
    translation = Edition.objects.get(language=code)
    said = READERS[suffix](file_of(stranger, translation, suffix))
    assert "Texto" in said
    assert "For immediate release" not in said
    assert "February" not in said


# --- Each by its own standard ---------------------------------------------------------------------


def test_lines_of_text_are_short(stranger, edition):
    lines = file_of(stranger, edition, "txt").decode().splitlines()
    assert max(map(len, lines)) <= 72


def test_the_pdf_is_tagged_named_and_bookmarked(stranger, edition):
    read = PdfReader(BytesIO(file_of(stranger, edition, "pdf")))
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert read.metadata.title == HEADLINE
    assert read.metadata.author == "Center for Economic and Policy Research"
    titles = [one.title for one in flat(read.outline)]
    assert titles[:2] == [HEADLINE, "What the figures say"]
    first, *others = (page.extract_text() for page in read.pages)
    assert "ana" in first.casefold() or "Ada Example" in first
    assert all("For immediate release" in page for page in (first, *others))
    assert "https://example.org/study" in first
    assert tags(root["/StructTreeRoot"]) >= {
        "/H1",
        "/H2",
        "/Table",
        "/TH",
        "/L",
        "/Figure",
        "/Note",
    }


def flat(outline: list) -> list:
    return [x for one in outline for x in (flat(one) if isinstance(one, list) else [one])]


def tags(node, found: set[str] | None = None) -> set[str]:
    """The kinds of structure elements below one."""
    found = set() if found is None else found
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            tags(one, found)
    elif hasattr(node, "get"):
        if "/S" in node:
            found.add(str(node["/S"]))
        if "/K" in node:
            tags(node["/K"], found)
    return found


def test_the_word_file_has_real_styles_and_properties(stranger, edition):
    document = Document(BytesIO(file_of(stranger, edition, "docx")))
    styles = {one.style.name: one.text for one in document.paragraphs}
    assert styles["Title"] == HEADLINE
    assert styles["Subtitle"] == "A line below"
    for name in ("Heading 1", "Quote", "List Bullet", "List Bullet 2", "List Number"):
        assert styles[name], name
    properties = document.core_properties
    assert properties.title == HEADLINE
    assert properties.language == "en-US"
    assert properties.author == "Center for Economic and Policy Research"
    assert document.tables[0].rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    links = [rel.target_ref for rel in document.part.rels.values() if rel.is_external]
    assert "https://example.org/study" in links
    assert document.element.body.find(f".//{qn('wp:docPr')}").get("descr") == "A navy square"


def test_ninjs_names_what_it_is(stranger, edition):
    item = json.loads(file_of(stranger, edition, "json"))
    assert item["pubStatus"] == "usable"
    assert item["uri"] == edition.release.uuid.urn
    assert (item["version"], item["located"]) == ("3", "La Paz")
    assert [one["name"] for one in item["subjects"]] == ["Bolivia"]
    assert len(item["people"]) == 4
    assert item["people"][0]["contactInfo"][0] == {"type": "phone", "value": "+12025550123"}
    assert "First reason." in item["edNote"]
    assert item["associations"][0]["descriptions"][0]["value"] == "Square"


def test_the_kit_has_text_pdf_word_and_pictures_with_their_words(stranger, edition):
    with ZipFile(BytesIO(file_of(stranger, edition, "zip"))) as kit:
        names = [name.split("/", 1)[1] for name in kit.namelist()]
        captions, data, files = (kit.read(name).decode() for name in kit.namelist()[-3:])
    stem = "2024-02-29-remittances"
    assert names == [
        *(f"{stem}.{suffix}" for suffix in ("txt", "pdf", "docx")),
        "pictures/square.png",
        "pictures/captions.txt",
        "files/shares.csv",
        "files/files.txt",
    ]
    assert "Caption: Square\nCredit: Photo: Ada" in captions
    assert data == "Year,Share\n2024,14\n"
    assert "shares.csv\nTitle: Data for the charts (CSV, 19\xa0bytes)" in files


def test_a_kit_has_bounded_room_and_tells_where_the_rest_is(stranger, edition, monkeypatch):
    square = edition.figures.get().picture
    monkeypatch.setattr(press_kit, "MOST_BYTES", square.size + 5)
    with ZipFile(BytesIO(file_of(stranger, edition, "zip"))) as kit:
        names = [name.split("/", 1)[1] for name in kit.namelist()]
        files = kit.read(kit.namelist()[-1]).decode()
    assert names[-3:] == ["pictures/square.png", "pictures/captions.txt", "files/files.txt"]
    address = edition.attachments.get().document.get_absolute_url()
    assert f"Too large for this kit, to be had at: http://testserver{address}" in files


@pytest.mark.parametrize("suffix", ["txt", "md", "pdf", "docx", "json"])
def test_files_that_go_with_it_are_named_with_kind_size_and_address(stranger, edition, suffix):
    file = file_of(stranger, edition, suffix)
    said = " ".join(READERS[suffix](file).split())
    address = "http://testserver" + edition.attachments.get().document.get_absolute_url()
    if suffix == "json":
        [item] = [one for one in json.loads(file)["associations"] if one["name"] == "shares.csv"]
        assert (item["title"], item["uri"]) == ("Data for the charts", address)
        assert item["renditions"][0]["sizeInBytes"] == 19
    else:
        assert "Data for the charts (CSV, 19 bytes)" in said.replace("\\", "")
        links = {"pdf": pdf_links, "docx": word_links}.get(suffix, lambda _: {address})(file)
        assert address in links and (suffix == "docx" or address in said.replace(" ", ""))


def pdf_links(file: bytes) -> set[str]:
    """Where the links of a PDF lead."""
    notes = [n.get_object() for p in PdfReader(BytesIO(file)).pages for n in p.get("/Annots", [])]
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def word_links(file: bytes) -> set[str]:
    """Where the links of a Word file lead."""
    rels = Document(BytesIO(file)).part.rels.values()
    return {rel.target_ref for rel in rels if rel.is_external}


# --- What texts may hold --------------------------------------------------------------------------

HOSTILE = r'#let x = 1 \" $ @ref <b>&amp; `raw` /* // *{}% \input{/etc/passwd} "#eval("1")'


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", FORMATS)
def test_no_word_is_read_as_markup(stranger, suffix):
    figures = (Figure(make_picture().pk, HOSTILE, HOSTILE, HOSTILE),)
    body = "<p>#sys.inputs and #read(&quot;/etc/passwd&quot;) *stay* words</p><h4>First</h4>"
    edition = make_edition(headline=HOSTILE, subhead=HOSTILE, body=body, figures=figures)
    said = READERS[suffix](file_of(stranger, edition, suffix))
    assert "root:" not in said
    if suffix in ("txt", "docx", "json"):
        assert HOSTILE in " ".join(said.split())
        assert '#read("/etc/passwd") *stay* words' in said


# --- Withdrawn ------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_withdrawn_release_is_gone_in_every_format(stranger, edition, suffix):
    address = f"{edition.get_absolute_url().rstrip('/')}.{suffix}"
    assert stranger.get(address).status_code == 200
    release = Release.objects.get(pk=edition.release_id)
    publisher = make_user("publisher")
    workflow.withdraw(release.pk, publisher, release.version, "error", "A table was wrong.")
    answer = stranger.get(address)
    said = answer.content.decode()
    assert answer.status_code == 410
    assert "A table was wrong." in said
    assert "kitchen" not in said
    if suffix == "json":
        READERS["json"](answer.content)
        assert json.loads(said)["pubStatus"] == "canceled"
    else:
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
