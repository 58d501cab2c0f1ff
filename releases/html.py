"""The one door for rich text: typed, pasted, imported or stored, it passes ``clean``.

Nothing else in the project calls text safe. What may stand is the table ``ELEMENTS``.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import count

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from releases.elements import ELEMENTS, Element, Node, is_block, serialise
from releases.pasted import read

__all__ = [
    "ELEMENTS",
    "Element",
    "Node",
    "clean",
    "clean_source",
    "cut",
    "data_block",
    "excerpt",
    "in_pieces",
    "marked",
    "one_line",
    "paragraph_ends",
    "place",
    "plain_text",
    "tree",
    "with_dateline",
    "without_pictures",
    "words",
]

CACHED_LENGTH = 100_000  # characters; what is longer than any release is cleaned each time
ROUNDS = 4
RAISED = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
FIGURES = frozenset("0123456789+-=()")
# Control characters, surrogates and non-characters: XML 1.0 (5th ed.), 2.2.
NOT_TEXT = re.compile("[\x00-\x20\x7f\ud800-\udfff\ufffe\uffff]+")
#: A paragraph's start tag without an id: in clean text no other "<p" is followed by these.
PARAGRAPH = re.compile(r"<p((?: (?!id=)[^ >]+)*)>")
#: Any tag: in clean text each "<" begins one.
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-z0-9]+)[^>]*>")
RULE = "* * *"
FIGURE = re.compile(r'<figure data-picture="([^"]+)"></figure>\n?')
# What could end a script element or open another, and what older parsers take for line ends.
IN_SCRIPT = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
STAND_INS = {"&amp;": "\ufdd0", "&lt;": "\ufdd1", "&gt;": "\ufdd2", "&nbsp;": "\xa0"}


def clean(markup: str) -> SafeString:
    """Any markup as safe HTML that keeps to ``ELEMENTS``.

    Takes any ``str`` and never raises. Idempotent. Visible text is kept, save tracked deletions
    and reviewers' comments. Addresses are https, http, mailto, tel or relative (RFC 3986).
    """
    return _remembered(markup) if len(markup) <= CACHED_LENGTH else _cleaned(markup)


def clean_source(markup: str) -> str:
    """The clean text as an ordinary string, which a template escapes: for forms and storage."""
    return clean(markup)[:]


def tree(markup: str) -> Node:
    """The clean text as a tree for the writers of other formats; texts in it are not escaped."""
    return read(clean(markup))


def _cleaned(markup: str) -> SafeString:
    written = serialise(read(markup))
    for _ in range(ROUNDS):
        safe = _allowlisted(written)
        if safe == written:
            break
        written = serialise(read(safe))  # the allowlist took something: settle what is left
    return mark_safe(safe)  # noqa: S308 (the one place: it comes from the allowlist)


_remembered = lru_cache(maxsize=256)(_cleaned)


def _allowlisted(markup: str) -> str:
    """What nh3 leaves of ``markup``. Its time grows with the square of the character references
    in a text, so it sees one character that no text holds in the place of each."""
    for reference, stand_in in STAND_INS.items():
        markup = markup.replace(reference, stand_in)
    safe = nh3.clean(
        markup,
        tags=set(ELEMENTS),
        attributes={tag: set(element.attributes) for tag, element in ELEMENTS.items()},
        url_schemes={"https", "http", "mailto", "tel"},
        link_rel=None,  # no link opens a window of its own, so there is no opener to hide
    )
    for reference, stand_in in STAND_INS.items():
        safe = safe.replace(stand_in, reference)
    return safe.replace("\xa0", "&nbsp;")


def place(dateline: str) -> str:
    """The place that a dateline names, without the dash that the page puts after it."""
    return one_line(dateline).rstrip(" \xa0-‐–—―")


def with_dateline(markup: str, dateline: str) -> SafeString:
    """The clean text, its first paragraph opened by the place ("Washington DC —").

    ``dateline`` is plain text; an empty one changes nothing. A body that opens with anything but
    a paragraph gets one before it. The places of pictures are left out.
    """
    return mark_safe("".join(text for _key, text in in_pieces(markup, dateline)))  # noqa: S308


def without_pictures(markup: str) -> str:
    """The clean text without the places of pictures."""
    return FIGURE.sub("", clean_source(markup))


def in_pieces(
    markup: str, dateline: str = "", *, numbered: bool = False
) -> list[tuple[str, SafeString]]:
    """The clean text, cut where pictures stand, the first piece opened by the place.

    Each piece is a picture's key ("" for the first) and the text behind it, which may be empty.
    Numbered, each paragraph has an address of its own: ``id="p1"``, ``id="p2"`` … They count the
    text's paragraphs, so they hold for one exact text. Notes keep their own ids.
    """
    number, text = count(1), str(clean(markup))
    if numbered:
        text = PARAGRAPH.sub(lambda found: f'<p id="p{next(number)}"{found[1]}>', text)
    found = FIGURE.split(text)
    keys, texts = ["", *found[1::2]], [mark_safe(text) for text in found[::2]]  # noqa: S308
    first = next((number for number, text in enumerate(texts) if text), 0)
    texts[first] = _opened(texts[first], dateline)
    return list(zip(keys, texts, strict=True))


def paragraph_ends(text: str) -> list[int]:
    """Where in clean text the paragraphs end that stand in no list, table or quotation."""
    depth, ends = 0, []
    for tag in TAG.finditer(text):
        if tag["name"] not in ("br", "hr"):
            depth += -1 if tag["end"] else 1
            if tag["end"] and tag["name"] == "p" and not depth:
                ends.append(tag.end())
    return ends


def cut(text: str, at: int) -> tuple[SafeString, SafeString]:
    """Clean text in two, cut at one of its ``paragraph_ends()``; neither begins with a line end."""
    return mark_safe(text[:at]), mark_safe(text[at:].lstrip("\n"))  # noqa: S308


def _opened(body: SafeString, dateline: str) -> SafeString:
    """A clean text, opened by the place."""
    named = " ".join(place(dateline).split())
    if not named:
        return body
    opening = f'<span class="dateline">{escape(named)}</span> —'
    if paragraph := re.match(r"<p(?: [^>]*)?>", body):
        start = paragraph.end()
        return mark_safe(f"{body[:start]}{opening} {body[start:]}")  # noqa: S308
    return mark_safe(f"<p>{opening}</p>\n{body}".rstrip())  # noqa: S308


def data_block(data: Mapping[str, object]) -> SafeString:
    """JSON (RFC 8259) to stand in a ``<script type="application/ld+json">``, which browsers read
    and never run. Whatever the texts hold, none of it is markup: ``<`` is written ``\\u003c``."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(written.translate(IN_SCRIPT))  # noqa: S308 (no mark of HTML is left)


def marked(text: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    """Plain text as HTML, with ``<mark>`` around some of it: from where to where, in order."""
    written, done = "", 0
    for start, end in spans:
        written += f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>"
        done = end
    return mark_safe(written + escape(text[done:]))  # noqa: S308 (every piece is escaped)


def one_line(text: str) -> str:
    """Plain text without what XML 1.0 cannot hold (control characters, lone surrogates).

    A line break or a run of plain spaces becomes one space; no-break spaces stay.
    """
    return NOT_TEXT.sub(" ", text).strip(" ")


def excerpt(markup: str, length: int = 200) -> str:
    """The beginning as one line of plain text of at most ``length`` characters, cut at a word."""
    text = " ".join(plain_text(markup).split())
    if len(text) <= length:
        return text
    cut = text[:length]
    head = cut[: cut.rfind(" ")] if " " in cut else cut[: max(length - 1, 0)]
    return head.rstrip(" ,;:—–-(") + "…"


def plain_text(markup: str) -> str:
    """The text without markup: an empty line between blocks, bullets and numbers before items,
    cells of a row apart by tabs, links as their text, footnote marks in brackets."""
    return _blocks(tree(markup))


def _blocks(parent: Node) -> str:
    """The blocks in ``parent``, and lines of bare text, an empty line between them."""
    parts: list[str] = []
    line: list[Node | str] = []
    for child in parent.children:
        if isinstance(child, Node) and is_block(child):
            parts += [_inline(line), _block(child)]
            line = []
        else:
            line.append(child)
    parts.append(_inline(line))
    return ("\n" if parent.role == "item" else "\n\n").join(part for part in parts if part)


def _block(node: Node) -> str:
    match node.role:
        case "list":
            return _list(node)
        case "table":
            return _table(node)
        case "quote":
            return _indented(_blocks(node), "    ", "    ")
        case "rule":
            return RULE
        case _:
            return _blocks(node)


def _list(node: Node) -> str:
    written = []
    for number, item in enumerate(node.nodes(), start=node.first):
        marker = f"{number}. " if node.tag == "ol" else "• "
        written.append(_indented(_blocks(item), marker, " " * len(marker)))
    return "\n".join(written)


def _indented(text: str, first: str, others: str) -> str:
    """``text`` with ``first`` before its first line, ``others`` before the rest."""
    lines = [others + line if line else "" for line in text.split("\n")]
    return first + "\n".join(lines)[len(others) :]


def _table(node: Node) -> str:
    rows = [_blocks(part) for part in node.nodes() if part.role == "caption"]
    for section in (part for part in node.nodes() if part.role == "section"):
        rows += ["\t".join(_cell(cell) for cell in row.nodes()) for row in section.nodes()]
    return "\n".join(rows)


def _cell(cell: Node) -> str:
    return " ".join(_blocks(cell).split())


def _inline(children: list[Node | str]) -> str:
    return "".join(words(child) for child in children)


def words(child: Node | str) -> str:
    """A piece of running text without its marks: line breaks, footnote numbers and figures kept."""
    if isinstance(child, str):
        return child
    text = _inline(child.children)
    if child.tag == "br":
        return "\n"
    if child.attrs.get("href", "").startswith("#fn"):
        return f"[{text}]"
    if child.tag in ("sup", "sub") and FIGURES.issuperset(text):
        return text.translate(RAISED if child.tag == "sup" else LOWERED)
    return text
