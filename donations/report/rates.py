"""A share and how sure it is: Wilson's score interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

#: The normal quantile of a 95 % interval.
Z = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """A share of a whole, and between which shares the true one lies in 19 of 20 such cases."""

    share: float
    low: float
    high: float

    @property
    def percent(self) -> float:
        """The share in percent."""
        return 100 * self.share

    @property
    def low_percent(self) -> float:
        """The lower bound in percent."""
        return 100 * self.low

    @property
    def high_percent(self) -> float:
        """The upper bound in percent."""
        return 100 * self.high


def share(part: int, whole: int) -> Share | None:
    """Return the share with Wilson's 95 % score interval, without continuity correction.

    E. B. Wilson, JASA 22 (1927), 209–212; method 3 of R. G. Newcombe, Statistics in Medicine 17
    (1998), 857–872. None where there is no whole, or the part is larger: then it is no share.
    """
    if not 0 <= part <= whole or not whole:
        return None
    found = part / whole
    middle = (found + Z**2 / (2 * whole)) / (1 + Z**2 / whole)
    half = Z / (1 + Z**2 / whole) * sqrt(found * (1 - found) / whole + Z**2 / (4 * whole**2))
    return Share(found, min(max(middle - half, 0.0), found), max(min(middle + half, 1.0), found))
