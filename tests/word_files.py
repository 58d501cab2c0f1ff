"""Word files made for tests with python-docx and raw XML: what it can't write, we write."""

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from PIL import Image

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
BY = 'w:author="Ana Reyes" w:date="2026-03-04T10:00:00Z"'
NOTE = (
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>Survey of May.</w:t></w:r>'
    "</w:p></w:footnote>"
    '<w:footnote w:id="3"><w:p><w:r><w:t>Ports authority.</w:t></w:r></w:p>'
    "</w:footnote>"
)
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(inner: str) -> str:
    """Return a paragraph's XML."""
    return f"<w:p {NAMES}>{inner}</w:p>"


def run(text: str, mark: str = "t") -> str:
    """Return a run of text."""
    return f'<w:r><w:{mark} xml:space="preserve">{text}</w:{mark}></w:r>'


def inserted(text: str, key: int) -> str:
    """Return a tracked insertion."""
    return f'<w:ins w:id="{key}" {BY}>{run(text)}</w:ins>'


def deleted(text: str, key: int) -> str:
    """Return a tracked deletion."""
    return f'<w:del w:id="{key}" {BY}>{run(text, "delText")}</w:del>'


def with_paragraphs(*inner: str, head: bool = True) -> bytes:
    """Return a release as a Word file whose body is these paragraphs' XML."""
    document = Document()
    if head:
        document.add_paragraph("Press Release")
        document.add_paragraph("Ferry Fares Doubled", "Title")
    for one in inner:
        document.element.body.insert(-1, parse_xml(paragraph(one)))
    return saved(document)


def saved(document: "Document") -> bytes:  # type: ignore[valid-type]
    """Return a document's bytes."""
    out = BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def with_parts(data: bytes, parts: Mapping[str, str]) -> bytes:
    """Return a Word file with parts put in by name, related to its text and typed as Word does."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            for number, part in enumerate(parts):
                kind = part.split("/")[1].removesuffix(".xml")
                if name == "[Content_Types].xml":
                    entry = (
                        f'<Override PartName="/{part}" ContentType="{TYPES}.{kind}+xml"/></Types>'
                    )
                    text = text.replace(b"</Types>", entry.encode())
                if name == "word/_rels/document.xml.rels":
                    place = f'Type="{RELATED}/{kind}" Target="{kind}.xml"'
                    entry = f'<Relationship Id="x{number}" {place}/>'
                    text = text.replace(b"</Relationships>", f"{entry}</Relationships>".encode())
            new.writestr(name, text)
        for part, written in parts.items():
            new.writestr(part, written)
    return out.getvalue()


def picture(side: int = 12) -> BytesIO:
    """Return a small PNG."""
    out = BytesIO()
    Image.new("RGB", (side, side), "navy").save(out, "PNG")
    out.seek(0)
    return out


def nested(text: str, level: int) -> str:
    """Return a bulleted paragraph at a level (0 is the outermost)."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="99"/></w:numPr>'
    return f"<w:pPr>{place}</w:pPr>{run(text)}"


def whole() -> bytes:
    """Return a release with everything that a press office's Word file may hold."""
    document = Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "DRAFT 4, not for release"
    section.footer.paragraphs[0].text = "1611 Example Avenue"
    for text, style in (
        ("Press Release", "Normal"),
        ("Ferry Fares Doubled", "Title"),
        ("March 4, 2022", "Normal"),
        ("Contact: Marta Quill, 202-555-0146, marta@example.org", "Normal"),
    ):
        document.add_paragraph(text, style)
    _text(document)
    data = saved(document)
    notes = f"<w:footnotes {NAMES}>{NOTE}</w:footnotes>"
    comment = f'<w:comment w:id="1" {BY}><w:p>{run("Is this number right?")}</w:p></w:comment>'
    return with_parts(
        data,
        {
            "word/footnotes.xml": notes,
            "word/comments.xml": f"<w:comments {NAMES}>{comment}</w:comments>",
        },
    )


def _text(document: "Document") -> None:  # type: ignore[valid-type]
    body = document.element.body  # type: ignore[attr-defined]
    number = document.part.numbering_part.element  # type: ignore[attr-defined]
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>'
        for n in range(2)
    )
    number.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{levels}</w:abstractNum>')
    )
    number.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="99"/></w:num>')
    )
    for inner in (
        run("Washington DC — Passengers pay ")
        + "<w:r><w:rPr><w:b/></w:rPr><w:t>twice</w:t></w:r>"
        + run(" as much for fewer crossings, a study of the harbor finds.")
        + '<w:r><w:footnoteReference w:id="2"/></w:r>'
        + '<w:r><w:commentReference w:id="1"/></w:r>',
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret aside.</w:t></w:r>"
        + run("The ferries left late")
        + '<w:r><w:footnoteReference w:id="3"/></w:r>'
        + run(" on most days."),
        boxed("Pull quote here") + run("Two harbors were counted."),
        run("It follows that ") + "<m:oMath><m:r><m:t>a+b=c</m:t></m:r></m:oMath>" + run(" holds."),
        '<w:fldSimple w:instr=" DATE \\* MERGEFORMAT ">' + run("4 March") + "</w:fldSimple>",
        nested("Fares", 0),
        nested("Adults", 1),
        nested("Crossings", 0),
    ):
        body.insert(-1, parse_xml(paragraph(inner)))
    document.add_heading("Method", 1)  # type: ignore[attr-defined]
    table = document.add_table(2, 2)  # type: ignore[attr-defined]
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Fares by year"
    table.cell(1, 0).text, table.cell(1, 1).text = "2021", "12"
    document.add_picture(picture(), width=Inches(1))  # type: ignore[attr-defined]
    for drawn in body.iter("{*}docPr"):
        drawn.set("descr", "A ferry at the pier")


def boxed(text: str) -> str:
    """Return a text box, twice as Word writes it: for newer programs and for older ones."""
    inner = f"<w:txbxContent><w:p>{run(text)}</w:p></w:txbxContent>"
    new = f"<w:drawing><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></w:drawing>"
    old = f"<w:pict><v:textbox>{inner}</v:textbox></w:pict>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{new}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )
