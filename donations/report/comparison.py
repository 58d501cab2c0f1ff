"""Two appeals side by side, like with like: the releases that the lot shared out between them.

Compared are the days on which both ran, at their placement and in their language, and the releases
for which both were in the draw: that fit both equally. What was shown to other releases is left
out: whoever reads about Bolivia and is asked about Bolivia is another reader.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial

from django.utils import timezone
from django.utils.translation import gettext as _

from donations.choice import Candidate, choose
from donations.models import Appeal, Count
from donations.report.chance import Unit, chance
from donations.report.rates import Share, share
from releases import timekeeping
from releases.models import Edition

#: Fewer releases a side, or fewer clicks together, and nothing is said of the difference.
FEWEST_RELEASES, FEWEST_CLICKS = 5, 10
#: What may be called more than chance, and what at the most a hint.
SURE, HINT = 0.05, 0.2


class Finding(StrEnum):
    """What a comparison comes to."""

    FEW = "few"
    ALIKE = "alike"
    HINT = "hint"
    MORE = "more"


@dataclass(frozen=True)
class Side:
    """One appeal: its releases in the draw, what was counted of them."""

    appeal: Appeal
    releases: int
    clicks: int
    views: int

    @property
    def rate(self) -> Share | None:
        """Clicks as a share of views, where these were counted."""
        return share(self.clicks, self.views)

    @property
    def each(self) -> float:
        """Clicks for each view; for each release, where views were not counted."""
        return self.clicks / (self.views or self.releases or 1)


@dataclass(frozen=True)
class Comparison:
    """Both sides, how likely chance alone is to put them so far apart, and what was left out."""

    first: Side
    second: Side
    p: float
    left_out: int
    by_views: bool

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.first, self.second

    @property
    def finding(self) -> Finding:
        """What it comes to."""
        few = min(side.releases for side in self.sides) < FEWEST_RELEASES
        if few or sum(side.clicks for side in self.sides) < FEWEST_CLICKS:
            return Finding.FEW
        if self.p <= SURE:
            return Finding.MORE
        return Finding.HINT if self.p <= HINT else Finding.ALIKE

    @property
    def better(self) -> Side:
        """The side with the higher rate."""
        return max(self.sides, key=lambda side: side.each)

    @property
    def of_hundred(self) -> str:
        """In how many of a hundred share-outs chance alone puts them so far apart, in words."""
        hundred = round(100 * self.p)
        return _("fewer than 1") if hundred < 1 else str(hundred)


def reasons_not_to(first: Appeal, second: Appeal) -> list[str]:
    """Return why two appeals can't be compared, each reason a sentence; none if they can."""
    reasons = []
    if first == second:
        return [_("Choose two appeals.")]
    if first.campaign_id != second.campaign_id:
        reasons.append(_("They belong to two campaigns, which share nothing out between them."))
    if first.placement != second.placement:
        reasons.append(_("They stand at different places."))
    if first.language != second.language:
        reasons.append(_("They speak different languages, to different readers."))
    return reasons


def common_days(first: Appeal, second: Appeal, since: date, until: date) -> tuple[date, date]:
    """Return the first and the last whole day on which both ran, by the press office's clocks.

    Days on which either began or ended are left out: of these only a part is like the other.
    """
    starts, ends = [since], [until]
    for one in (first, second, first.campaign):
        if one.starts_at:
            starts.append(timezone.localdate(one.starts_at) + timedelta(1))
        if one.ends_at:
            ends.append(timezone.localdate(one.ends_at) - timedelta(1))
    return max(starts), min(ends)


def compare(first: Appeal, second: Appeal, since: date, until: date) -> Comparison:
    """Compare two appeals that reasons_not_to() has nothing against, within these days."""
    rows = Count.objects.filter(
        appeal__in=(first, second), day__range=common_days(first, second, since, until),
        placement=first.placement, language=first.language, release__isnull=False,
    )  # fmt: skip
    viewed = set(rows.filter(views__gt=0).values_list("day", flat=True).distinct())
    counted: dict[int, dict[int, Unit]] = {first.pk: {}, second.pk: {}}
    columns = ("appeal", "release", "day", "people", "views")
    for appeal, release, day, people, views in rows.values_list(*columns).iterator():
        # Where views were counted on some days, only these are compared.
        if not viewed or day in viewed:
            former = counted[appeal].get(release, Unit(0, 0))
            counted[appeal][release] = Unit(former.clicks + people, former.views + views)
    drawn = dict(draw(first, second))
    return _compared(first, second, drawn, counted, by_views=bool(viewed))


def _compared(
    first: Appeal,
    second: Appeal,
    drawn: dict[int, int],
    counted: dict[int, dict[int, Unit]],
    *,
    by_views: bool,
) -> Comparison:
    """Set the releases of one beside those of the other.

    Left out is what was counted for an appeal that the lot does not give to the release now:
    weights, topics or dates were others then, and it is like neither side.
    """
    astray = {
        release
        for appeal, units in counted.items()
        for release in units
        if drawn.get(release) != appeal
    }
    pick = partial(_units, drawn, counted, astray, by_views=by_views)
    left, right = pick(first.pk), pick(second.pk)
    return Comparison(
        _side(first, left, by_views=by_views),
        _side(second, right, by_views=by_views),
        chance(left, right) if left and right else 1.0,
        len(astray),
        by_views,
    )


def _units(
    drawn: dict[int, int],
    counted: dict[int, dict[int, Unit]],
    astray: Collection[int],
    appeal: int,
    *,
    by_views: bool,
) -> list[Unit]:
    """Return an appeal's releases. By views, those that nobody saw say nothing; else, that none
    of its readers clicked says as much as that some did."""
    found = counted[appeal]
    mine = [release for release, chosen in drawn.items() if chosen == appeal]
    units = [found.get(release, Unit(0, 0)) for release in mine if release not in astray]
    if by_views:
        return [one for one in units if one.views]
    return [Unit(one.clicks, 1) for one in units]


def _side(appeal: Appeal, units: list[Unit], *, by_views: bool) -> Side:
    views = sum(one.views for one in units) if by_views else 0
    return Side(appeal, len(units), sum(one.clicks for one in units), views)


def draw(first: Appeal, second: Appeal) -> Iterator[tuple[int, int]]:
    """Yield the public releases for which both are in the draw, each with the one it shows.

    In the draw are, of all appeals that run at this place in this language, those that fit a
    release equally well (donations/choice.py); the same rule decides here as on the page.
    """
    now = timekeeping.now()
    appeals = set(
        Appeal.objects.running(now).filter(language=first.language, placement=first.placement)
    ) | {first, second}
    fits = [_Fit(one) for one in appeals]
    public = Edition.objects.public(now).filter(language=first.language)
    topics: dict[int, set[int]] = {}
    for release, topic in public.values_list("release", "topic_links__topic"):
        topics.setdefault(release, set()).add(topic)
    for release, about in topics.items():
        candidates = [fit.to(release, about) for fit in fits]
        chosen = choose(candidates, f"release {release}")
        ranks = [
            (one.named, one.on_topic, one.is_default or one.named or one.on_topic)
            for one in candidates
            if one.key in (first.pk, second.pk)
        ]
        if chosen in (first.pk, second.pk) and ranks[0] == ranks[1]:
            yield release, chosen


class _Fit:
    """What an appeal is for, fetched once."""

    def __init__(self, appeal: Appeal) -> None:
        self.appeal = appeal
        self.topics = set(appeal.topics.values_list("pk", flat=True))
        self.releases = set(appeal.releases.values_list("pk", flat=True))

    def to(self, release: int, topics: Collection[int]) -> Candidate:
        """Return how the appeal fits a release on these topics."""
        appeal = self.appeal
        return Candidate(
            appeal.pk, appeal.campaign_id, appeal.weight, release in self.releases,
            not self.topics.isdisjoint(topics), appeal.is_default,
        )  # fmt: skip
