"""The numbers that Word shows before the items of its lists (ECMA-376, part 1, 17.9).

A Word file holds no lists, only paragraphs that count, each in a list and at a level. A list that
goes on after a paragraph between goes on counting; mammoth begins again at 1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree import ElementTree as ET

from releases.importers.package import Package
from releases.importers.tracked import W

MARK: Final = "_release-number-"
UNNUMBERED: Final = ("bullet", "none")
Level = tuple[str, int]  # a list and how deep in it
Tree = ET.Element | None


def mark_numbers(package: Package, tree: ET.Element) -> None:
    """Put a bookmark into each paragraph of `tree` whose number is not 1; its name says it."""
    counter = _counter(package.tree("word/numbering.xml"))
    styles = _styles(package.tree("word/styles.xml"))
    for paragraph in tree.iter(f"{W}p"):
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            continue
        style = _value(properties, "pStyle")
        own, depth = _place(properties)
        named, named_depth = styles.get(style, ("", ""))
        number = counter.next(own or named, _whole(depth or named_depth, 0))
        if number > 1:
            mark = ET.Element(f"{W}bookmarkStart", {f"{W}id": "0", f"{W}name": f"{MARK}{number}"})
            paragraph.insert(1, mark)


def number_lists(root: ET.Element) -> None:
    """Give each numbered list of mammoth's HTML the number that its first item is marked with."""
    for numbered in root.iter("ol"):
        item = numbered.find("li")
        marks = [] if item is None else [*item.findall("a"), *item.findall("p/a")]
        for mark in marks:
            name = mark.get("id", "")
            if name.startswith(MARK):
                numbered.set("start", name.removeprefix(MARK))
                break


@dataclass
class _Counter:
    """Counts as Word does: lists of one kind go on with each other, inner ones begin again."""

    kinds: Mapping[str, str]  # by list
    firsts: Mapping[Level, int]  # of the numbered levels of each kind
    overrides: Mapping[Level, int]  # where a list begins, whatever came before it
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def next(self, key: str, depth: int) -> int:
        """The number of the next item; 0 where none is shown."""
        kind = self.kinds.get(key, "")
        counts = self.counts.setdefault(kind, {})
        if key not in self.begun:
            self.begun.add(key)
            own = {at: first for (of, at), first in self.overrides.items() if of == key}
            counts.update({at: first - 1 for at, first in own.items()})
        first = self.firsts.get((kind, depth))
        for deeper in [at for at in counts if at > depth]:
            del counts[deeper]
        if first is None:
            return 0
        counts[depth] = counts.get(depth, first - 1) + 1
        return counts[depth]


def _counter(numbering: Tree) -> _Counter:
    if numbering is None:
        return _Counter({}, {}, {})
    kinds = {key: _value(one, "abstractNumId") for key, one in _each(numbering, "num", "numId")}
    firsts = {
        (kind, _whole(depth, 0)): _whole(_value(level, "start"), 1)
        for kind, one in _each(numbering, "abstractNum", "abstractNumId")
        for depth, level in _each(one, "lvl", "ilvl")
        if _value(level, "numFmt") not in UNNUMBERED
    }
    overrides = {
        (key, _whole(depth, 0)): _whole(_value(level, "startOverride"), 1)
        for key, one in _each(numbering, "num", "numId")
        for depth, level in _each(one, "lvlOverride", "ilvl")
        if level.find(f"{W}startOverride") is not None
    }
    return _Counter(kinds, firsts, overrides)


def _styles(styles: Tree) -> dict[str, tuple[str, str]]:
    """The list and the level that paragraphs of a style are in."""
    found = {} if styles is None else dict(_each(styles, "style", "styleId"))
    places = {key: one.find(f"{W}pPr") for key, one in found.items()}
    return {key: _place(one) for key, one in places.items() if one is not None}


def _place(properties: ET.Element) -> tuple[str, str]:
    """The list and the level that paragraph properties name; "" where they name none."""
    place = properties.find(f"{W}numPr")
    if place is None:
        return "", ""
    return _value(place, "numId"), _value(place, "ilvl")


def _each(parent: ET.Element, name: str, key: str) -> Iterator[tuple[str, ET.Element]]:
    return ((one.get(f"{W}{key}", ""), one) for one in parent.findall(f"{W}{name}"))


def _value(parent: ET.Element, name: str) -> str:
    """What the child `name` says; "" where there is none."""
    child = parent.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val", "")


def _whole(written: str, otherwise: int) -> int:
    return int(written) if written.isdecimal() and len(written) < 7 else otherwise
