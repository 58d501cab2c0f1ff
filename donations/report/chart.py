"""The chart of a report: where each bar, line and date stands. Drawn as SVG by a template.

Places along the chart are percentages, so that it is as wide as its page while its words keep
their size; heights are pixels.
"""

from dataclasses import dataclass
from itertools import count
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donations.report.figures import Bin

#: Pixels: the whole, and what is left free above and below the bars.
HEIGHT, ABOVE, BELOW = 240, 16, 28
#: Percent of the width that the scale's words have, and of its place that a bar fills.
LEFT, FILLED = 6.0, 0.72
#: How many lines the scale has at the most, and how many dates stand below.
LINES, DATES = 4, 5


@dataclass(frozen=True)
class Bar:
    """One day or week: a bar; or all of its place, where nothing at all was counted."""

    x: str
    width: str
    y: int
    height: int
    words: str
    is_unknown: bool
    is_unfinished: bool


@dataclass(frozen=True)
class Mark:
    """A line of the scale, or a date: where, and what it says."""

    place: str
    words: str


@dataclass(frozen=True)
class Chart:
    """All that is drawn; `base` is where the bars stand."""

    bars: list[Bar]
    lines: list[Mark]
    dates: list[Mark]
    left: str = f"{LEFT}%"
    height: int = HEIGHT
    base: int = HEIGHT - BELOW
    words_at: int = HEIGHT - 8


def steps(most: int) -> list[int]:
    """Return the lines of a scale that holds `most`: whole round numbers from 0 on."""
    powers = (factor * 10**power for power in count() for factor in (1, 2, 5))
    step = next(one for one in powers if most <= one * LINES)
    return [step * n for n in range(max(ceil(most / step), 1) + 1)]


def chart(bins: list[Bin]) -> Chart:
    """Return the chart of clicks by people."""
    scale = steps(max((one.figures.people for one in bins), default=0))
    room = HEIGHT - ABOVE - BELOW
    each = (100 - LEFT) / max(len(bins), 1)
    shown = ceil(len(bins) / DATES)
    bars = [_bar(one, LEFT + each * n, each, room / scale[-1]) for n, one in enumerate(bins)]
    lines = [Mark(f"{HEIGHT - BELOW - room * at / scale[-1]:.1f}", str(at)) for at in scale]
    dates = [
        Mark(f"{LEFT + each * (n + 0.5):.2f}%", date_format(bins[n].first, "j M"))
        for n in range(shown // 2, len(bins), shown)
    ]
    return Chart(bars, lines, dates)


def _bar(one: Bin, x: float, each: float, unit: float) -> Bar:
    """Return a bar; `unit` is how high a click is."""
    is_unknown = not one.counted
    room = HEIGHT - ABOVE - BELOW
    height = room if is_unknown else round(one.figures.people * unit)
    filled = 1.0 if is_unknown else FILLED
    return Bar(
        x=f"{x + each * (1 - filled) / 2:.3f}%",
        width=f"{each * filled:.3f}%",
        y=HEIGHT - BELOW - height,
        height=height,
        words=f"{name(one)}: {_said(one)}",
        is_unknown=is_unknown,
        is_unfinished=one.is_unfinished,
    )


def _said(one: Bin) -> str:
    if not one.counted:
        return _("nothing counted")
    clicks = one.figures.people
    return ngettext("%(number)d click", "%(number)d clicks", clicks) % {"number": clicks}


def name(one: Bin) -> str:
    """Return the name of a day, or of the days of a week."""
    first = date_format(one.first, "D j M Y")
    return first if one.first == one.last else f"{first} – {date_format(one.last, 'D j M Y')}"
