"""The status line of the desk's front page: what an administrator wants to know of the site."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.core import checks
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import cepr_press
from cepr_press import generation
from cepr_press.backup.folder import last_backup
from cepr_press.migrated import unapplied
from releases import guards, timekeeping
from releases.clocks import local
from releases.desk.front import front

# Below this there is soon no room for pictures, and then for the database.
LEAST_FREE = 1024**3
# A backup each night; one that failed is told before the second night.
OLD_BACKUP = timedelta(hours=36)


@dataclass(frozen=True)
class Status:
    """How the site is: facts that are read at a glance, and what needs doing, in sentences."""

    facts: list[str]
    to_do: list[str]


def front_page(request: HttpRequest) -> HttpResponse:
    """Show the desk's front page; who looks after accounts is told how the site is."""
    if not request.user.has_perm("auth.change_user"):
        return front(request)
    return front(request, {"status": status(timezone.now())})


def status(now: datetime) -> Status:
    """Return how the site is at `now`, by five queries at most."""
    backup = last_backup()
    free = shutil.disk_usage(settings.VAR).free
    facts = [
        _("Version %(version)s") % {"version": cepr_press.__version__},
        _("last backup %(moment)s") % {"moment": local(backup)} if backup else _("no backup"),
        _("%(size)s free") % {"size": filesizeformat(free)},
    ]
    needed = [
        *_of_clock(),
        *_of_backups(backup, now),
        *_of_disk(free),
        *_of_database(),
        *warnings(),
    ]
    return Status(facts, needed)


def _of_clock() -> Iterator[str]:
    if timekeeping.behind():
        yield _(
            "The clock of this machine is behind: look at “timedatectl”, and at “Running it” for "
            "nginx, which shows pages of before until it is right."
        )


def _of_backups(backup: datetime | None, now: datetime) -> Iterator[str]:
    if backup is None:
        yield _("There is no backup of this site. “Running it” says how to make one each night.")
    elif now - backup > OLD_BACKUP:
        hours = int((now - backup).total_seconds() // 3600)
        yield ngettext(
            "The last backup is %(n)d hour old: look whether the one of last night failed.",
            "The last backup is %(n)d hours old: look whether the one of last night failed.",
            hours,
        ) % {"n": hours}


def _of_disk(free: int) -> Iterator[str]:
    if free < LEAST_FREE:
        yield _("The disk is almost full: pictures, then texts, can soon not be stored any more.")


def _of_database() -> Iterator[str]:
    if missing := unapplied():
        yield ngettext(
            "%(n)d migration is not applied: run manage.py migrate.",
            "%(n)d migrations are not applied: run manage.py migrate.",
            len(missing),
        ) % {"n": len(missing)}
    if guards.missing(connection) or generation.missing(connection):
        yield _("The database lacks guards of editions: run manage.py reinstall_guards.")


@cache
def warnings() -> tuple[str, ...]:
    """Return what the checks of the settings say, each with its hint and number.

    Asked once: settings don't change while a process runs. Not translated, as all of Django's.
    """
    found = checks.run_checks(include_deployment_checks=settings.PRODUCTION)
    return tuple(
        f"{one.msg} {one.hint or ''} ({one.id})"
        for one in found
        if one.level >= checks.WARNING and not one.is_silenced()
    )
