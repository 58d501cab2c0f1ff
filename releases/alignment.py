"""What two sequences have in common, in order, found within a budget of steps.

difflib answers best and may take cubic time; entries that stand once in both (patience diff) cut
what is too long for it into parts; what is still too long counts as wholly different.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)
Match = tuple[int, int, int]  # where in the older, where in the newer, how many are alike


@dataclass
class Budget:
    """The steps that may still be taken."""

    steps: int

    def allows(self, steps: int) -> bool:
        """Take so many steps, if there are as many left."""
        allowed = steps <= self.steps
        self.steps -= steps if allowed else 0
        return allowed


@dataclass(frozen=True)
class Stretch(Generic[T]):
    """A part of both sequences that is the same, or not."""

    same: bool
    older: Sequence[T]
    newer: Sequence[T]


Aligner = Callable[[Sequence[T], Sequence[T], Budget], list[Match]]


def stretches(older: Sequence[T], newer: Sequence[T], budget: Budget) -> Iterator[Stretch[T]]:
    """Return both sequences in parts that are, by turns, the same and not.

    Put together again, the parts are the sequences, whatever the budget.
    """
    i = j = 0
    found = _trimmed(older, newer, budget, _between_anchors)
    for at, to, size in _joined([*found, (len(older), len(newer), 0)]):
        if i < at or j < to:
            yield Stretch(False, older[i:at], newer[j:to])
        if size:
            yield Stretch(True, older[at : at + size], newer[to : to + size])
        i, j = at + size, to + size


def _joined(matches: list[Match]) -> list[Match]:
    joined = [(0, 0, 0)]
    for at, to, size in matches:
        i, j, length = joined[-1]
        if (i + length, j + length) == (at, to):
            joined[-1] = (i, j, length + size)
        else:
            joined.append((at, to, size))
    return joined


def _trimmed(
    older: Sequence[T], newer: Sequence[T], budget: Budget, beyond: Aligner[T]
) -> list[Match]:
    """What both begin and end with, and what is alike between; `beyond` the budget, as it says."""
    start = beginning(older, newer)
    one, other = older[start:], newer[start:]
    end = beginning(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    inner: list[Match]
    if budget.allows(_steps(one, other)):
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        inner = [(found.a, found.b, found.size) for found in matcher.get_matching_blocks()]
    else:
        inner = beyond(one, other, budget)
    tail = (len(older) - end, len(newer) - end, end)
    return [(0, 0, start), *_moved(inner, start, start), tail]


def beginning(older: Sequence[T], newer: Sequence[T]) -> int:
    """Return how many entries both begin with."""
    pairs = enumerate(zip(older, newer, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(older), len(newer)))


def _steps(older: Sequence[T], newer: Sequence[T]) -> int:
    """What SequenceMatcher may need: each search looks at all pairs, each find means two more."""
    ours, theirs = Counter(older), Counter(newer)
    pairs = sum(n * theirs[entry] for entry, n in ours.items())
    return (len(older) + pairs) * min(len(older), len(newer), pairs)


def _between_anchors(older: Sequence[T], newer: Sequence[T], budget: Budget) -> list[Match]:
    """The anchors, and what is alike between each two; cheap however long the sequences are."""
    found: list[Match] = []
    i = j = 0
    for at, to in [*_anchors(older, newer), (len(older), len(newer))]:
        gap = _trimmed(older[i:at], newer[j:to], budget, _nothing)
        found += [*_moved(gap, i, j), (at, to, 1)]
        i, j = at + 1, to + 1
    return found[:-1]


def _nothing(_older: Sequence[T], _newer: Sequence[T], _budget: Budget) -> list[Match]:
    return []


def _moved(matches: list[Match], i: int, j: int) -> list[Match]:
    return [(at + i, to + j, size) for at, to, size in matches if size]


def _anchors(older: Sequence[T], newer: Sequence[T]) -> list[tuple[int, int]]:
    """The longest row of entries that stand once in each and in the same order (patience diff)."""
    once = {entry for entry, n in Counter(older).items() if n == 1}
    once &= {entry for entry, n in Counter(newer).items() if n == 1}
    places = {entry: place for place, entry in enumerate(newer) if entry in once}
    pairs = [(at, places[entry]) for at, entry in enumerate(older) if entry in once]
    tops: list[int] = []  # the lowest last place of a row of each length
    rows: list[int] = []  # which pair that is
    before: list[int] = []  # for each pair, the one before it in its row
    for index, (_at, to) in enumerate(pairs):
        length = bisect_left(tops, to)
        before.append(rows[length - 1] if length else -1)
        tops[length : length + 1], rows[length : length + 1] = [to], [index]
    return _row(pairs, before, rows[-1] if rows else -1)


def _row(pairs: list[tuple[int, int]], before: list[int], last: int) -> list[tuple[int, int]]:
    found = []
    while last >= 0:
        found.append(pairs[last])
        last = before[last]
    return found[::-1]
