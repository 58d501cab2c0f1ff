"""How many releases each month has, counted once for each change that readers can see.

A count looks at every edition of a language, so it is kept: under the content generation (a number
that the database raises with each such change), and no longer than to the next moment at which
something begins or ends by itself.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from threading import Lock

from django.conf import settings
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import HttpRequest
from django.utils.module_loading import import_string

from releases.models import Edition, next_transition
from releases.newsroom.context import language, moment


@dataclass(frozen=True)
class Month:
    """A month by its first day, with the number of its releases."""

    first: date
    count: int

    @property
    def beyond(self) -> date:
        """The first day of the next month."""
        return following(self.first)


@dataclass(frozen=True)
class Year:
    """A year that has releases, with those of its months that have some, the last first."""

    number: int
    count: int
    months: list[Month]


@dataclass(frozen=True)
class Counted:
    """A count: for which generation, from when on and until when (None: open) it holds."""

    generation: int
    since: datetime
    until: datetime | None
    months: list[Month]

    def holds(self, generation: int, at: datetime) -> bool:
        """Return whether it is right at the moment `at`."""
        begun = generation == self.generation and self.since <= at
        return begun and (self.until is None or at < self.until)


kept: dict[str, Counted] = {}
counting = Lock()


def months(request: HttpRequest) -> list[Month]:
    """Return the months that have public releases in the language of the address, last first."""
    if getattr(request, "moment", None):
        # Staff who look at another moment, or know less than everybody: nothing is kept of it.
        return counted(moment(request), language())
    # Asked before the count: whatever changes meanwhile makes the kept count an old one.
    generation = import_string(settings.CONTENT_GENERATION)()
    with counting:
        known, now = kept.get(language()), moment(request)
        if known is None or not known.holds(generation, now):
            found = counted(now, language())
            known = Counted(generation, now, next_transition(now), found)
            kept[language()] = known
    return known.months


def counted(at: datetime, language: str) -> list[Month]:
    """Return each month with public editions at `at` and how many; one query over all of them."""
    rows = (
        Edition.objects.public(at)
        .filter(language=language)
        .order_by()
        .values_list(TruncMonth("dated"))
        .annotate(number=Count("pk"))
    )
    return [Month(first, number) for first, number in sorted(rows, reverse=True)]


def years(months: list[Month]) -> list[Year]:
    """Return the months by year, the last year first."""
    totals: Counter[int] = Counter()
    for month in months:
        totals[month.first.year] += month.count
    return [
        Year(number, total, [month for month in months if month.first.year == number])
        for number, total in totals.items()
    ]


def following(first: date) -> date:
    """Return the first day of the month after the one that begins on `first`."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
