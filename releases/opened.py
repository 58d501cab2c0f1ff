"""What is open while markup is read: elements, what they do to text, and Word's list items."""

import re
from dataclasses import dataclass

from releases.elements import Mark, Node

NUMBERED = re.compile(r"\s*\(?([0-9]{1,4}|[a-z]|[ivxlc]{1,7})[.)]", re.I)
FIGURE = re.compile(r"\s*\(?([0-9]{1,4})[.)]\s*")
BULLETS = ("o",)  # Word's second-level bullet is a letter of Courier New


@dataclass(slots=True, eq=False)
class Source:
    """An element that is open in the source, and what its end will undo."""

    tag: str
    depth: int
    block: bool
    open: bool = True
    skip: bool = False
    node: Node | None = None
    first: str = ""  # the number that a list begins with, as it says itself


@dataclass(slots=True, eq=False)
class Effect:
    """What an open element does to text: ``mark`` is on, or off where it is None."""

    owner: Source
    name: str
    mark: Mark | None


@dataclass(slots=True, eq=False)
class Item:
    """A list item that Word writes as a paragraph: which list, how deep, its bullet or number."""

    owner: Source
    key: str
    level: int
    tag: str = ""
    marker: str = ""
    node: Node | None = None
    first: str = ""

    def holds(self, item: "Item") -> bool:
        """Whether ``item`` goes into this one's list, or into a list in its last item."""
        same = (self.key, self.kind()) == (item.key, item.kind())
        return self.level < item.level or (self.level == item.level and same)

    def kind(self) -> str:
        """Ordered or not, by the marker."""
        marker = self.marker.strip()
        numbered = NUMBERED.match(marker) and marker not in BULLETS
        return self.tag or ("ol" if numbered else "ul")

    def start(self) -> str:
        """The number that a list begins with if this is its first item; "" where it shows none."""
        shown = FIGURE.fullmatch(self.marker)
        return shown[1] if shown else self.first
