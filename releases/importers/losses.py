"""What a Word file holds and a release does not take: taken out of the tree, and told.

Nothing is left out without a sentence; where it has words, the sentence holds them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releases.importers.package import Package
from releases.importers.tracked import W, words

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MARGINS: Final = re.compile(r"word/(header|footer)\d*\.xml")
# Fields whose result says all that they say; the others work something out each time.
PLAIN_FIELDS: Final = {
    "HYPERLINK", "REF", "NOTEREF", "PAGEREF", "SEQ", "TOC", "QUOTE", "FORMCHECKBOX",
}  # fmt: skip
V: Final = "{urn:schemas-microsoft-com:vml}"
ADDRESS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PICTURE: Final = re.compile(r"\{[^}]*\}(blip|imagedata)")
OBJECTS: Final = {f"{W}object", f"{W}altChunk", f"{W}control"}
TICKS: Final = {f"{W}checkBox", "{http://schemas.microsoft.com/office/word/2010/wordml}checkbox"}
Tree = ET.Element | None
GRAPHICS: Final = re.compile(r"\{[^}]*/(chart|diagram|chartex)\}(chart|relIds)")
FORMATS: Final = {
    f"{W}{name}" for name in ("rPrChange", "pPrChange", "tblPrChange", "sectPrChange")
}
CELLS: Final = {f"{W}{name}" for name in ("cellIns", "cellDel", "cellMerge")}


def take_out(package: Package, trees: Mapping[str, ET.Element]) -> list[str]:
    """Take out of `trees` what can't stand in a release; return a sentence for each."""
    told = _margins(package) + _comments(package)
    for tree in trees.values():
        for part in PARTS:
            told += part(tree)
    return told


def _margins(package: Package) -> list[str]:
    """Headers and footers, each text once."""
    told: dict[str, None] = {}
    for name in sorted(package.parts):
        kind = MARGINS.fullmatch(name)
        tree = package.tree(name) if kind else None
        text = words(tree) if tree is not None else ""
        told |= {_("Watermark: %(text)s") % {"text": one}: None for one in _painted(tree)}
        if kind and text:
            said = _("Header: %(text)s") if kind[1] == "header" else _("Footer: %(text)s")
            told[said % {"text": text}] = None
    return list(told)


def _comments(package: Package) -> list[str]:
    tree = package.tree("word/comments.xml")
    found = [] if tree is None else tree.findall(f"{W}comment")
    return [
        _("Comment by %(name)s: %(text)s")
        % {"name": one.get(f"{W}author") or _("somebody"), "text": words(one)}
        for one in found
    ]


def _boxes(tree: ET.Element) -> list[str]:
    """Text boxes: a file has each twice, for newer and for older programs."""
    told = [_("Text box: %(text)s") % {"text": one} for one in _painted(tree)]
    pictures = 0
    for wrapper in (f"{MC}AlternateContent", f"{W}drawing", f"{W}pict"):
        for parent, child in _each(tree, lambda one, tag=wrapper: one.tag == tag):  # type: ignore[misc]
            box = next(child.iter(f"{W}txbxContent"), None)
            if box is not None:
                parent.remove(child)
                told.append(_("Text box: %(text)s") % {"text": words(box)})
                pictures += any(PICTURE.match(one.tag) for one in child.iter())
    if pictures:
        said = ngettext(
            "%(n)d text box with a picture in it.", "%(n)d text boxes with pictures.", pictures
        )
        told.append(said % {"n": pictures})
    return told


def _painted(tree: Tree) -> list[str]:
    """Words that are drawn as a picture: watermarks in headers, old WordArt elsewhere."""
    drawn = [] if tree is None else [one.get("string", "") for one in tree.iter(f"{V}textpath")]
    return [text for text in (" ".join(one.split()) for one in drawn) if text]


def _struck(tree: ET.Element) -> list[str]:
    """Words with a line through them: the words stay, the line does not."""
    runs = [run for _parent, run in _each(tree, lambda one: one.tag == f"{W}r")]
    text = " ".join(words(run) for run in runs if _is_on(run, "strike") or _is_on(run, "dstrike"))
    return (
        [_("Struck out in the file, and now ordinary text: %(text)s") % {"text": text}]
        if text.strip()
        else []
    )


def _ticks(tree: ET.Element) -> list[str]:
    """Boxes to tick: a release has none."""
    count = sum(one.tag in TICKS for one in tree.iter())
    said = ngettext("%(n)d box to tick.", "%(n)d boxes to tick.", count)
    return [said % {"n": count}] if count else []


def _jumps(tree: ET.Element) -> list[str]:
    """Links to a place in the same file, other than notes: their words stay as text."""
    told = []
    for parent, link in _each(tree, lambda one: one.tag == f"{W}hyperlink"):
        if link.get(ADDRESS) is None:
            at = list(parent).index(link)
            parent[at : at + 1] = list(link)
            told.append(words(link))
    text = ", ".join(one for one in told if one)
    return [_("Links within the file: %(text)s") % {"text": text}] if text else []


def _is_on(run: ET.Element, name: str) -> bool:
    """Whether a run has this property."""
    mark = run.find(f"{W}rPr/{W}{name}")
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def _hidden(tree: ET.Element) -> list[str]:
    """Text that Word was told not to show."""
    told = []
    for parent, run in _each(tree, lambda one: one.tag == f"{W}r"):
        if _is_on(run, "vanish"):
            parent.remove(run)
            told.append(words(run))
    text = " ".join(" ".join(told).split())
    return [_("Hidden text: %(text)s") % {"text": text}] if text else []


def _equations(tree: ET.Element) -> list[str]:
    """Equations: told with their letters, in the order that they are written."""
    told = []
    for parent, child in _each(tree, lambda one: one.tag == f"{MATH}oMath"):
        parent.remove(child)
        text = "".join(one.text or "" for one in child.iter(f"{MATH}t"))
        told.append(_("Equation: %(text)s") % {"text": text})
    return told


def _fields(tree: ET.Element) -> list[str]:
    """Fields: what they showed last stays as text."""
    said = [one.text or "" for one in tree.iter(f"{W}instrText")]
    for parent, child in _each(tree, lambda one: one.tag == f"{W}fldSimple"):
        at = list(parent).index(child)
        parent[at : at + 1] = list(child)
        said.append(child.get(f"{W}instr", ""))
    names = {instruction.split()[0].upper() for instruction in said if instruction.split()}
    odd = sorted(name for name in names - PLAIN_FIELDS if name.isalpha())
    return [
        _("Field that Word fills in (%(name)s): its last text stays.") % {"name": n} for n in odd
    ]


def _graphics(tree: ET.Element) -> list[str]:
    """Charts, diagrams and objects of other programs: told by number."""
    graphics = sum(bool(GRAPHICS.match(one.tag)) for one in tree.iter())
    objects = sum(one.tag in OBJECTS for one in tree.iter())
    told = []
    if graphics:
        told.append(
            ngettext("%(n)d chart or diagram.", "%(n)d charts or diagrams.", graphics)
            % {"n": graphics}
        )
    if objects:
        told.append(
            ngettext(
                "%(n)d object of another program.", "%(n)d objects of other programs.", objects
            )
            % {"n": objects}
        )
    return told


def _formats(tree: ET.Element) -> list[str]:
    """Tracked changes of looks and of single cells: taken as they stand."""
    count = sum(one.tag in FORMATS | CELLS for one in tree.iter())
    if not count:
        return []
    return [
        ngettext(
            "%(n)d tracked change of formatting or of table cells: taken as it stands.",
            "%(n)d tracked changes of formatting or of table cells: taken as they stand.",
            count,
        )
        % {"n": count}
    ]


def _each(
    tree: ET.Element, wanted: Callable[[ET.Element], bool]
) -> Iterable[tuple[ET.Element, ET.Element]]:
    """Every wanted element with its parent; taken at once, so that the tree may change."""
    return [(parent, child) for parent in tree.iter() for child in parent if wanted(child)]


PARTS: Final = (
    _boxes, _hidden, _struck, _equations, _fields, _ticks, _jumps, _graphics, _formats,
)  # fmt: skip
