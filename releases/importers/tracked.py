"""Tracked changes of a Word file (ECMA-376, part 1, 17.13.5): found, and settled as decided.

A change that nobody has decided on is neither old nor new text: only a person can say which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from releases.importers import Change

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CONTEXT: Final = 60  # characters shown before and behind a change

ADDED: Final = {f"{W}ins", f"{W}moveTo"}
TAKEN: Final = {f"{W}del", f"{W}moveFrom"}
MOVES: Final = {f"{W}moveTo", f"{W}moveFrom"}
CHANGES: Final = ADDED | TAKEN


@dataclass(frozen=True)
class _Found:
    element: ET.Element
    parent: ET.Element
    key: str


def find_changes(tree: ET.Element, prefix: str) -> list[Change]:
    """The undecided changes of one part in their order; all moves of a part are one change.

    Keys begin with `prefix`. Insertions within insertions are changes of their own.
    """
    parents = _parents(tree)
    texts: dict[ET.Element, _Text] = {}
    changes: dict[str, Change] = {}
    for found in _found(tree, prefix):
        if found.key not in changes:
            block = _block(found.element, parents)
            text = texts.get(block) or texts.setdefault(block, _text(block))
            changes[found.key] = _change(found, text)
    return list(changes.values())


def settle(tree: ET.Element, prefix: str, accepted: Mapping[str, bool]) -> None:
    """Write every change into the text as `accepted` says by key; one not named is accepted."""
    parents = _parents(tree)
    for found in reversed(list(_found(tree, prefix))):  # inner ones before those around them
        keep = (found.element.tag in ADDED) == accepted.get(found.key, True)
        _settle(found, keep, parents)


def _parents(tree: ET.Element) -> dict[ET.Element, ET.Element]:
    return {child: parent for parent in tree.iter() for child in parent}


def _block(element: ET.Element, parents: Mapping[ET.Element, ET.Element]) -> ET.Element:
    """The paragraph around an element, or else the outermost element."""
    while element in parents and element.tag != f"{W}p":
        element = parents[element]
    return element


def _found(tree: ET.Element, prefix: str) -> list[_Found]:
    found: list[_Found] = []
    for parent in tree.iter():
        for child in parent:
            if child.tag in CHANGES:
                key = f"{prefix}move" if child.tag in MOVES else f"{prefix}{len(found)}"
                found.append(_Found(child, parent, key))
    return found


@dataclass(frozen=True)
class _Text:
    """The texts of a paragraph in their order, and where each stands among them."""

    whole: bool
    pieces: list[ET.Element]
    places: Mapping[ET.Element, int]


def _text(block: ET.Element) -> _Text:
    pieces = [one for one in block.iter() if one.tag in (f"{W}t", f"{W}delText")]
    places = {piece: place for place, piece in enumerate(pieces)}
    return _Text(block.tag == f"{W}p", pieces, places)


def _change(found: _Found, text: _Text) -> Change:
    element, tag = found.element, found.element.tag
    kind = "moved" if tag in MOVES else "inserted" if tag in ADDED else "deleted"
    before, after = _around(text, element)
    return Change(
        found.key,
        kind,
        words(element),
        _end(before),
        _start(after),
        element.get(f"{W}author", ""),
        element.get(f"{W}date", "")[:10],
    )


def _around(text: _Text, element: ET.Element) -> tuple[str, str]:
    """The words of a paragraph before and behind an element; a mark of its end has all before.

    No more than is shown, so that a thousand changes in one paragraph take no longer than in many.
    """
    places = [text.places[one] for one in element.iter() if one in text.places]
    inside = places if text.whole else []
    first, last = (inside[0], inside[-1]) if inside else (len(text.pieces), len(text.pieces))
    before = _up_to(text.pieces[at] for at in range(first - 1, -1, -1))
    after = _up_to(text.pieces[at] for at in range(last + 1, len(text.pieces)))
    return "".join(reversed(before)), "".join(after)


def _up_to(pieces: Iterable[ET.Element]) -> list[str]:
    """The texts of pieces, until there are more characters than are shown."""
    texts: list[str] = []
    length = 0
    for piece in pieces:
        if length > CONTEXT:
            break
        texts.append(piece.text or "")
        length += len(texts[-1])
    return texts


def _start(text: str) -> str:
    """The beginning of a text, cut at a word."""
    return text if len(text) <= CONTEXT else text[:CONTEXT].rpartition(" ")[0] + " …"


def _end(text: str) -> str:
    """The end of a text, cut at a word."""
    return text if len(text) <= CONTEXT else "… " + text[-CONTEXT:].partition(" ")[2]


def words(element: ET.Element) -> str:
    """The text in an element, deleted text too; tabs and line breaks are spaces."""
    pieces = []
    for one in element.iter():
        if one.tag in (f"{W}t", f"{W}delText"):
            pieces.append(one.text or "")
        elif one.tag in (f"{W}tab", f"{W}br", f"{W}cr", f"{W}p"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def _settle(found: _Found, keep: bool, parents: dict[ET.Element, ET.Element]) -> None:
    parent, element = found.parent, found.element
    if parent.tag == f"{W}trPr":
        parent.remove(element)
        row = parents[parent]
        if not keep and row in parents[row]:
            parents[row].remove(row)
    elif parent.tag == f"{W}rPr":
        parent.remove(element)
        if not keep:
            _join(_block(parent, parents), parents)
    elif keep:
        at = list(parent).index(element)
        for deleted in element.iter(f"{W}delText"):
            deleted.tag = f"{W}t"
        parents.update(dict.fromkeys(element, parent))
        parent[at : at + 1] = list(element)
    else:
        parent.remove(element)


def _join(paragraph: ET.Element, parents: dict[ET.Element, ET.Element]) -> None:
    """Put the words of the next paragraph behind those of the one whose end is gone."""
    around = parents[paragraph]
    at = list(around).index(paragraph) + 1
    if at < len(around) and around[at].tag == f"{W}p":
        moved = [one for one in around[at] if one.tag != f"{W}pPr"]
        parents.update(dict.fromkeys(moved, paragraph))
        paragraph.extend(moved)
        around.remove(around[at])
