"""The elements that rich text may hold, and the tree they stand in.

``ELEMENTS`` is the one table: the editor's toolbar, the allowlist and every writer follow from it.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "root", "paragraph", "heading", "quote", "list", "item", "table", "caption", "section", "row",
    "cell", "rule", "figure", "break", "mark", "link",
]  # fmt: skip


@dataclass(frozen=True)
class Element:
    """What an element is for (the writers go by it), and which attribute values it may carry."""

    role: Role
    attributes: Mapping[str, re.Pattern[str]] = field(default_factory=dict)


LANGUAGE = {"lang": re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")}  # BCP 47, the usual part
NOTE = {"id": re.compile(r"fn(ref)?[0-9]{1,4}")}
PICTURE = {"data-picture": re.compile(r"[A-Za-z0-9_-]{22}")}
SPAN = re.compile(r"[2-9]|[1-9][0-9]{1,2}")
START = {"start": re.compile(r"[2-9]|[1-9][0-9]{1,3}")}
SPANS = {"colspan": SPAN, "rowspan": SPAN}
SCOPE = {"scope": re.compile(r"(row|col)(group)?")}
LINK = {
    # RFC 3986: one of four schemes, or a reference without one; at most 4096 characters.
    "href": re.compile(r"(?=.{1,4096}\Z)((https?|mailto|tel):\S|[^\s:/?#]*([/?#]|\Z)).*", re.I),
    "title": re.compile(r"(?=.*\S).{1,500}"),
}

ELEMENTS: Mapping[str, Element] = {
    "p": Element("paragraph", LANGUAGE | NOTE),
    "h2": Element("heading", LANGUAGE),
    "h3": Element("heading", LANGUAGE),
    "h4": Element("heading", LANGUAGE),
    "blockquote": Element("quote", LANGUAGE),
    "ul": Element("list", LANGUAGE),
    "ol": Element("list", LANGUAGE | START),
    "li": Element("item", LANGUAGE | NOTE),
    "table": Element("table", LANGUAGE),
    "caption": Element("caption", LANGUAGE),
    "thead": Element("section"),
    "tbody": Element("section"),
    "tr": Element("row"),
    "th": Element("cell", LANGUAGE | SPANS | SCOPE),
    "td": Element("cell", LANGUAGE | SPANS),
    "hr": Element("rule"),
    # The place of a picture, by the key of its file: what stands there is the release's own.
    "figure": Element("figure", PICTURE),
    "br": Element("break"),
    "strong": Element("mark"),
    "em": Element("mark"),
    "sub": Element("mark"),
    "sup": Element("mark"),
    "span": Element("mark", LANGUAGE),
    "a": Element("link", LINK | NOTE),
}

INLINE = ("break", "mark", "link")

NBSP = "\xa0"


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tree: ``children`` are nodes and strings of plain (unescaped) text."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)
    open: bool = True
    layout: bool = False  # a table that holds another table only places things on a page

    @property
    def role(self) -> Role:
        """What the element is for."""
        return ELEMENTS[self.tag].role if self.tag else "root"

    @property
    def first(self) -> int:
        """The number of a list's first item."""
        return int(self.attrs.get("start", "1"))

    def nodes(self) -> "Iterator[Node]":
        """The children that are elements."""
        return (child for child in self.children if isinstance(child, Node))


@dataclass(slots=True, eq=False)
class Mark:
    """Emphasis, a language or a link that the coming text stands in."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    opened: int = 0


def allowed(tag: str, attrs: Mapping[str, str]) -> dict[str, str]:
    """The attributes of ``attrs`` whose names and values the table allows on ``tag``."""
    rules = ELEMENTS[tag].attributes
    return {k: v for k, v in attrs.items() if k in rules and rules[k].fullmatch(v)}


def is_block(child: "Node | str") -> bool:
    """Whether ``child`` starts a line of its own."""
    return isinstance(child, Node) and child.role not in INLINE


def serialise(root: Node) -> str:
    """The tree as HTML, blocks of the top level on lines of their own (WHATWG HTML, 13.3)."""
    return "\n".join(_written(child) for child in root.children)


def start_tag(node: Node) -> str:
    """An element's start tag, its attributes in the order of their names."""
    values = "".join(f' {name}="{_quoted(value)}"' for name, value in sorted(node.attrs.items()))
    return f"<{node.tag}{values}>"


def _written(child: Node | str) -> str:
    pieces: list[str] = []
    _write(child, pieces)
    return "".join(pieces)


def _write(child: Node | str, pieces: list[str]) -> None:
    if isinstance(child, str):
        pieces.append(html.escape(child, quote=False).replace(NBSP, "&nbsp;"))
        return
    pieces.append(start_tag(child))
    if child.tag not in ("hr", "br"):
        for inner in child.children:
            _write(inner, pieces)
        pieces.append(f"</{child.tag}>")


def _quoted(value: str) -> str:
    return html.escape(value, quote=False).replace('"', "&quot;").replace(NBSP, "&nbsp;")
