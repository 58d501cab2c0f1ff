"""Writes rich text as Markdown that ``from_markdown`` reads back to the very same text.

What Markdown has no sign for (a language, a merged cell, a raised figure) stands in it as HTML,
which is Markdown, too. Each text is read back; only where that shows a difference is it written
with more care: marks as tags, then every sign escaped, at last the block as HTML.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from releases.elements import Node, is_block, serialise, start_tag
from releases.html import clean_source, tree
from releases.markdown.reader import from_markdown

ESCAPED = r"\\\1"
PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
#: Signs that mean something where they stand. `\w` without `_` is written `[^\W_]`.
SIGNS = re.compile(
    r"(\\(?=[!-/:-@\[-`{-~]|\Z)|\*|(?<![^\W_])_|_(?![^\W_])|\[(?=\^)|\](?=\(|\Z)"
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;))"
)
LINE_STARTS = re.compile(r"^([+-](?=[\s-]|$)|>|#(?=#{0,5}(?:\s|$)))", re.M)
NUMBER_STARTS = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)", re.M)
LAST_SIGNS = re.compile(r"(?<= )(#+)$")
PLAIN_ADDRESS = re.compile(r"(?:[^\s()<>\\&]|&(?!#?\w+;))+")
ADDRESS_SIGNS = re.compile(r"([<>]|\\(?=[!-/:-@\[-`{-~])|&(?=#?\w+;))")
AUTOLINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*")
NOTE_NUMBER = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True)
class Manner:
    """How much care is taken: marks as signs or as tags, signs escaped where needed or always."""

    stars: bool
    every_sign: bool = False


LIGHT = Manner(stars=True)
MANNERS = (LIGHT, Manner(stars=False), Manner(stars=False, every_sign=True))


def to_markdown(markup: str) -> str:
    """The text as Markdown. ``from_markdown(to_markdown(x)) == clean_source(x)`` for every ``x``.

    Takes any ``str`` and never raises; no line ends at a fixed width.
    """
    whole, root = clean_source(markup), tree(markup)
    text = _blocks(root.children, LIGHT)
    if from_markdown(text) == whole:
        return text
    text = "\n\n".join(_careful(node, turned) for node, turned in _turned(root.children))
    return text if from_markdown(text) == whole else "\n\n".join(map(_raw, root.children))


def _careful(node: Node | str, turned: bool) -> str:
    """One block in the lightest manner that brings it back, or as HTML."""
    wanted = _raw(node)
    written = (_block(node, manner, turned) for manner in MANNERS)
    return next((text for text in written if from_markdown(text) == wanted), wanted)


def _raw(node: Node | str) -> str:
    return serialise(Node("", {}, [node]))


def _turned(children: Sequence[Node | str]) -> list[tuple[Node | str, bool]]:
    """The blocks, each with whether it takes the other bullet: a list right after its like."""
    found: list[tuple[Node | str, bool]] = []
    for former, child in pairwise(["", *children]):
        after_its_like = (
            isinstance(former, Node)
            and isinstance(child, Node)
            and child.role == "list"
            and former.tag == child.tag
        )
        found.append((child, after_its_like and not found[-1][1]))
    return found


def _blocks(children: Sequence[Node | str], manner: Manner) -> str:
    return "\n\n".join(_block(child, manner, turned) for child, turned in _turned(children))


def _block(node: Node | str, manner: Manner, turned: bool) -> str:
    if isinstance(node, str) or node.attrs.keys() - {"start"}:
        return _raw(node)
    match node.role:
        case "paragraph":
            return _paragraph(node.children, manner)
        case "heading":
            text = _inline(node.children, manner, "<br>")
            return "#" * int(node.tag[1]) + " " + LAST_SIGNS.sub(ESCAPED, text)
        case "quote":
            return _indented(_blocks(node.children, manner), "> ", "> ")
        case "list" if not any(item.attrs for item in node.nodes()):
            return _list(node, manner, turned)
        case "table" if _is_plain(node):
            return _table(node, manner)
        case "rule":
            return "---"
        case _:
            return _raw(node)


def _paragraph(children: Sequence[Node | str], manner: Manner) -> str:
    text = LINE_STARTS.sub(ESCAPED, _inline(children, manner, "\\\n"))
    return NUMBER_STARTS.sub(r"\1\\\2", text)


def _list(node: Node, manner: Manner, turned: bool) -> str:
    bullet, point = ("*", ")") if turned else ("-", ".")
    items = []
    for number, item in enumerate(node.nodes(), start=node.first):
        marker = f"{number}{point} " if node.tag == "ol" else f"{bullet} "
        items.append(_indented(_item(item, manner), marker, " " * len(marker)))
    return "\n".join(items)


def _item(item: Node, manner: Manner) -> str:
    """A line of text, then blocks; a list follows the line at once, unless its first number is
    not 1: after a line, that would be a part of it."""
    first = next((n for n, child in enumerate(item.children) if is_block(child)), None)
    line = item.children[:first]
    rest = item.children[len(line) :]
    parts = [_paragraph(line, manner)] if line else []
    parts += [_blocks(rest, manner)] if rest else []
    match rest:
        case [Node(role="list") as inner, *_]:
            tight = "start" not in inner.attrs
        case _:
            tight = False
    return ("\n" if tight else "\n\n").join(parts)


def _indented(text: str, first: str, others: str) -> str:
    """``text`` with ``first`` before its first line, ``others`` before the rest."""
    lines = [(others + line).rstrip(" ") for line in text.split("\n")]
    return first + "\n".join(lines)[len(others) :]


def _is_plain(table: Node) -> bool:
    """Whether pipes can show the table: one row of heads at most, no merged cells, no blocks."""
    sections = list(table.nodes())
    rows = [row for section in sections for row in section.nodes()]
    heads = [cell for row in rows for cell in row.nodes() if cell.tag == "th"]
    has_head = sections[0].tag == "thead"
    return (
        [section.tag for section in sections] == ["thead"] * has_head + ["tbody"]
        and len({len(row.children) for row in rows}) == 1
        and heads == (list(rows[0].nodes()) if has_head else [])
        and (not has_head or (len(list(sections[0].nodes())) == 1 and _says(heads)))
        and all(_is_plain_cell(cell) for row in rows for cell in row.nodes())
    )


def _says(heads: Sequence[Node]) -> bool:
    return any(head.children for head in heads)


def _is_plain_cell(cell: Node) -> bool:
    wanted = {"scope": "col"} if cell.tag == "th" else {}
    return cell.attrs == wanted and not any(is_block(child) for child in cell.children)


def _table(table: Node, manner: Manner) -> str:
    rows = [[_cell(cell, manner) for cell in row.nodes()] for part in table.nodes()
            for row in part.nodes()]  # fmt: skip
    if next(table.nodes()).tag == "tbody":
        rows.insert(0, [""] * len(rows[0]))
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Node, manner: Manner) -> str:
    return _inline(cell.children, manner, "<br>").replace("|", r"\|")


def _inline(children: Sequence[Node | str], manner: Manner, line_break: str) -> str:
    """Running text. A footnote's way back stands only at its start."""
    pieces = []
    for position, child in enumerate(children):
        following = children[position + 1] if position + 1 < len(children) else ""
        if position == 0 and _note_of(child, "#fnref", "fn") and str(following).startswith(" "):
            pieces.append(f"[^{_text(child)}]:")
        else:
            pieces.append(_piece(child, manner, line_break))
    return "".join(pieces)


def _piece(child: Node | str, manner: Manner, line_break: str, within: str = "") -> str:
    if isinstance(child, str):
        pattern = PUNCTUATION if manner.every_sign else SIGNS
        return pattern.sub(ESCAPED, child)
    if child.tag == "br":
        return line_break
    raised = child.children if child.tag == "sup" else []
    if len(raised) == 1 and _note_of(raised[0], "#fn", "fnref"):
        return f"[^{_text(raised[0])}]"
    inner = "".join(_piece(one, manner, line_break, child.tag) for one in child.children)
    if child.tag == "a" and "id" not in child.attrs:
        return _link(child, inner)
    sign = {"strong": "**", "em": "_" if within == "strong" else "*"}.get(child.tag, "")
    if sign and manner.stars:
        return f"{sign}{inner}{sign}"
    return f"{start_tag(child)}{inner}</{child.tag}>"


def _note_of(child: Node | str, to: str, own: str) -> bool:
    """Whether this is the link that `[^1]` stands for."""
    number = _text(child)
    return (
        isinstance(child, Node)
        and bool(NOTE_NUMBER.fullmatch(number))
        and child.attrs == {"href": f"{to}{number}", "id": f"{own}{number}"}
    )


def _text(child: Node | str) -> str:
    """The only text in an element, '' where it holds more or other."""
    only = child.children if isinstance(child, Node) else []
    return only[0] if len(only) == 1 and isinstance(only[0], str) else ""


def _link(link: Node, inner: str) -> str:
    href, title = link.attrs["href"], link.attrs.get("title", "")
    if _text(link) == href and not title and AUTOLINK.fullmatch(href):
        return f"<{href}>"
    if not PLAIN_ADDRESS.fullmatch(href):
        href = f"<{ADDRESS_SIGNS.sub(ESCAPED, href)}>"
    said = f' "{PUNCTUATION.sub(ESCAPED, title)}"' if title else ""
    return f"[{inner}]({href}{said})"
