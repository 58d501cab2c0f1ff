"""What readers can see of a release, in the desk's words."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releases import workflow
from releases.models import Edition, Release


def restriction(release: Release) -> str:
    """Return who alone may see a release, "Restricted: Ana, Ben", or ''."""
    names = ", ".join(sorted(workflow.name_of(one) for one in release.named.all()))
    return _("Restricted: %(names)s") % {"names": names} if names else ""


def describe(editions: Sequence[Edition], now: datetime) -> str:
    """Return whether an edition is public at `now`, scheduled or withdrawn, as a phrase."""
    phrases = []
    if any(edition.is_public(now) for edition in editions):
        phrases.append(_("public"))
    phrases.extend(
        _("public from %(moment)s") % {"moment": moment(edition.public_from, now)}
        for edition in editions
        if edition.public_from > now
    )
    if phrases:
        return "; ".join(phrases)
    return _("withdrawn") if editions else _("not public")


def moment(at: datetime, now: datetime) -> str:
    """Return `at` in the press office's zone, with its name and how far off it is."""
    return f"{local(at)} · {distance(at, now)}"


def local(at: datetime) -> str:
    """Return `at` in the press office's zone, with its name: "Tue 24 Nov 2026, 10:00 New York"."""
    there = timezone.localtime(at, timezone.get_default_timezone())
    return f"{date_format(there, 'D j M Y, H:i')} {_city(timezone.get_default_timezone_name())}"


def elsewhere(at: datetime) -> str:
    """Return what the clocks of PRESS_READER_ZONES say at `at`: "15:00 UTC, 11:00 La Paz".

    The weekday stands with a clock that shows another day than the press office's.
    """
    home = timezone.localtime(at, timezone.get_default_timezone())
    clocks = []
    for zone in settings.READER_ZONES:
        there = timezone.localtime(at, ZoneInfo(zone))
        style = "H:i" if there.date() == home.date() else "D H:i"
        clocks.append(f"{date_format(there, style)} {_city(zone)}")
    return ", ".join(clocks)


def _city(zone: str) -> str:
    """Return the city of an IANA zone, as readers write it: "America/La_Paz" → "La Paz"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def distance(at: datetime, now: datetime) -> str:
    """Return how long from `now` to a later moment `at`: "in 3 h 12 min"."""
    minutes = int((at - now).total_seconds() // 60)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return _("in %(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
