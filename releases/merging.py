"""Two people's changes of one text, brought together. Pure values; nothing of either is lost.

What only one of them changed is taken as that one left it. Where both changed the same, it has to
be asked. Lists and the text's blocks are merged where both changed different places.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any, TypeVar

from releases.alignment import Budget, stretches
from releases.content import Content
from releases.elements import Node, serialise
from releases.html import clean_source, tree

T = TypeVar("T", bound=Hashable)

STEPS = 2_000_000  # of work one merge may do; beyond it more counts as changed, and is asked
NAMES = tuple(field.name for field in fields(Content))


@dataclass(frozen=True)
class Merged:
    """One content made of two, and who changed what of it.

    `content` holds mine where it has to be asked. `theirs` and `mine` are the fields that one
    side alone changed, `both` those that both changed without getting in each other's way,
    `asked` those between which a person has to decide.
    """

    content: Content
    theirs: tuple[str, ...] = ()
    mine: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hunk:
    """What one side put in the place of the base's entries from `start` to before `end`."""

    start: int
    end: int
    entries: tuple[Any, ...]


def merge(base: Content | None, theirs: Content, mine: Content) -> Merged:
    """Merge two contents that were made of `base`; without one, all that differs is asked."""
    values: dict[str, Any] = {}
    found: dict[str, list[str]] = {"theirs": [], "mine": [], "both": [], "asked": []}
    for name in NAMES:
        one, other = getattr(theirs, name), getattr(mine, name)
        past = getattr(base, name) if base else None
        whose, values[name] = _field(name, past, one, other, known=base is not None)
        if whose:
            found[whose].append(name)
    return Merged(Content(**values), **{whose: tuple(names) for whose, names in found.items()})


def _field(name: str, base: Any, theirs: Any, mine: Any, known: bool) -> tuple[str, Any]:
    """Return whose a field is ('' where both say the same), and its value."""
    if mine == theirs:
        return "", mine
    if not known:
        return "asked", mine
    if theirs == base:
        return "mine", mine
    if mine == base:
        return "theirs", theirs
    together = MERGERS[name](base, theirs, mine) if name in MERGERS else None
    return ("asked", mine) if together is None else ("both", together)


def merge_sets(
    base: Sequence[int], theirs: Sequence[int], mine: Sequence[int]
) -> tuple[int, ...] | None:
    """Return what either side added, without what either took away, in order of the numbers."""
    gone = (set(base) - set(theirs)) | (set(base) - set(mine))
    return tuple(sorted((set(theirs) | set(mine)) - gone))


def merge_lists(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> tuple[T, ...] | None:
    """Return `base` with the changes of both sides, or None where they touch the same place.

    A change that both made alike counts once.
    """
    budget = Budget(STEPS)
    changes = {*_hunks(base, theirs, budget), *_hunks(base, mine, budget)}
    ordered = sorted(changes, key=lambda hunk: (hunk.start, hunk.end))
    if any(_collide(one, other) for one, other in pairwise(ordered)):
        return None
    merged: list[T] = []
    place = 0
    for hunk in ordered:
        merged += [*base[place : hunk.start], *hunk.entries]
        place = hunk.end
    merged += base[place:]
    return tuple(merged) if _keeps(base, theirs, mine, merged) else None


def _keeps(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T], merged: Sequence[T]) -> bool:
    """Whether as many of each entry came or went as each side wants.

    Places alone don't tell: what one side moved and the other took out is at two places.
    """
    past, one, other, found = (Counter(side) for side in (base, theirs, mine, merged))
    for entry in {*past, *one, *other}:
        first, second = one[entry] - past[entry], other[entry] - past[entry]
        least, most = sorted((first + second, max(first, second, key=abs)))
        if first * second <= 0:
            least = most = first + second
        if not least <= found[entry] - past[entry] <= most:
            return False
    return True


def merge_once(base: Sequence[T], theirs: Sequence[T], mine: Sequence[T]) -> tuple[T, ...] | None:
    """Do the same for a list in which no entry stands twice."""
    merged = merge_lists(base, theirs, mine)
    return merged if merged is not None and len(set(merged)) == len(merged) else None


def merge_texts(base: str, theirs: str, mine: str) -> str | None:
    """Return the text with the changed blocks of both, or None where both changed the same."""
    merged = merge_lists(*(blocks(text) for text in (base, theirs, mine)))
    return None if merged is None else clean_source("\n".join(merged))


def both_texts(base: str, theirs: str, mine: str) -> str:
    """Return one text with all that either side wrote, theirs before mine where they differ.

    A block that one side left as it was and the other changed or took out is not wanted back.
    """
    past, ours, others = (set(blocks(text)) for text in (base, mine, theirs))
    together: list[str] = []
    for part in stretches(blocks(theirs), blocks(mine), Budget(STEPS)):
        together += [block for block in part.older if block not in past or block in ours]
        if not part.same:
            together += [block for block in part.newer if block not in past | others]
    return clean_source("\n".join(together))


def blocks(markup: str) -> tuple[str, ...]:
    """Return the blocks of a clean text: paragraphs, headings, whole lists and tables."""
    return tuple(serialise(Node("", children=[child])) for child in tree(markup).children)


def _hunks(base: Sequence[T], changed: Sequence[T], budget: Budget) -> Iterator[Hunk]:
    """Give what `changed` has in other places than `base`, in order."""
    place = 0
    for part in stretches(base, changed, budget):
        if not part.same:
            yield Hunk(place, place + len(part.older), tuple(part.newer))
        place += len(part.older)


def _collide(one: Hunk, other: Hunk) -> bool:
    """Whether it is open which of two changes, the first not starting later, comes first.

    Two neighbouring entries may be changed by two people; what is put in beside a changed entry
    could stand before or after it.
    """
    if one.end > other.start:
        return True
    inserts = one.start == one.end or other.start == other.end
    return one.end == other.start and inserts


MERGERS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "topics": merge_sets,
    "contacts": merge_once,
    "figures": merge_lists,
    "attachments": merge_lists,
    "body": merge_texts,
}
