"""What readers can see of a release, in the desk's words."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from releases import workflow
from releases.clocks import distance, elsewhere, local, moment
from releases.models import Edition, Release

# How a moment is worded stands with the clocks; the desk asks here for both.
__all__ = ["describe", "distance", "elsewhere", "local", "moment", "named", "restriction"]


def restriction(release: Release) -> str:
    """Return who alone may see a release, "Restricted: Ana, Ben", or ''."""
    names = ", ".join(sorted(workflow.name_of(one) for one in release.named.all()))
    return _("Restricted: %(names)s") % {"names": names} if names else ""


def describe(editions: Sequence[Edition], now: datetime) -> str:
    """Return whether an edition is public at `now`, scheduled or withdrawn, as a phrase."""
    phrases = []
    if any(edition.is_public(now) for edition in editions):
        phrases.append(_("public"))
    phrases.extend(_waits(edition, now) for edition in editions if edition.public_from > now)
    if phrases:
        return "; ".join(phrases)
    return _("withdrawn") if editions else _("not public")


def named(edition: Edition) -> str:
    """Return an edition's name, with the one it was made from: the one numbered before it."""
    if edition.number == 1:
        return _("edition %(number)d") % {"number": 1}
    return _("edition %(number)d, made from edition %(base)d") % {
        "number": edition.number,
        "base": edition.number - 1,
    }


def _waits(edition: Edition, now: datetime) -> str:
    """Return from when an edition is to be public; a later one is named."""
    words = _("public from %(moment)s") % {"moment": moment(edition.public_from, now)}
    return words if edition.number == 1 else f"{named(edition)}: {words}"
