"""Builds a tree of rich text that keeps to the table of elements, whatever comes in.

Paragraphs stand at the top, items only in lists, cells only in rows, marks only around text; no
element is empty but the place of a picture, depth and number are bounded, and what is built from
its own output is the same.
"""

import re
from collections.abc import Iterable, Mapping

from releases.elements import ELEMENTS, NBSP, Mark, Node, Role, allowed, is_block

LINES = ("paragraph", "heading", "caption")  # hold text and marks only
FLOWS = ("item", "cell")  # hold a line of text, or blocks

MAX_ELEMENTS = 30_000  # a press release has some hundred; beyond this, text goes on without markup
MAX_DEPTH = 40  # open blocks: a list in a table in a list is eight
MAX_REOPENED = 20  # a link left open must not be repeated, address and all, in every paragraph

SPACES = " \t\n\r\f\v\xa0"
SQUEEZED = re.compile(r"[ \t\n\r\f\v\xa0]{2,}|[\t\n\r\f\v]")
#: A name is not parted from what stands before it (releases/typography.py).
TITLES = (
    "Dr.", "Dra.", "Gen.", "Gov.", "Ing.", "Lic.", "Mr.", "Mrs.", "Ms.", "Prof.", "Profa.", "Rep.",
    "Sen.", "Sr.", "Sra.", "Srta.",
)  # fmt: skip
# A no-break space keeps its meaning beside a figure or French punctuation, and after a title or an
# initial; elsewhere it is debris.
IDLE_NBSP = re.compile(
    r"\xa0(?<![0-9«]\xa0)(?<![A-ZÀ-ÖØ-Þ]\.\xa0)"
    + "".join(rf"(?<!{re.escape(title)}\xa0)" for title in TITLES)
    + r"(?![0-9»;:!?%€$])"
)
LONGEST_TITLE = max(map(len, TITLES))


class Builder:
    """Builds a tree that keeps to the table, whatever comes in. All steps are linear in time."""

    def __init__(self) -> None:
        self.root = Node("")
        self._stack = [self.root]
        self._count = 0
        self._ids: set[str] = set()
        self._pictures: set[str] = set()
        self._fresh()

    def _fresh(self, apart: bool = False) -> None:
        """Begin a line: nothing written, no mark open, no space waiting."""
        self._inline: list[tuple[Node, Mark]] = []
        self._space, self._breaks, self._last, self._apart = "", 0, "", apart

    @property
    def full(self) -> bool:
        """Whether the bound on elements is reached: from here on there is only text."""
        return self._count >= MAX_ELEMENTS

    def fill(self) -> None:
        """Go on without markup from here, as if the bound on elements were reached."""
        self._count = MAX_ELEMENTS

    @property
    def top(self) -> Node:
        """The innermost open block."""
        return self._stack[-1]

    # -- blocks

    def open(self, tag: str, attrs: Mapping[str, str]) -> Node | None:
        """Open a block where it may stand, closing what must end; None if it may not stand here."""
        if self.full or not self._place(tag):
            self.boundary()
            return None
        if tag == "thead" and any(node.tag == "tbody" for node in self.top.nodes()):
            tag = "tbody"
        return self._push(tag, allowed(tag, attrs))

    def close(self, node: Node) -> None:
        """Close ``node`` and all in it, unless something else has closed it before."""
        while node.open and not self.full:
            self._pop()

    def boundary(self) -> None:
        """End the paragraph. In a heading, or when full, a space must do."""
        if self.full or self.top.role in ("heading", "caption"):
            self._space = " "
        elif self.top.role == "paragraph":
            self._pop()
        else:
            self._fresh(apart=True)

    def rule(self) -> None:
        """Draw a line between two parts of the text; inside lists and tables, end the paragraph."""
        self.boundary()
        top = self.top
        last = next(reversed(top.children), "")
        if self.full or top.role not in ("root", "quote") or getattr(last, "tag", "") == "hr":
            return
        self._count += 1
        top.children.append(Node("hr"))

    def figure(self, attrs: Mapping[str, str]) -> None:
        """Place a picture between two blocks of the top; inside others, end the paragraph.

        One picture has one place: the first.
        """
        self.boundary()
        kept = allowed("figure", attrs)
        key = kept.get("data-picture", "")
        if self.full or self.top.role != "root" or not key or key in self._pictures:
            return
        self._pictures.add(key)
        self._count += 1
        self.top.children.append(Node("figure", kept))

    def finish(self) -> Node:
        """Close everything; the root of the tree."""
        while len(self._stack) > 1:
            self._pop()
        return self.root

    def _place(self, tag: str) -> bool:
        role = ELEMENTS[tag].role
        if role == "item":
            return self._close_to(("list",), ("cell", "quote"))
        if role in ("caption", "section", "row", "cell"):
            return self._place_in_table(role)
        if role == "paragraph" and self.top.role in ("heading", "caption"):
            return False
        if role in ("quote", "list", "table") and len(self._stack) > MAX_DEPTH:
            return False
        return self._place_block(role)

    def _place_block(self, role: Role) -> bool:
        if self.top.role in LINES:
            self._pop()
        if role == "list" and self.top.role == "list" and not self._reopen_item():
            return False
        if role == "table":
            for node in self._stack:
                node.layout = node.tag == "table"
        self._to_flow()
        return True

    def _place_in_table(self, role: Role) -> bool:
        if role == "caption":
            return self.top.tag == "table" and not self.top.children
        above: dict[Role, tuple[Role, ...]]
        above = {"section": ("table",), "row": ("table", "section"), "cell": ("row",)}
        if not any(node.tag == "table" for node in self._stack):
            return False
        if not self._close_to(above[role], ("table",)):
            self._close_to(("table",), ())
        if role in ("row", "cell") and self.top.tag == "table":
            self._push("tbody")
        if role == "cell" and self.top.role == "section":
            self._push("tr")
        return True

    def _close_to(self, roles: tuple[Role, ...], never_past: tuple[Role, ...]) -> bool:
        """Close blocks until one of ``roles`` is the innermost, if one is open within reach."""
        for node in reversed(self._stack):
            if node.role in roles:
                while self.top is not node:
                    self._pop()
                return True
            if node.role in never_past:
                return False
        return False

    def _reopen_item(self) -> bool:
        """A list straight in a list belongs to the item before it."""
        last = next(reversed(self.top.children), None)
        if not isinstance(last, Node):
            return False
        last.open = True
        self._stack.append(last)
        return True

    def _to_flow(self) -> None:
        """Open what is missing between a list or a table and its text."""
        missing = {"list": ("li",), "table": ("tbody", "tr", "td"), "section": ("tr", "td")}
        for tag in {**missing, "row": ("td",)}.get(self.top.role, ()):
            self._push(tag)

    def _push(self, tag: str, attrs: Mapping[str, str] | None = None) -> Node:
        node = Node(tag, dict(attrs or {}))
        self.top.children.append(node)
        self._stack.append(node)
        self._count += 1
        self._fresh()
        return node

    def _own(self, attrs: Mapping[str, str]) -> dict[str, str]:
        """The attributes, less an id that another element has."""
        kept = {k: v for k, v in attrs.items() if k != "id" or v not in self._ids}
        self._ids.update(v for k, v in kept.items() if k == "id")
        return kept

    def _pop(self) -> None:
        node = self._stack.pop()
        node.open = False
        if node.children and "id" in node.attrs:
            node.attrs = self._own(node.attrs)
        if node.role == "table":
            self.top.children[-1:] = _settled(node)
        elif not node.children and node.role != "cell":
            self.top.children.pop()
        elif node.role in FLOWS:
            _tighten(node)
        self._fresh(apart=bool(self.top.children))

    # -- text

    def text(self, data: str, marks: Iterable[Mark]) -> None:
        """Write plain text inside ``marks``, the outermost first. White space is collapsed."""
        body = data.strip(SPACES)
        if not body:
            self._space = _gap(self._space + data)
            return
        lead = len(data) - len(data.lstrip(SPACES))
        self._space = _gap(self._space + data[:lead])
        self._line()
        body = SQUEEZED.sub(" ", body)
        self._write(IDLE_NBSP.sub(" ", body) if NBSP in body else body, list(marks))
        self._space = _gap(data[lead:][len(data[lead:].rstrip(SPACES)) :])

    def line_break(self) -> None:
        """Break the line; two breaks end a paragraph. Breaks at either end of a block vanish."""
        if self.full:
            self._space = " "
        elif self._last:
            self._breaks += 1
            self._space = ""

    def _line(self) -> None:
        """Make sure that the innermost block takes text."""
        waiting = self._space
        self._to_flow()
        children = self.top.children
        apart = self._apart or bool(children and is_block(children[-1]))
        if self.top.role in ("root", "quote") or (self.top.role in FLOWS and apart):
            self._push("p")
        self._space = waiting

    def _write(self, body: str, marks: list[Mark]) -> None:
        if self._breaks > 1 and self.top.role == "paragraph":
            attrs = self.top.attrs
            self._pop()
            self._push("p", attrs)
        marks = [] if self.full else marks
        shared = self._shared(marks)
        del self._inline[shared:]
        self._separate(body)
        for mark in marks[shared:]:
            self._begin(mark)
        self._here().append(body)
        self._last = body[-LONGEST_TITLE:]

    def _shared(self, marks: list[Mark]) -> int:
        """How many of the open inline elements go on for ``marks``."""
        shared = 0
        for (_, begun), mark in zip(self._inline, marks, strict=False):
            if (begun.tag, begun.attrs) != (mark.tag, mark.attrs):
                break
            shared += 1
        return shared

    def _separate(self, body: str) -> None:
        """Put the waiting break or space before ``body``, outside the marks that begin or end."""
        if self._breaks and self._last:
            self._here().append(Node("br"))
            self._count += 1
        elif self._space and self._last:
            idle = IDLE_NBSP.search(self._last + NBSP + body[0])
            self._here().append(" " if idle else self._space)
        self._breaks = 0

    def _begin(self, mark: Mark) -> None:
        mark.opened += 1
        if self.full or (mark.tag == "a" and mark.opened > MAX_REOPENED):
            return
        node = Node(mark.tag, self._own(mark.attrs))
        self._here().append(node)
        self._inline.append((node, mark))
        self._count += 1

    def _here(self) -> list[Node | str]:
        return self._inline[-1][0].children if self._inline else self.top.children


def _gap(space: str) -> str:
    """What a run of white space comes to: nothing, a no-break space alone, or a space."""
    return space if space in ("", NBSP) else " "


def _tighten(node: Node) -> None:
    """Take the paragraph off an item or cell that has but one, lists aside."""
    match node.children:
        case [Node(tag="p", attrs={}) as first, *rest] if not first.attrs:
            if not rest or (isinstance(rest[0], Node) and rest[0].role == "list"):
                node.children[:1] = first.children


def _settled(table: Node) -> list[Node]:
    """A closed table as it may stand: itself, or its text if it is empty or only for layout."""
    rows = [
        row for section in table.nodes() if section.role == "section" for row in section.nodes()
    ]
    cells = [cell for row in rows for cell in row.nodes()]
    if not table.layout and len(cells) > 1 and any(cell.children for cell in cells):
        return [table]
    captions = [
        block for node in table.nodes() if node.role == "caption" for block in _blocks(node)
    ]
    return captions + [block for cell in cells for block in _blocks(cell)]


def _blocks(parent: Node) -> list[Node]:
    """The children of ``parent`` as blocks: runs of text become paragraphs."""
    blocks: list[Node] = []
    run: Node | None = None
    for child in parent.children:
        if isinstance(child, Node) and is_block(child):
            blocks.append(child)
            run = None
        elif run is None:
            run = Node("p", {}, [child])
            blocks.append(run)
        else:
            run.children.append(child)
    return blocks
