"""Figures of eight weeks for the demo's appeals, so that report and comparison have what to show.

Invented, but of the shape of true ones: a number stands only where the appeal stood on the
release's page on that day, a new release is read more than an old one, and words differ.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import blake2b

from django.utils import timezone

from donations.choice import chosen, fitting
from donations.models import Appeal, Count
from releases.models import Edition

WEEKS = 8
#: Views of a release on its first day, and of an old one.
MOST_VIEWS, FEWEST_VIEWS = 90, 6
#: Clicks of a hundred views, by the appeal's name.
RATES = {"support-cepr-english": 1.5, "support-cepr-the-reporters-call": 4.0}
USUAL_RATE = 2.5


def load() -> None:
    """Store the counts of the whole weeks before today."""
    today = timezone.localdate()
    weeks = (today - timedelta(weeks=number) for number in range(1, WEEKS + 1))
    Count.objects.bulk_create([count for first in weeks for count in _of_week(first)])


def _of_week(first: date) -> Iterator[Count]:
    """Give the counts of the seven days from `first` on: who stands where is asked once."""
    at = timezone.make_aware(datetime.combine(first, time(12)))
    for edition in Edition.objects.public(at):
        topics = edition.topics.values_list("pk", flat=True)
        shown = chosen(fitting(edition, at, topics), f"release {edition.release_id}")
        for appeal in shown.values():
            for number in range(7):
                yield _of_day(edition, appeal, first + timedelta(days=number))


def _of_day(edition: Edition, appeal: Appeal, day: date) -> Count:
    """Return what is counted of an appeal on a release's page on a day."""
    age = max(0, (day - (edition.dated or day)).days)
    views = FEWEST_VIEWS + MOST_VIEWS // (1 + age // 4) + _chance(edition, day, "views") % 5
    hundredths = round(views * RATES.get(appeal.name, USUAL_RATE))
    return Count(
        day=day,
        appeal=appeal,
        release_id=edition.release_id,
        placement=appeal.placement,
        language=edition.language,
        views=views,
        people=(hundredths + _chance(edition, day, "people") % 100) // 100,
        machines=_chance(edition, day, "machines") % 3,
    )


def _chance(edition: Edition, day: date, what: str) -> int:
    """Return a number that looks like chance, the same each time."""
    words = f"{edition.slug} {day.toordinal()} {what}".encode()
    return int.from_bytes(blake2b(words, digest_size=4).digest(), "big")
