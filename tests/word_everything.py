"""A Word file in which everything happens at once, from python-docx and raw XML."""

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches

from tests.word_files import (
    BY,
    NAMES,
    RELATED,
    boxed,
    deleted,
    inserted,
    paragraph,
    picture,
    run,
    saved,
    with_parts,
)

R = f'xmlns:r="{RELATED}"'
LEVELS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("bullet", "o"))
MOVED = f'<w:moveFrom w:id="31" {BY}>{run("Moved words. ", "delText")}</w:moveFrom>'
ENDED = f'<w:pPr><w:rPr><w:del w:id="41" {BY}/></w:rPr></w:pPr>'
ROW = f'<w:trPr><w:ins w:id="51" {BY}/></w:trPr>'
WATERMARK = (
    '<w:r><w:pict><v:shape><v:textpath string="Draft for the board"/></v:shape></w:pict></w:r>'
)


def listed(text: str, level: int, key: int = 77) -> str:
    """Return a paragraph in a list, at a level (0 is the outermost)."""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'
    return f"<w:pPr>{place}</w:pPr>{run(text)}"


def looking(text: str, *looks: str) -> str:
    """Return a run that looks so: "b", "i", "strike" …"""
    return f"<w:r><w:rPr>{''.join(f'<w:{one}/>' for one in looks)}</w:rPr><w:t>{text}</w:t></w:r>"


def raised(text: str, where: str) -> str:
    """Return a run above or below the line."""
    return f'<w:r><w:rPr><w:vertAlign w:val="{where}"/></w:rPr><w:t>{text}</w:t></w:r>'


def everything() -> bytes:
    """Return a release with every shape that an import knows, and every one that it must tell."""
    document = Document()
    _margins(document)
    _lists(document)
    _paragraphs(document)
    _table(document)
    for alt in ("A ferry at the pier", ""):
        document.add_picture(picture(), width=Inches(1))
        drawn = list(document.element.body.iter("{*}docPr"))[-1]
        drawn.set("descr", alt)
    comment = (
        f'<w:comment w:id="1" {BY}><w:p>{run("Is this right?")}</w:p></w:comment>'
        f'<w:comment w:id="2" {BY}><w:p>{run("Ask Bo first.")}</w:p></w:comment>'
    )
    foot = f'<w:footnote w:id="2"><w:p>{run("Survey of May.")}</w:p></w:footnote>'
    end = f'<w:endnote w:id="2"><w:p>{run("Kept at the port.")}</w:p></w:endnote>'
    parts = {
        "word/footnotes.xml": f"<w:footnotes {NAMES}>{foot}</w:footnotes>",
        "word/endnotes.xml": f"<w:endnotes {NAMES}>{end}</w:endnotes>",
        "word/comments.xml": f"<w:comments {NAMES}>{comment}</w:comments>",
    }
    return with_parts(saved(document), parts)


def _margins(document: "Document") -> None:  # type: ignore[valid-type]
    section = document.sections[0]  # type: ignore[attr-defined]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = "Not for release"
    section.first_page_header.paragraphs[0].text = "Letterhead of the office"
    section.first_page_header._element.append(parse_xml(paragraph(WATERMARK)))
    section.footer.paragraphs[0].text = "1611 Example Avenue"


def _lists(document: "Document") -> None:  # type: ignore[valid-type]
    numbering = document.part.numbering_part.element  # type: ignore[attr-defined]
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
        for depth, (kind, shown) in enumerate(LEVELS)
    )
    kind = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(kind))
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    for key, more in ((77, ""), (78, again)):
        of = '<w:abstractNumId w:val="77"/>'
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}">{of}{more}</w:num>'))


def _paragraphs(document: "Document") -> None:  # type: ignore[valid-type]
    for text, style in (
        ("Media Advisory", "Normal"),
        ("Ferry Fares Doubled", "Title"),
        ("March 4, 2022", "Normal"),
        ("Contact: Marta Quill, 202-555-0146, marta@example.org", "Normal"),
    ):
        document.add_paragraph(text, style)  # type: ignore[attr-defined]
    kind = f"{RELATED}/hyperlink"
    link = document.part.relate_to("https://example.org/a?b=1&c=2", kind, True)  # type: ignore[attr-defined]
    for inner in _inner(link):
        xml = f"<w:p {NAMES} {R}>{inner}</w:p>"
        document.element.body.insert(-1, parse_xml(xml))  # type: ignore[attr-defined]


def _inner(link: str) -> tuple[str, ...]:
    style = '<w:pPr><w:pStyle w:val="Heading{}"/></w:pPr>'
    return (
        run("Washington DC — Fares ")
        + deleted("fell", 11)
        + inserted("rose", 12)
        + run(", says ")
        + f'<w:hyperlink r:id="{link}">{run("a study")}</w:hyperlink>'
        + run(" of the harbor that nobody had asked for before this spring.")
        + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="1"/></w:r>',
        style.format(1) + run("Method"),
        style.format(2) + run("Counting"),
        MOVED + looking("Bold", "b") + looking(" slanted", "i") + looking(" both", "b", "i")
        + run(" CO") + raised("2", "subscript") + run(" m") + raised("2", "superscript")
        + run(" left")
        + '<w:r><w:endnoteReference w:id="2"/></w:r>',
        listed("Ask", 0), listed("by mail", 1), listed("by phone", 1), listed("twice", 2),
        listed("Count", 0), run("A paragraph between."), listed("Compare", 0),
        listed("at home", 1), run("Another list:"), listed("Fifth", 0, 78), listed("Sixth", 0, 78),
        run("Here they are. ") + MOVED.replace("moveFrom", "moveTo").replace("delText", "t"),
        ENDED + run("One sentence, "), run("one paragraph."),
        boxed("Pull quote here") + run("Two harbors were counted."),
        looking("Secret aside.", "vanish") + looking("Old price", "strike") + run(" new price."),
        '<w:hyperlink w:anchor="annex">' + run("See the annex") + "</w:hyperlink>" + run("."),
        run("It follows that ") + "<m:oMath><m:r><m:t>a+b=c</m:t></m:r></m:oMath>" + run("."),
        '<w:fldSimple w:instr=" DATE ">' + run("4 March") + "</w:fldSimple>",
        '<w:r><w:rPr><w:b/><w:rPrChange w:id="61" w:author="Bo"><w:rPr/></w:rPrChange></w:rPr>'
        + "<w:t>Bold by Bo.</w:t></w:r>"
        + '<w:r><w:commentReference w:id="2"/></w:r><w:r><w:object/></w:r>',
        "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:checkBox/></w:ffData></w:fldChar>"
        '</w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("Yes, send it."),
    )  # fmt: skip


def _table(document: "Document") -> None:  # type: ignore[valid-type]
    table = document.add_table(4, 3)  # type: ignore[attr-defined]
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Port"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Fares"
    for at, text in (((1, 1), "2021"), ((1, 2), "2022"), ((2, 0), "North"), ((2, 1), "12")):
        table.cell(*at).text = text
    for column, text in enumerate(("South", "8", "9")):
        table.cell(3, column).text = text
    table.rows[3]._tr.insert(0, parse_xml(ROW.replace("<w:trPr", f"<w:trPr {NAMES}")))
