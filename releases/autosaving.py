"""Text that is not saved yet, and who has a release open: one row a person and release.

Beside the workflow: neither is a change of the release. No version, stage, revision, log or
generation moves.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from releases.models import Autosave, Presence, Release

MOST = 2_000_000  # characters of one form
#: Who has not been heard of for so long has gone: a browser that dies says nothing.
HEARD = timedelta(seconds=45)
#: What a form sends along that nobody typed.
NOT_TYPED = ("csrfmiddlewaretoken", "typist")
TEMPLATE_ROW = "-__prefix__-"


class TooLong(Exception):
    """A form that says more than a slot takes."""


def slot(user: User, release: int | None) -> Autosave | None:
    """Return what this person typed into the form of the release (None: a new one), if kept."""
    return Autosave.objects.filter(user=user, release=release).first()


def keep(user: User, release: Release | None, values: Mapping[str, list[str]]) -> Autosave:
    """Put what a form holds into the person's one slot. Raises TooLong."""
    kept = {
        # No database holds the character NUL.
        name.replace("\0", ""): [text.replace("\0", "") for text in texts]
        for name, texts in values.items()
        if name not in NOT_TYPED and TEMPLATE_ROW not in name
    }
    if sum(len(name) + sum(map(len, texts)) for name, texts in kept.items()) > MOST:
        raise TooLong
    found, _new = Autosave.objects.update_or_create(
        user=user, release=release, defaults={"values": kept, "saved_at": timezone.now()}
    )
    return found


def empty(user: User, release: int | None) -> bool:
    """Empty the person's slot; return whether there was anything in it."""
    return bool(Autosave.objects.filter(user=user, release=release).delete()[0])


def arrive(user: User, release: Release) -> None:
    """Note that this person has the release open now."""
    now = timezone.now()
    Presence.objects.update_or_create(user=user, release=release, defaults={"at": now})


def leave(user: User, release: Release) -> None:
    """Note that this person has it open no more."""
    Presence.objects.filter(user=user, release=release).delete()


def others(user: User, release: Release) -> list[User]:
    """Return who else has it open, the longest there first."""
    heard = release.presences.filter(at__gt=timezone.now() - HEARD).exclude(user=user)
    return [one.user for one in heard.select_related("user").order_by("pk")]
