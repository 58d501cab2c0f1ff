"""The lines of a plain text: cleaned, told apart by blank lines, and joined where only a width
broke them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from releases.importers import contact_label
from releases.importers.dates import read_date_line

WRAP_WIDTHS = range(40, 101)  # columns at which editors and mail programs break lines
END_MARK = re.compile(
    r"(?:#\s*){2,}|(?:[-–—]+\s*|\()(?i:30|ends?|fin|fim)(?:\s*[-–—]+|\))|(?i:ends|fin|fim)\.?|END"
)
OWN_LINE = re.compile(rf"[-*•]\s|\d+[.)]\s|(?:{END_MARK.pattern})$")


@dataclass(frozen=True)
class Line:
    """A line without needless spaces: its number among blocks and among paragraphs."""

    text: str
    block: int  # lines between the same blank lines
    unit: int  # lines of the same paragraph


def _clean_lines(text: str) -> list[str]:
    text = re.sub(r"[\ud800-\udfff]", "\ufffd", unicodedata.normalize("NFC", text))
    text = re.sub(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", " ", text)
    lines = re.split(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", text)
    return [" ".join(line.split()).strip("\ufeff\u200b\u200e ") for line in lines]


def _blocks(lines: Iterable[str]) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _wraps(line: str, following: str, width: int) -> bool:
    """Whether the break between two lines only keeps the width: the next word had no room."""
    if width not in WRAP_WIDTHS or OWN_LINE.match(following):
        return False
    if contact_label(following) >= 0 or read_date_line(following, "US")[0]:
        return False
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def read_lines(text: str) -> list[Line]:
    """The lines of a text that say something, and which of them make a paragraph together."""
    blocks = _blocks(_clean_lines(text))
    width = max((len(line) for block in blocks if len(block) > 1 for line in block), default=0)
    if len(blocks) == 1 and not _mostly_wrapped(blocks[0], width):
        blocks = [[line] for line in blocks[0]]
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        for i, line in enumerate(block):
            same = i > 0 and _wraps(block[i - 1], line, width)
            unit = lines[-1].unit + (not same) if lines else 0
            lines.append(Line(line, number, unit))
    return lines


def _mostly_wrapped(block: list[str], width: int) -> bool:
    pairs = list(pairwise(block))
    return sum(_wraps(a, b, width) for a, b in pairs) > 0.6 * len(pairs)
