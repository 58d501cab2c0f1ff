"""What stands in focus on a language's front page: the public releases pinned last, a few."""

from collections.abc import Iterable
from datetime import datetime

from releases.models import Edition, Pin

#: More than these, and none of them stands out.
MOST = 3


def in_focus(at: datetime, language: str, beside: Iterable[Edition]) -> list[Edition]:
    """Return the public editions of pinned releases, those pinned last first, three at most.

    `beside` is what the page shows above them anyway. The pins are asked for first: they are few,
    and often there is none.
    """
    pins = Pin.objects.standing(at).order_by("-since", "-pk")
    releases = dict.fromkeys(pins.values_list("release", flat=True))
    if not releases:
        return []
    above = [one.pk for one in beside]
    held = Edition.objects.public(at).filter(language=language, release__in=releases)
    keys = dict(held.exclude(pk__in=above).values_list("release", "pk"))
    shown = [keys[release] for release in releases if release in keys][:MOST]
    found = Edition.objects.public(at).filter(pk__in=shown).defer("body").prefetch_related("topics")
    return sorted(found, key=lambda one: shown.index(one.pk))


def in_focus_now(at: datetime, language: str) -> list[Edition]:
    """Return the same for the front page as it is: its newest release stands above them."""
    public = Edition.objects.public(at).filter(language=language)
    return in_focus(at, language, public.newest_first().only("pk")[:1])
