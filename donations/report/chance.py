"""Could a difference between two groups of releases be chance? A permutation test, in plain Python.

Which appeal a release shows is decided by lot: a hash of its key. So the releases are what was
drawn, not the readers: readers of one release have the story in common, and a test that took each
click for a draw of its own would call far too much a difference. Under the lot alone, any other
share-out of the same releases would have been as likely as the one that happened. The test asks in
how many of them the rates lie at least as far apart (R. A. Fisher, The Design of Experiments, 1935;
E. S. Edgington and P. Onghena, Randomization Tests, 2007).
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

#: Share-outs of which each is looked at; of more, so many are drawn, fewer of long lists.
EXACT, MOST_DRAWN, FEWEST_DRAWN, WORK = 20_000, 9_999, 999, 1_500_000
#: A tie is one in spite of the last digit.
NEAR = 1e-12


@dataclass(frozen=True)
class Unit:
    """A release: its clicks, and out of how many (views; or 1, where these were not counted)."""

    clicks: int
    views: int = 1


def chance(first: Sequence[Unit], second: Sequence[Unit]) -> float:
    """Return the two-sided p: the share of share-outs with rates at least as far apart.

    Exact where there are few; else of share-outs drawn with a fixed seed, the one that happened
    among them (B. Phipson and G. K. Smyth, 2010), so that it is never 0 and always the same.
    """
    units, size = [*first, *second], len(first)
    whole = Unit(sum(one.clicks for one in units), sum(one.views for one in units))
    seen = _apart(whole, first) - NEAR
    if comb(len(units), size) <= EXACT:
        found = [_apart(whole, chosen) >= seen for chosen in combinations(units, size)]
        return sum(found) / len(found)
    drawn = max(FEWEST_DRAWN, min(MOST_DRAWN, WORK // len(units)))
    lot = random.Random(drawn)  # noqa: S311 (no secret: the same answer each time)
    as_far = sum(_apart(whole, lot.sample(units, size)) >= seen for _ in range(drawn))
    return (as_far + 1) / (drawn + 1)


def _apart(whole: Unit, chosen: Iterable[Unit]) -> float:
    """Return how far the rates of the chosen and of the rest of the whole lie apart."""
    clicks = views = 0
    for one in chosen:
        clicks, views = clicks + one.clicks, views + one.views
    rest, rest_views = whole.clicks - clicks, whole.views - views
    return abs((clicks / views if views else 0.0) - (rest / rest_views if rest_views else 0.0))
