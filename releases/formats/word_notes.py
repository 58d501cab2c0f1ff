"""Footnotes of a Word file (ECMA-376, 17.11): python-docx has none, so their part is made here."""

from collections.abc import Sequence
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from releases.elements import Node

# The lines between text and notes, which Word asks for before any note.
EMPTY = (
    f"<w:footnotes {nsdecls('w')}>"
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/>'
    "</w:r></w:p></w:footnote></w:footnotes>"
)


def noted(children: Sequence[Node | str]) -> tuple[list[Node | str], dict[str, list[Node | str]]]:
    """Return the blocks of a text without its notes, and each note by its number.

    Notes are the paragraphs at the end that open with a link back to the text (`#fnref1`), with
    the rule above them.
    """
    rest, notes = list(children), {}
    while rest and (number := _number(rest[-1])):
        last = rest.pop()
        notes[number] = last.children[1:] if isinstance(last, Node) else []
    if notes and rest and isinstance(rest[-1], Node) and rest[-1].role == "rule":
        rest.pop()
    return rest, notes


def _number(block: Node | str) -> str:
    """Return the number of the note that a block is, or ''."""
    first = block.children[0] if isinstance(block, Node) and block.children else None
    href = first.attrs.get("href", "") if isinstance(first, Node) else ""
    return href.removeprefix("#fnref") if href.startswith("#fnref") else ""


class Footnotes:
    """The notes of one document; a part of its own once there is one."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.element: Any = None
        self.count = 0

    def add(self, run: Any) -> Any:
        """Let a run lead to a new note; return the note's paragraph, to be filled."""
        if self.element is None:
            self.element = self._part()
        self.count += 1
        run._r.append(_numbered("w:footnoteReference", self.count))
        run.font.superscript = True
        note = _numbered("w:footnote", self.count)
        self.element.append(note)
        mark = parse_xml(
            f'<w:p {nsdecls("w")}><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r></w:p>'
        )
        note.append(mark)
        return mark

    def _part(self) -> Any:
        package = self.document.part.package
        element = parse_xml(EMPTY)
        name = PackURI("/word/footnotes.xml")
        part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, element, package)
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return element


def _numbered(name: str, number: int) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:id"), str(number))
    return element
