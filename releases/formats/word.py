"""A Word file (.docx, ECMA-376) with real styles: what is a heading is one, and so on.

What Word offers and a release has no use for stays out: macros, fields, tracked changes, the
name of whoever made it. The bytes follow from the facts alone.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from releases.elements import Node, is_block
from releases.formats.archives import settled
from releases.formats.pictures import for_page
from releases.formats.shape import Facts, Figure, Format, Note, note_heading, opened
from releases.formats.word_notes import Footnotes, noted
from releases.html import one_line, words

WIDTH = Cm(16)
INK = RGBColor(0x1A, 0x1A, 0x1A)
ACCENT = RGBColor(0x14, 0x40, 0x6B)
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LISTS = {"ul": "List Bullet", "ol": "List Number"}
DEEPEST_LIST = 3
NOT_OURS = ("/thumbnail", "/stylesWithEffects", "/customXml")
#: Letters of scripts that run from right to left: Hebrew, Arabic, Syriac, Thaana and N'Ko.
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def write(facts: Facts) -> bytes:
    """Return the release as a Word file."""
    document = Document()
    _bare(document)
    _set_up(document, facts)
    _head(document, facts)
    text, notes = noted(opened(facts).children)
    writer = _Writer(document, notes)
    writer.blocks(text)
    document.add_paragraph("###", style="End Mark")
    for figure in facts.figures:
        _figure(document, figure)
    for note in facts.notes:
        _note(document, note)
    if facts.documents:
        document.add_heading(_text(_("Files")), 1)
    for one in facts.documents:
        writer.link(document.add_paragraph(style="List Bullet"), one.address, one.line)
    if facts.office.about:
        document.add_heading(_text(facts.about_heading), 1)
        document.add_paragraph(_text(facts.office.about))
    writer.link(document.add_paragraph(), facts.page, facts.page)
    packed = BytesIO()
    document.save(packed)
    return settled(packed.getvalue())


def _text(text: str) -> str:
    """Return text without what XML 1.0 has no place for."""
    return NOT_XML.sub("", text)


def _bare(document: Any) -> None:
    """Take out what the empty template brings: its picture, styles of Word 2010, data of forms."""
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(NOT_OURS)]:
            rels.pop(key)


def _set_up(document: Any, facts: Facts) -> None:
    """Set properties, language, styles, and what stands on every page."""
    properties = document.core_properties
    properties.title, properties.subject = _text(facts.headline), _text(facts.kicker)
    properties.author = properties.last_modified_by = _text(facts.office.full_name)
    properties.keywords = _text(", ".join(one.name for one in facts.topics))[:255]
    properties.comments = _text(facts.page)[:255]
    properties.language, properties.identifier = _language(facts), facts.urn
    properties.created = properties.modified = facts.changed.replace(microsecond=0, tzinfo=None)
    properties.revision = facts.number
    _styles(document, facts)
    section = document.sections[0]
    if facts.language != "en":
        section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = (section.page_width - WIDTH) // 2
    lines = filter(None, (facts.release_line, facts.record_line))
    top = section.header.paragraphs[0]
    top.style.font.size = section.footer.paragraphs[0].style.font.size = Pt(9)
    top.text = _text(f"{facts.office.full_name}\n")
    top.add_run(_text("\n".join(lines))).bold = True
    section.footer.paragraphs[0].text = _text(facts.page)


def _styles(document: Any, facts: Facts) -> None:
    """Set the styles that Word knows by name: a serif for reading, one colour, the language."""
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(11.5)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _language(facts))
    styles["Normal"].element.get_or_add_rPr().append(language)
    for name, size in (("Title", 20), ("Subtitle", 14), ("Heading 1", 15), ("Heading 2", 13),
                       ("Heading 3", 12), ("Quote", 11.5), ("Caption", 9.5)):  # fmt: skip
        font = styles[name].font
        font.name, font.size, font.color.rgb = "Georgia", Pt(size), INK
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            font.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
    # No rule below the title, no letters drawn apart: what the template has of its own.
    for name, own in (("Title", "w:pBdr"), ("Title", "w:spacing"), ("Subtitle", "w:spacing")):
        for element in list(styles[name].element.iter(qn(own))):
            element.getparent().remove(element)
    styles["Title"].font.bold, styles["Subtitle"].font.italic = True, False
    styles["Quote"].paragraph_format.left_indent = Cm(1)
    for name in ("Kicker", "Media Contact", "End Mark", "Correction", "Table Text"):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
    head = styles.add_style("Table Head", WD_STYLE_TYPE.PARAGRAPH)
    head.base_style = styles["Table Text"]
    around = styles["Table Text"].paragraph_format
    around.space_before = around.space_after = Pt(3)
    styles["Kicker"].font.bold = head.font.bold = True
    styles["Media Contact"].paragraph_format.space_after = Pt(4)
    styles["Caption"].font.bold = False
    styles["End Mark"].paragraph_format.alignment = 1


def _language(facts: Facts) -> str:
    """Return the language's tag as Word wants it, with a region."""
    return {"en": "en-US", "es": "es-419", "pt-br": "pt-BR"}.get(facts.language, facts.language)


def _head(document: Any, facts: Facts) -> None:
    """Add what stands above the text: kicker and topics, headline, date, people to call."""
    line = " | ".join((facts.kicker, *(one.name for one in facts.topics)))
    document.add_paragraph(_text(line), style="Kicker")
    document.add_paragraph(_text(one_line(facts.headline)), style="Title")
    if facts.subhead:
        document.add_paragraph(_text(one_line(facts.subhead)), style="Subtitle")
    document.add_paragraph(_text(facts.day), style="Normal")
    for person in facts.contacts:
        document.add_paragraph(_text(_("Contact:") + f" {person.line}"), style="Media Contact")
    document.paragraphs[-1].paragraph_format.space_after = Pt(14)


def _figure(document: Any, figure: Figure) -> None:
    """Add a picture with its words and, for those who cannot see it, what it shows."""
    _suffix, data = for_page(figure)
    document.add_picture(BytesIO(data), width=min(WIDTH, Pt(0.75 * figure.width)))
    drawn = document.paragraphs[-1]._p.find(f".//{qn('wp:docPr')}")
    drawn.set("descr", _text(figure.alt))
    if figure.words:
        document.add_paragraph(_text(figure.words), style="Caption")


def _note(document: Any, note: Note) -> None:
    paragraph = document.add_paragraph(style="Correction")
    paragraph.add_run(_text(f"{note_heading(note)}: ")).bold = True
    paragraph.add_run(_text(note.text))


class _Writer:
    """Writes rich text into a document, block by block, by the roles of its elements."""

    def __init__(self, document: Any, notes: dict[str, list[Node | str]]) -> None:
        self.document = document
        self.notes = notes
        self.footnotes = Footnotes(document)

    def blocks(self, children: Sequence[Node | str], style: str = "Normal", depth: int = 0) -> None:
        """Add blocks one below the other; bare text between them is a paragraph."""
        line: list[Node | str] = []
        for child in children:
            if isinstance(child, Node) and is_block(child):
                self._line(line, style)
                line = []
                self._block(child, style, depth)
            else:
                line.append(child)
        self._line(line, style)

    def _line(self, children: Sequence[Node | str], style: str) -> None:
        if any(not isinstance(one, str) or one.strip() for one in children):
            self._inline(self.document.add_paragraph(style=style), children, {})

    def _block(self, node: Node, style: str, depth: int) -> None:
        match node.role:
            case "heading":
                self._line(node.children, f"Heading {int(node.tag[1]) - 1}")
            case "quote":
                self.blocks(node.children, "Quote", depth)
            case "list":
                self._list(node, min(depth + 1, DEEPEST_LIST))
            case "table":
                self._table(node)
            case "rule":
                self.document.add_paragraph("* * *", style="End Mark")
            case _ if any(is_block(one) for one in node.children):
                self.blocks(node.children, style, depth)
            case _:
                self._line(node.children, style)

    def _list(self, node: Node, depth: int) -> None:
        style = LISTS[node.tag] + (f" {depth}" if depth > 1 else "")
        number = None if node.tag == "ul" else self._counted(style)
        for item in node.nodes():
            first = len(self.document.paragraphs)
            self.blocks(item.children, style, depth)
            for paragraph in self.document.paragraphs[first:]:
                if number is not None and paragraph.style.name == style:
                    _numbered(paragraph, number)

    def _counted(self, style: str) -> int:
        """Return the number of a new count from 1 on: else Word counts on from list to list."""
        numbering = self.document.part.numbering_part.element
        own = self.document.styles[style].element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(own).abstractNumId.val
        fresh = numbering.add_num(abstract)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(1)
        return int(fresh.numId)

    def _table(self, node: Node) -> None:
        for caption in (one for one in node.nodes() if one.role == "caption"):
            self._line(caption.children, "Caption")
        sections = [one for one in node.nodes() if one.role == "section"]
        rows = [(row, part.tag == "thead") for part in sections for row in part.nodes()]
        cells, width = _places([row for row, _head in rows])
        if not width:
            return
        table = self.document.add_table(len(rows), width, style="Table Grid")
        for number, (_row, is_head) in enumerate(rows):
            if is_head:
                header = OxmlElement("w:tblHeader")
                table.rows[number]._tr.get_or_add_trPr().append(header)
            table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for (top, left), (cell, down, right) in cells.items():
            place = table.cell(top, left)
            if (down, right) != (top, left):
                place = place.merge(table.cell(down, right))
            place.paragraphs[0].style = "Table Head" if cell.tag == "th" else "Table Text"
            self._inline(place.paragraphs[0], _flat(cell.children), {})
        self.document.add_paragraph()

    def _inline(
        self, paragraph: Any, children: Sequence[Node | str], marks: dict[str, Any]
    ) -> None:
        for child in children:
            if isinstance(child, str):
                _run(paragraph, child, marks)
                continue
            own = {**marks, **MARKS.get(child.tag, {})}
            if lang := child.attrs.get("lang"):
                own["lang"] = lang
            if child.tag == "br":
                paragraph.add_run().add_break()
            elif said := self.notes.pop(child.attrs.get("href", "").removeprefix("#fn"), None):
                self._note(paragraph, said)
            elif child.attrs.get("href", "").startswith(("http://", "https://", "mailto:")):
                self.link(paragraph, child.attrs["href"], "", child, own)
            else:
                self._inline(paragraph, child.children, own)

    def _note(self, paragraph: Any, said: Sequence[Node | str]) -> None:
        """Add a footnote, whose links stand as words: its part has no addresses of its own."""
        element = self.footnotes.add(paragraph.add_run())
        self._inline(Paragraph(element, paragraph._parent), _unlinked(said), {})

    def link(
        self,
        paragraph: Any,
        address: str,
        said: str,
        node: Node | None = None,
        marks: dict[str, Any] | None = None,
    ) -> None:
        """Add a link to a paragraph, with plain words or those of an element."""
        first = len(paragraph.runs)
        self._inline(paragraph, node.children if node else [said], marks or {})
        runs = paragraph.runs[first:]
        key = paragraph.part.relate_to(
            _text(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
        )
        element = OxmlElement("w:hyperlink")
        element.set(qn("r:id"), key)
        paragraph._p.append(element)
        for run in runs:
            run.font.underline, run.font.color.rgb = True, ACCENT
            element.append(run._r)


#: What an element means for a run of letters.
MARKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "em": {"italic": True},
    "sup": {"superscript": True},
    "sub": {"subscript": True},
}


def _run(paragraph: Any, text: str, marks: dict[str, Any]) -> None:
    run = paragraph.add_run(_text(text))
    for name in marks.keys() & {"bold", "italic", "superscript", "subscript"}:
        setattr(run.font, name, True)
    if lang := marks.get("lang"):
        element = OxmlElement("w:lang")
        element.set(qn("w:bidi" if RIGHT_TO_LEFT.search(text) else "w:val"), lang)
        run._r.get_or_add_rPr().append(element)
    if RIGHT_TO_LEFT.search(text):
        run.font.rtl = True


def _numbered(paragraph: Any, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def _unlinked(children: Sequence[Node | str]) -> list[Node | str]:
    """Return running text with the address of each link behind its words."""
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, str):
            found.append(child)
            continue
        href = child.attrs.get("href", "")
        inner = _unlinked(child.children)
        found.append(Node("span" if child.tag == "a" else child.tag, {}, inner))
        if href.startswith("http") and words(child) != href:
            found.append(f" ({href})")
    return found


def _flat(children: Sequence[Node | str]) -> list[Node | str]:
    """Return what a cell holds as running text, a line break between blocks."""
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, Node) and is_block(child):
            found += [Node("br")] if found else []
            found += _flat(child.children)
        else:
            found.append(child)
    return found


Place = tuple[int, int]


def _places(rows: Sequence[Node]) -> tuple[dict[Place, tuple[Node, int, int]], int]:
    """Return each cell by where it begins, with its last row and column; and the table's width."""
    cells: dict[Place, tuple[Node, int, int]] = {}
    taken: set[Place] = set()
    for top, row in enumerate(rows):
        left = 0
        for cell in row.nodes():
            while (top, left) in taken:
                left += 1
            down = min(top + int(cell.attrs.get("rowspan", 1)), len(rows)) - 1
            right = left + int(cell.attrs.get("colspan", 1)) - 1
            cells[(top, left)] = (cell, down, right)
            taken |= {(y, x) for y in range(top, down + 1) for x in range(left, right + 1)}
    return cells, max((x for _y, x in taken), default=-1) + 1


FORMAT = Format(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    gettext_lazy("Word"),
    write,
    place=3,
    version=2,
    attached=True,
    indexed=True,
)
