"""Reads a Word file (`.docx`, ECMA-376): text, notes and pictures by mammoth, the rest told.

A file with undecided tracked changes gives these changes and nothing else, until each has its
answer.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Final
from xml.etree import ElementTree as ET

import mammoth
from django.utils.translation import gettext as _

from files.gate import PictureRefused, admit_picture
from releases.importers import ImportedPicture, ImportedText, ImportRefused
from releases.importers.losses import take_out
from releases.importers.numbering import mark_numbers, number_lists
from releases.importers.package import Package, open_package
from releases.importers.tracked import find_changes, settle

MAX_CHANGES: Final = 1000
MAX_PICTURES: Final = 40
LOWER: Final = {"h2": "h3", "h3": "h4"}
NOTES: Final = ("word/footnotes.xml", "word/endnotes.xml")
STYLES: Final = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


def read_word(data: bytes, accepted: Mapping[str, bool]) -> ImportedText:
    """What a `.docx` file says. `accepted` answers its tracked changes by key.

    Raises ImportRefused with a sentence for a press officer.
    """
    package = open_package(data)
    trees = _trees(package)
    changes = [one for name, tree in trees.items() for one in find_changes(tree, f"{name[5]}")]
    if len(changes) > MAX_CHANGES:
        raise ImportRefused(
            _(
                "This file has more than %(limit)d tracked changes. Accept or reject them in Word, "
                "save the file and choose it again."
            )
            % {"limit": MAX_CHANGES}
        )
    if any(change.key not in accepted for change in changes):
        return ImportedText(changes=tuple(changes))
    for name, tree in trees.items():
        settle(tree, name[5], accepted)
    losses = take_out(package, trees)
    mark_numbers(package, trees[package.main])
    for name, tree in trees.items():
        package.put(name, tree)
    return _converted(package, losses)


def _trees(package: Package) -> dict[str, ET.Element]:
    """The parts with running text, by name: their first letters differ (d, f, e)."""
    found = {name: package.tree(name) for name in (package.main, *NOTES)}
    return {name: tree for name, tree in found.items() if tree is not None}


def _converted(package: Package, losses: list[str]) -> ImportedText:
    pictures: list[ImportedPicture] = []
    keep = mammoth.images.img_element(lambda image: _admit(image, pictures, losses))
    try:
        result = mammoth.convert_to_html(package.packed(), style_map=STYLES, convert_image=keep)
    except Exception as damage:  # a file that Word itself would not open raises anything
        raise ImportRefused(
            _(
                "This Word file can’t be read. If it opens on your computer, save it under a new "
                "name as .docx and choose that."
            )
        ) from damage
    unread = [
        _("A symbol that has no letter.") for one in result.messages if "w:sym" in one.message
    ]
    body, notes = _split_notes(result.value)
    return ImportedText(
        markup=body, notes=notes, pictures=tuple(pictures), losses=tuple(losses + unread)
    )


def _admit(image: Any, pictures: list[ImportedPicture], losses: list[str]) -> dict[str, str]:
    """Take a picture through the gate; one that is refused is told. Its place is left empty."""
    alt = " ".join((image.alt_text or "").split())
    name = alt or _("without a description")
    try:
        if len(pictures) >= MAX_PICTURES:
            raise PictureRefused(_("There are too many pictures for one release."))
        with image.open() as stream:
            pictures.append(
                ImportedPicture(admit_picture(stream.read(), alt[:60] or "picture"), alt)
            )
    except PictureRefused as refused:
        why = str(refused)
        losses.append(_("A picture (%(name)s): %(why)s") % {"name": name, "why": why})
    except Exception:  # a link to a file elsewhere, or to a part that is not there
        losses.append(_("A picture (%(name)s) that is not in the file.") % {"name": name})
    return {}


def _split_notes(markup: str) -> tuple[str, str]:
    """The text and its notes, both with the house's links to and from notes (`fn1`, `fnref1`)."""
    root = ET.fromstring(f"<div>{markup}</div>")  # noqa: S314 (mammoth's own, well-formed)
    numbers: dict[str, str] = {}
    for link in root.iter("a"):
        target = link.get("href", "")
        if link.get("id", "").startswith(("footnote-ref-", "endnote-ref-")):
            number = numbers.setdefault(target[1:], str(len(numbers) + 1))
            link.attrib.update({"href": f"#fn{number}", "id": f"fnref{number}"})
        elif target.startswith("#") and not target.startswith(("#footnote-", "#endnote-")):
            del link.attrib["href"]  # a place in the file, which a release does not have
    number_lists(root)
    _lower_headings(root)
    last = root[-1] if len(root) else None
    notes = ""
    if (
        last is not None
        and last.tag == "ol"
        and numbers
        and all(i.get("id") in numbers for i in last)
    ):
        notes = "".join(_note(item, numbers[item.get("id", "")]) for item in last)
        root.remove(last)
    return "".join(_written(child) for child in root), f"<hr>{notes}" if notes else ""


def _lower_headings(root: ET.Element) -> None:
    """Where several headings are of the first level, they are no headlines: those below them go
    one lower, as the first ones will."""
    if len(list(root.iter("h1"))) > 1:
        for heading in [one for one in root.iter() if one.tag in LOWER]:
            heading.tag = LOWER[heading.tag]


def _note(item: ET.Element, number: str) -> str:
    """A note as paragraphs, the first opened by its number, which leads back to the text."""
    for parent in item.iter():
        for link in list(parent):
            if link.tag == "a" and link.get("href", "").partition("-ref-")[0] in (
                "#footnote",
                "#endnote",
            ):
                parent.remove(link)
    back = f'<a href="#fnref{number}" id="fn{number}">{number}</a> '
    written = "".join(_written(child) for child in item)
    return (
        written.replace("<p>", f"<p>{back}", 1) if "<p>" in written else f"<p>{back}{written}</p>"
    )


def _written(element: ET.Element) -> str:
    tail = escape(element.tail or "", quote=False)
    element.tail = None
    return ET.tostring(element, encoding="unicode", method="html") + tail
