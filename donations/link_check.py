"""Are the donation pages there? Asked on demand and by the clock; clicks only read the state.

A page that is not there any more marks its appeal (`broken_since`): the way out then leads to the
page instead of it, with no query of its own (donations/destination.py). Who asks, and how safely,
is releases/links.py, narrowed to the hosts that donation links may lead to.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from donations.models import Appeal, LinkCheck, Verdict
from releases import links
from releases.desk.front import ROWS, Row
from releases.desk.state import local


def still_asked_for(now: datetime) -> QuerySet[Appeal]:
    """Return the appeals that run at `now`, or will."""
    ended = Appeal.objects.filter(ends_at__lte=now) | Appeal.objects.filter(
        campaign__ends_at__lte=now
    )
    return Appeal.objects.exclude(pk__in=ended.values("pk"))


def check(appeals: Iterable[Appeal]) -> list[LinkCheck]:
    """Ask for the pages of these appeals, a few at once, and store what came of it."""
    rows = list(appeals)
    found: list[LinkCheck] = []
    for first in range(0, len(rows), links.MOST):
        some = rows[first : first + links.MOST]
        addresses = dict.fromkeys(appeal.url for appeal in some)
        # The record speaks the office's language, as the log does.
        with translation.override(settings.LANGUAGE_CODE):
            answers = {one.address: one for one in links.check(addresses, settings.DONATION_HOSTS)}
        found += [record(appeal, answers[appeal.url], timezone.now()) for appeal in some]
    return found


@transaction.atomic
def record(appeal: Appeal, answer: links.Answer, now: datetime) -> LinkCheck:
    """Store an answer: the same as before moves its moment, another one is a new row."""
    last = LinkCheck.objects.select_for_update().filter(appeal=appeal).first()
    said = (appeal.url, answer.verdict, answer.words)
    if last is not None and (last.url, last.verdict, last.words) == said:
        last.checked_at = max(now, last.since)
        last.save(update_fields=["checked_at"])
    else:
        last = LinkCheck.objects.create(
            appeal=appeal, url=said[0], since=now, checked_at=now, verdict=said[1], words=said[2]
        )
    _mark(appeal, answer.verdict, now)
    return last


def _mark(appeal: Appeal, verdict: str, now: datetime) -> None:
    """Mark a page that is gone, take the mark off one that is there; a doubt changes nothing."""
    rows = Appeal.objects.filter(pk=appeal.pk)
    if verdict == Verdict.GONE:
        rows.filter(broken_since=None).update(broken_since=now)
    elif verdict == Verdict.ALIVE:
        rows.exclude(broken_since=None).update(broken_since=None)
    appeal.refresh_from_db(fields=["broken_since"])


def is_broken(appeal: Appeal) -> bool:
    """Return whether the page was not there when it was last asked for."""
    return appeal.broken_since is not None


def last_check(appeal: Appeal) -> LinkCheck | None:
    """Return the latest check of the address that the appeal has now."""
    # In Python: the list of appeals has fetched them along, the latest first.
    return next((one for one in appeal.link_checks.all() if one.url == appeal.url), None)


def to_look_at(by: User, now: datetime) -> tuple[str, list[Row]]:
    """Return what the desk's front page says of donation pages that are gone or in doubt."""
    if not by.has_perm("donations.view_appeal"):
        return "", []
    latest = LinkCheck.objects.filter(appeal=OuterRef("appeal"), url=OuterRef("appeal__url"))
    checks = LinkCheck.objects.filter(
        pk=Subquery(latest.values("pk")[:1]), appeal__in=still_asked_for(now)
    )
    doubtful = checks.exclude(verdict=Verdict.ALIVE).select_related("appeal")
    return _("Donation pages to look at"), [_row(one, by) for one in doubtful[:ROWS]]


def _row(check: LinkCheck, by: User) -> Row:
    """Return a line of the desk's front page."""
    appeal = check.appeal
    form = reverse("admin:donations_appeal_change", args=[appeal.pk])
    page = reverse("admin:donations_appeal_check", args=[appeal.pk])
    said = f"{check.words} · {local(check.checked_at)}"
    if by.has_perm("donations.change_appeal"):
        return Row(appeal.name, appeal.language, form, said, _("Check"), page)
    return Row(appeal.name, appeal.language, form, said, _("Open"), form)
