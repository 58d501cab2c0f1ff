"""Counting attempts before they are made, so that many at once are no more than many in turn.

Whoever knocks is counted by the browser, where this name was signed in from it before (a device
cookie, as OWASP describes it), and otherwise by the name and by the network. So whatever strangers
guess makes strangers wait: who knows a browser that is known comes in.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import known
from accounts.addresses import network
from accounts.models import Guesses
from accounts.waiting import FORGOTTEN, FREE, FREE_NETWORK, left


@dataclass(frozen=True)
class Counter:
    """What is counted under one key, how much of it is free, and whether success clears it."""

    key: str
    free: int
    cleared: bool


def counters(request: HttpRequest, kind: str, name: str) -> list[Counter]:
    """Return what an attempt of this kind ("password", "code" …) at this name counts for."""
    name = name.strip().casefold()
    browser = known.browser(request, name)
    if browser:
        return [Counter(_key(kind, "browser", name, browser), FREE, True)]
    return [
        Counter(_key(kind, "name", name), FREE, True),
        # Somebody's own success must not wipe out what he guessed of others from there.
        Counter(_key(kind, "network", network(request)), FREE_NETWORK, False),
    ]


def begin(counted: list[Counter]) -> int:
    """Count an attempt that is about to be made; return 0, or the seconds to wait before one."""
    now = timezone.now()
    keys = {one.key: one for one in counted}
    with transaction.atomic():
        Guesses.objects.filter(last_at__lt=now - timedelta(seconds=FORGOTTEN)).delete()
        fresh = [Guesses(key=key, last_at=now) for key in sorted(keys)]
        Guesses.objects.bulk_create(fresh, ignore_conflicts=True)
        rows = Guesses.objects.select_for_update().filter(key__in=keys).order_by("key")
        found = list(rows)
        wait = max(
            left(row.failures, keys[row.key].free, (now - row.last_at).total_seconds())
            for row in found
        )
        if not wait:
            for row in found:
                row.failures, row.last_at = row.failures + 1, now
            Guesses.objects.bulk_update(found, ["failures", "last_at"])
    return wait


def forgive(counted: list[Counter]) -> None:
    """The attempt was right: take it back, and clear what only this person's failures made."""
    with transaction.atomic():
        rows = Guesses.objects.select_for_update()
        found = list(rows.filter(key__in=[one.key for one in counted]).order_by("key"))
        cleared = {one.key for one in counted if one.cleared}
        for row in found:
            row.failures = 0 if row.key in cleared else max(0, row.failures - 1)
        Guesses.objects.bulk_update(found, ["failures"])


def sentence(seconds: int) -> str:
    """Say how long to wait, and what lets the owner of the account in meanwhile."""
    minutes = -(-seconds // 60)
    span = (
        ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
        if seconds < 60
        else ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    )
    return _(
        "Too many attempts: wait %(span)s, and try again. A browser in which you have signed in "
        "before does not wait for others; a link by mail to a new password makes this one known."
    ) % {"span": span}


def _key(*parts: str) -> str:
    return salted_hmac("accounts.guesses", "\x1f".join(parts), algorithm="sha256").hexdigest()
