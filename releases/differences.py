"""What differs between two texts of a release: by field, by block, by word. Pure values.

Nothing here takes long, whatever comes in: one comparison has one budget of steps, and what goes
beyond it is shown as replaced whole.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from releases.alignment import Budget, beginning, stretches
from releases.elements import Role, is_block
from releases.html import RULE, Node, tree, words

#: A field is a plain text, a list of plain texts, or (the body alone) markup.
Value = str | Sequence[str]
BlockKind = Literal["same", "added", "removed", "changed", "left_out"]
RunKind = Literal["same", "added", "removed"]

STEPS = 6_000_000  # of work one comparison may do: a second at the very most
ALIKE = 0.4  # the share of words that two blocks have in common if one became the other
CONTEXT = 1  # unchanged blocks shown on either side of a change
#: Lists whose entries are the same or another, never a former one changed: people, addresses.
ENTRIES = ("topics", "contacts", "links")

#: The fields in the order of a release page; `links` follow from the body.
LABELS: Mapping[str, str | Promise] = {
    "kind": _("kind"),
    "language": _("language"),
    "topics": _("topics"),
    "headline": _("headline"),
    "subhead": _("subhead"),
    "dated": _("date"),
    "contacts": _("media contacts"),
    "dateline": _("dateline"),
    "body": _("text"),
    "links": _("addresses of links"),
    "figures": _("pictures"),
    "attachments": _("files"),
    "summary": _("summary"),
    "slug": _("address"),
}
ROLES: Mapping[str, str | Promise] = {
    "heading": _("heading"),
    "item": _("list item"),
    "quote": _("quotation"),
    "caption": _("caption of a table"),
    "row": _("row of a table"),
    "rule": _("dividing line"),
}

MARKS = r"!-/:-@\[-`{-~¡-©«-±´¶-¸»-¿‐-‧‰-⁞،؛؟"  # what ends a word: punctuation, symbols
INNER = r"['’.,‐‑-]"  # what may stand in a word: l’eau, 1,200.50, co-operate, 2026-11-23
INK = re.compile(r"\w")  # something to read, not only marks
#: A word with the space before it, or one mark; together the words are the whole text.
WORD = re.compile(rf"\s*(?:[^\s{MARKS}]+(?:{INNER}[^\s{MARKS}]+)*|[{MARKS}])|\s+")


@dataclass(frozen=True)
class Run:
    """A stretch of words. All but the added give the older text, all but the removed the newer."""

    kind: RunKind
    text: str


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, table row … as plain text; cells are apart by tabs."""

    role: Role
    text: str


Pair = tuple[Block | None, Block | None]  # what was, and what became of it


@dataclass(frozen=True)
class BlockChange:
    """What became of a block, or of `count` unchanged ones that are left out (without runs)."""

    kind: BlockKind
    role: Role = "paragraph"
    runs: tuple[Run, ...] = ()
    count: int = 1

    @property
    def label(self) -> str:
        """What the block is, in the active language; '' for a paragraph."""
        return capfirst(str(ROLES.get(self.role, "")))


@dataclass(frozen=True)
class FieldChange:
    """A field that is not what it was, and its blocks in order."""

    name: str
    blocks: tuple[BlockChange, ...]

    @property
    def label(self) -> str:
        """The field's name in the active language."""
        return capfirst(str(LABELS[self.name]))


def compare(older: Mapping[str, Value], newer: Mapping[str, Value]) -> list[FieldChange]:
    """Return the fields of LABELS that differ, in that order; [] where a reader sees no difference.

    Takes the fields as readers see them (kind, date and names in words), the body as any markup;
    a missing field is an empty one. Emphasis and layout are not compared. Never raises.
    """
    budget = Budget(STEPS)
    before, after = _blocks_by_field(older, newer), _blocks_by_field(newer, older)
    return [
        FieldChange(name, tuple(_with_context(_field(name, before[name], after[name], budget))))
        for name in LABELS
        if before[name] != after[name]
    ]


# --- From fields to blocks -----------------------------------------------------------------------


def _blocks_by_field(
    values: Mapping[str, Value], others: Mapping[str, Value]
) -> dict[str, list[Block]]:
    body = str(values.get("body", ""))
    root = tree("" if body == others.get("body", "") else body)
    found = {name: _listed(values.get(name, "")) for name in LABELS}
    return {**found, "body": list(_flow(root, "paragraph")), "links": list(_links(root))}


def _listed(value: Value) -> list[Block]:
    if isinstance(value, str):
        return [Block("paragraph", value)] if value else []
    return [Block("paragraph", text) for text in value]


def _flow(parent: Node, role: Role) -> Iterator[Block]:
    """The blocks in `parent`, and lines of bare text, which are blocks of this role."""
    for blocks, children in groupby(parent.children, is_block):
        if blocks:
            for child in children:
                yield from _block(child, role)
        elif text := "".join(map(words, children)):
            yield Block(role, text)


def _block(node: Node | str, role: Role) -> Iterator[Block]:
    if isinstance(node, str):
        return
    match node.role:
        case "paragraph":
            yield from _flow(node, role)
        case "row":
            yield Block("row", "\t".join(_cell(cell) for cell in node.nodes()))
        case "rule":
            yield Block("rule", RULE)
        case "list" | "table" | "section":
            for inner in node.nodes():
                yield from _block(inner, role)
        case own:
            yield from _flow(node, own)


def _cell(cell: Node) -> str:
    return " ".join(block.text for block in _flow(cell, "cell"))


def _links(node: Node) -> Iterator[Block]:
    """The addresses that the text leads to, in order: a changed one can't be seen in the words."""
    href = node.attrs.get("href", "")
    if href and not href.startswith("#"):
        yield Block("paragraph", href)
    for child in node.nodes():
        yield from _links(child)


# --- What became of each block -------------------------------------------------------------------


def _field(
    name: str, older: list[Block], newer: list[Block], budget: Budget
) -> Iterator[BlockChange]:
    for stretch in stretches(older, newer, budget):
        if stretch.same:
            yield from (_whole("same", block) for block in stretch.newer)
        else:
            paired = _apart if name in ENTRIES else _paired
            for old, new in paired(stretch.older, stretch.newer, budget):
                yield _became(old, new, budget)


def _became(old: Block | None, new: Block | None, budget: Budget) -> BlockChange:
    if old and new:
        return BlockChange("changed", new.role, tuple(_runs(old.text, new.text, budget)))
    if old:
        return _whole("removed", old)
    return _whole("added", new or Block("paragraph", ""))


def _whole(kind: RunKind, block: Block) -> BlockChange:
    return BlockChange(kind, block.role, (Run(kind, block.text),))


def _apart(older: Sequence[Block], newer: Sequence[Block], _budget: Budget) -> list[Pair]:
    return [*((block, None) for block in older), *((None, block) for block in newer)]


def _paired(older: Sequence[Block], newer: Sequence[Block], budget: Budget) -> list[Pair]:
    """Each block with what it became, in the order of both: the pairing most alike in sum."""
    one_to_one = [block.role for block in older] == [block.role for block in newer]
    afforded = budget.allows(_table_steps(older, newer))
    if one_to_one and not afforded:
        return list(zip(older, newer, strict=True))
    if not (older and newer and afforded):
        return _apart(older, newer, budget)
    likeness = _likeness_table(older, newer)
    best = _best_sums(likeness)
    pairs: list[Pair] = []
    i = j = 0
    while i < len(older) and j < len(newer):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((older[i], newer[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((older[i], None))
            i += 1
        else:
            pairs.append((None, newer[j]))
            j += 1
    return pairs + _apart(older[i:], newer[j:], budget)


def _table_steps(older: Sequence[Block], newer: Sequence[Block]) -> int:
    length = sum(len(block.text) for block in older)
    return (length // 6 + len(older)) * len(newer)


def _likeness_table(older: Sequence[Block], newer: Sequence[Block]) -> list[list[float]]:
    words = [_words(block.text) for block in newer]
    return [
        [
            _likeness(own, others) if old.role == new.role else 0.0
            for new, others in zip(newer, words, strict=True)
        ]
        for old, own in ((old, _words(old.text)) for old in older)
    ]


def _best_sums(likeness: list[list[float]]) -> list[list[float]]:
    """For each place, the greatest sum of what can still be paired from there on."""
    best = [[0.0] * (len(likeness[0]) + 1)]
    for row in reversed(likeness):
        below, here = best[-1], [0.0]
        for j in reversed(range(len(row))):
            here.append(max(below[j], here[-1], row[j] + below[j + 1] if row[j] else 0.0))
        best.append(here[::-1])
    return best[::-1]


def _words(text: str) -> Counter[str]:
    return Counter(word.strip() for word in WORD.findall(text) if INK.search(word))


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that are in both (Dice's coefficient); 0 if it is less than ALIKE."""
    total = one.total() + other.total()
    share = 2 * sum(min(n, other[word]) for word, n in one.items()) / total if total else 0.0
    return share if share >= ALIKE else 0.0


def _with_context(changes: Iterable[BlockChange]) -> Iterator[BlockChange]:
    """The same changes; of a long unchanged stretch only what stands next to a change."""
    groups = [list(group) for _kind, group in groupby(changes, lambda one: one.kind == "same")]
    for place, group in enumerate(groups):
        head = CONTEXT if place > 0 else 0
        tail = CONTEXT if place < len(groups) - 1 else 0
        hidden = len(group) - head - tail
        if group[0].kind != "same" or hidden < 2:  # to say "one left out" takes as much room
            yield from group
            continue
        yield from group[:head]
        yield BlockChange("left_out", count=hidden)
        yield from group[len(group) - tail :]


# --- What became of each word --------------------------------------------------------------------


def _runs(older: str, newer: str, budget: Budget) -> Iterator[Run]:
    if not _likeness(_words(older), _words(newer)):
        yield from _told("", older, newer)
        return
    parts = list(stretches(WORD.findall(older), WORD.findall(newer), budget))
    kept = gone = come = ""
    for place, part in enumerate(parts):
        text = "".join(part.newer)
        if part.same and (INK.search(text) or place in (0, len(parts) - 1)):
            yield from _told(kept, gone, come)
            kept, gone, come = text, "", ""
        else:  # a change, or nothing but a comma left between two
            gone += "".join(part.older)
            come += text
    yield from _told(kept, gone, come)


def _told(kept: str, gone: str, come: str) -> Iterator[Run]:
    """What was kept, and what then changed: the space that both begin with was kept."""
    space = gone[: beginning(gone[: len(gone) - len(gone.lstrip())], come)]
    texts: tuple[tuple[RunKind, str], ...] = (
        ("same", kept + space),
        ("removed", gone[len(space) :]),
        ("added", come[len(space) :]),
    )
    return (Run(kind, text) for kind, text in texts if text)
