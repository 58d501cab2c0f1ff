"""Tracked changes of a Word file (ECMA-376, part 1, 17.13.5): found, and settled as decided.

A change that nobody has decided on is neither old nor new text: only a person can say which.
"""

from collections.abc import Mapping
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
    parents = {child: parent for parent in tree.iter() for child in parent}
    changes: dict[str, Change] = {}
    for found in _found(tree, prefix):
        changes.setdefault(found.key, _change(found, parents))
    return list(changes.values())


def settle(tree: ET.Element, prefix: str, accepted: Mapping[str, bool]) -> None:
    """Write every change into the text as `accepted` says by key; one not named is accepted."""
    for found in reversed(list(_found(tree, prefix))):  # inner ones before those around them
        keep = (found.element.tag in ADDED) == accepted.get(found.key, True)
        _settle(found, keep, tree)


def _found(tree: ET.Element, prefix: str) -> list[_Found]:
    found: list[_Found] = []
    for parent in tree.iter():
        for child in parent:
            if child.tag in CHANGES:
                key = f"{prefix}move" if child.tag in MOVES else f"{prefix}{len(found)}"
                found.append(_Found(child, parent, key))
    return found


def _change(found: _Found, parents: Mapping[ET.Element, ET.Element]) -> Change:
    element, tag = found.element, found.element.tag
    kind = "moved" if tag in MOVES else "inserted" if tag in ADDED else "deleted"
    block = element
    while block in parents and block.tag != f"{W}p":
        block = parents[block]
    before, after = _around(block, element)
    return Change(
        found.key,
        kind,
        words(element),
        _end(before),
        _start(after),
        element.get(f"{W}author", ""),
        element.get(f"{W}date", "")[:10],
    )


def _around(block: ET.Element, element: ET.Element) -> tuple[str, str]:
    """The words of a paragraph before and behind an element; a mark of its end has all before."""
    whole = list(block.iter())
    inside = set(element.iter())
    pieces = [one for one in whole if one.tag in (f"{W}t", f"{W}delText")]
    if block.tag != f"{W}p" or not inside.intersection(pieces):
        return "".join(one.text or "" for one in pieces), ""
    first = next(i for i, one in enumerate(pieces) if one in inside)
    before = "".join(one.text or "" for one in pieces[:first])
    return before, "".join(one.text or "" for one in pieces[first:] if one not in inside)


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


def _settle(found: _Found, keep: bool, tree: ET.Element) -> None:
    parent, element = found.parent, found.element
    if parent.tag == f"{W}trPr":
        parent.remove(element)
        if not keep:
            _remove(tree, parent, f"{W}tr")
    elif parent.tag == f"{W}rPr":
        parent.remove(element)
        if not keep:
            _join(tree, parent)
    elif keep:
        at = list(parent).index(element)
        for deleted in element.iter(f"{W}delText"):
            deleted.tag = f"{W}t"
        parent[at : at + 1] = list(element)
    else:
        parent.remove(element)


def _remove(tree: ET.Element, inner: ET.Element, tag: str) -> None:
    """Take the element `tag` around `inner` out of the tree."""
    for parent in tree.iter():
        for child in parent:
            if child.tag == tag and inner in list(child):
                parent.remove(child)
                return


def _join(tree: ET.Element, mark: ET.Element) -> None:
    """Put the words of the next paragraph behind those of the one whose end is gone."""
    for parent in tree.iter():
        children = list(parent)
        for at, child in enumerate(children[:-1]):
            properties = child.find(f"{W}pPr")
            if child.tag == f"{W}p" and properties is not None and mark in list(properties):
                if children[at + 1].tag == f"{W}p":
                    child.extend(one for one in children[at + 1] if one.tag != f"{W}pPr")
                    parent.remove(children[at + 1])
                return
