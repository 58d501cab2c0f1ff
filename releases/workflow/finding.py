"""Acts on where readers find a release: pinned to the front page, in its place of a series."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from releases import timekeeping
from releases.clocks import local
from releases.models import Pin, Release, Series, SeriesPlace
from releases.models.release import visible_to
from releases.workflow.door import Refused, office_language, opened, record


def pin(pk: int, by: User, seen: int, until: datetime | None = None) -> Release:
    """Keep the release at the top of the front page, until a moment or until further notice.

    A release that is pinned already is from now on pinned until then. Raises Refused or Stale.
    """
    now = timekeeping.now()
    if until is not None and until <= now:
        raise Refused([_("The end of the pin has to be still to come.")])
    with opened("pin", pk, by, seen) as release:
        release.pins.standing(now).update(until=now)
        Pin.objects.create(release=release, since=now, until=until)
        with office_language():
            told = _("Until %(moment)s.") % {"moment": local(until)} if until else ""
        record(release, "pin", by, told)
    return release


def unpin(pk: int, by: User, seen: int) -> Release:
    """End the pin now. Raises Refused or Stale."""
    with opened("unpin", pk, by, seen) as release:
        now = timekeeping.now()
        release.pins.standing(now).update(until=now)
        record(release, "unpin", by)
    return release


def place(
    pk: int, by: User, seen: int, series: Series | None, position: int | None = None
) -> Release:
    """Give the release its place in a series (None: the last), or take it out of the one it has.

    Raises Refused or Stale.
    """
    with opened("place", pk, by, seen) as release:
        former = SeriesPlace.objects.filter(release=release).select_related("series").first()
        if series is None:
            if former:
                former.delete()
            told = _told_out(former)
        else:
            position = position or _last(series, release) + 1
            values = {"series": series, "position": position}
            SeriesPlace.objects.update_or_create(release=release, defaults=values)
            told = _told(series, position)
        record(release, "place", by, told)
    return release


@transaction.atomic
def reorder(series: Series, by: User, positions: Mapping[int, int]) -> list[Release]:
    """Give releases of a series (by their keys) other places; return those that have moved.

    What `by` may not see stays where it is. Raises Refused where the right is missing.
    """
    if not by.has_perm("releases.change_series"):
        raise Refused([_("Your account has no right to do this; ask an administrator.")])
    held = series.places.select_for_update().filter(release__in=positions)
    moved = []
    for one in held.filter(visible_to(by, "release")).select_related("release"):
        if one.position != positions[one.release_id]:
            one.position = positions[one.release_id]
            one.save(update_fields=["position"])
            record(one.release, "place", by, _told(series, one.position))
            moved.append(one.release)
    return moved


def _last(series: Series, release: Release) -> int:
    """Return the last place that another release has in the series, 0 where there is none."""
    others = series.places.exclude(release=release)
    return others.aggregate(last=Max("position"))["last"] or 0


def _told(series: Series, position: int) -> str:
    with office_language():
        return _("“%(series)s”, place %(n)d.") % {"series": series.name, "n": position}


def _told_out(former: SeriesPlace | None) -> str:
    with office_language():
        return _("Out of “%(series)s”.") % {"series": former.series.name} if former else ""
