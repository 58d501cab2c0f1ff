"""The fields of a release in rich text: told apart by its words, as in plain text, and the blocks
of its body found again, with all that plain text can't say."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape, unescape

from releases.elements import Node, serialise
from releases.html import clean, plain_text, tree
from releases.importers import ImportedRelease
from releases.importers.text import parse

#: Letters between a place and the text: a dash, two hyphens, or a date that has its own field.
LONGEST_DATE = 45


@dataclass(frozen=True)
class _Block:
    """A block as written, its text, and that text without spaces, to be found by."""

    markup: str
    text: str
    letters: str


def parse_rich(
    markup: str, notes: str, known_topics: Sequence[str], *, region: str = "US"
) -> ImportedRelease:
    """The release that rich text holds; its body is clean HTML, with `notes` at its end.

    See `releases.importers.text.parse` for the rest. Never raises.
    """
    blocks = [_block(child) for child in tree(markup).children]
    blocks = [block for block in blocks if block.letters or block.markup == "<hr>"]
    text = "\n\n".join(block.text for block in blocks)
    found = parse(text, known_topics, region=region)
    body = _body(found, blocks) + ([notes] if notes else [])
    return replace(found, body=clean("\n".join(body))[:])


def _block(child: Node | str) -> _Block:
    root = Node("", children=[child])
    markup = serialise(root)
    text = "" if markup == "<hr>" else plain_text(markup)
    if isinstance(child, Node) and child.role in ("list", "table", "quote"):
        text = " ".join(text.split())
    return _Block(markup, text, _letters(text))


def _letters(text: str) -> str:
    return re.sub(
        r"[\s\ufeff\u200b\u200e\x00-\x1f\x7f-\x9f]", "", unicodedata.normalize("NFC", text)
    )


def _body(found: ImportedRelease, blocks: list[_Block]) -> list[str]:
    """The blocks whose words are the body's; where none fits, the words as a paragraph."""
    texts = [unescape(one[3:-4]) for one in found.body.split("\n")] if found.body else []
    written: list[str] = []
    at = block = 0
    while at < len(texts):
        place = _letters(found.dateline) if at == 0 else ""
        match = _find(texts[at:], blocks, block, place)
        if match is None:
            written.append(f"<p>{escape(texts[at], quote=False)}</p>")
            at += 1
            continue
        number, used, cut = match
        rules = [one.markup for one in blocks[block:number] if one.markup == "<hr>"] if at else []
        written += [*rules, _without_start(blocks[number].markup, cut)]
        block, at = number + 1, at + used
    return written


def _find(
    texts: list[str], blocks: list[_Block], first: int, place: str
) -> tuple[int, int, int] | None:
    """The first block that the next texts make up: its number, how many texts, and how many
    letters before them (the dateline) are not theirs."""
    start = _letters(texts[0])
    for number in range(first, len(blocks)):
        letters, cut = blocks[number].letters, 0
        if place and letters.startswith(place):
            cut = letters.find(start, len(place))
            if not 0 <= cut - len(place) <= LONGEST_DATE:
                continue
        taken = cut
        for used, text in enumerate(texts, 1):
            if not letters.startswith(_letters(text), taken):
                break
            taken += len(_letters(text))
            if taken == len(letters):
                return number, used, cut
    return None


def _without_start(markup: str, letters: int) -> str:
    """A block without so many of its first letters, be they in one element or several."""
    pieces = re.split(r"(<[^>]*>)", markup)
    for at, piece in enumerate(pieces):
        if letters and not piece.startswith("<"):
            text = unescape(piece)
            end = 0
            while end < len(text) and letters:
                letters -= len(_letters(text[end]))
                end += 1
            pieces[at] = escape(text[end:].lstrip() if not letters else text[end:], quote=False)
    return "".join(pieces)
