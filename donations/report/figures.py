"""Sums of counts, for days and for what else a report is read by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet, Sum
from django.db.models.functions import Coalesce

from donations.models import Count
from donations.report.rates import Share, share

#: The longest span that is shown by day; longer ones by week.
BY_DAY = 92


@dataclass(frozen=True)
class Figures:
    """What was counted: by people, by machines, views; and by people where views were, too."""

    people: int = 0
    machines: int = 0
    views: int = 0
    of_views: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.people + other.people,
            self.machines + other.machines,
            self.views + other.views,
            self.of_views + other.of_views,
        )

    @property
    def rate(self) -> Share | None:
        """Clicks by people as a share of the views, where these were counted."""
        return share(self.of_views, self.views)


@dataclass(frozen=True)
class Bin:
    """A day, or a week: what was counted in it, and on how many of its days anything was."""

    first: date
    last: date
    figures: Figures
    counted: int
    is_unfinished: bool

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


def summed(rows: QuerySet[Count], by: str) -> dict[Any, Figures]:
    """Return the sums for each value of a column.

    Clicks are set against views only on days and at placements on which views were counted at
    all: else those before the counting began would make the rate too high.
    """
    same = Count.objects.filter(day=OuterRef("day"), placement=OuterRef("placement"))
    sums = rows.values_list(by).annotate(
        Sum("people"),
        Sum("machines"),
        Sum("views"),
        of_views=Coalesce(Sum("people", filter=Exists(same.filter(views__gt=0))), 0),
    )
    return {value: Figures(*numbers) for value, *numbers in sums.order_by()}


def total(sums: Iterable[Figures]) -> Figures:
    """Add them up."""
    return sum(sums, Figures())


def largest(sums: Mapping[Any, Figures]) -> list[tuple[Any, Figures]]:
    """Return them with the most clicks by people first, then the most views."""
    return sorted(sums.items(), key=lambda one: (-one[1].people, -one[1].views, str(one[0])))


def spread(sums: Mapping[Any, Figures], groups: Iterable[tuple[int, int]]) -> dict[
    Any, Figures
]:  # fmt: skip
    """Return the sums of groups, given as pairs of a member and a group; one may be in several."""
    found: dict[Any, Figures] = defaultdict(Figures)
    for member, group in groups:
        if member in sums:
            found[group] += sums[member]
    return dict(found)


def counted_days(since: date, until: date) -> set[date]:
    """Return the days on which anything at all was counted, of whichever appeal.

    On others, either nobody came and no machine did, or nothing was counting: the rows can't tell.
    """
    rows = Count.objects.filter(day__range=(since, until))
    return set(rows.order_by().values_list("day", flat=True).distinct())


def first_day() -> date | None:
    """Return the first day on which anything was counted."""
    found: date | None = Count.objects.aggregate(first=Min("day"))["first"]
    return found


def bins(
    days: list[date], sums: Mapping[Any, Figures], counted: set[date], today: date
) -> list[Bin]:
    """Return the days one by one, or by weeks from Monday on where they are many."""
    weeks: dict[date, list[date]] = defaultdict(list)
    for day in days:
        weeks[day - timedelta(day.weekday() if len(days) > BY_DAY else 0)].append(day)
    return [
        Bin(
            first=some[0],
            last=some[-1],
            figures=total(sums.get(day, Figures()) for day in some),
            counted=len(counted.intersection(some)),
            is_unfinished=some[-1] >= today,
        )
        for some in weeks.values()
    ]
