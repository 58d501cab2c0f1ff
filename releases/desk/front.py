"""The desk's front page: what waits for this person, and what has just happened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Subquery, When, Window
from django.db.models.functions import Greatest, RowNumber
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from releases import timekeeping
from releases.desk.boilerplate import beginnings
from releases.desk.state import local, moment
from releases.desk.translating import made_from
from releases.models import Act, Edition, Release
from releases.models.history import Action
from releases.models.release import ReleaseQuerySet, Stage

ROWS = 10


@dataclass(frozen=True)
class Row:
    """One release on the front page: where its form is, what is said of it, what comes next.

    `further` is one more thing that can be done, if there is one.
    """

    headline: str
    language: str
    address: str
    said: str
    action: str
    action_address: str
    further: str = ""
    further_address: str = ""


@dataclass(frozen=True)
class Section:
    """Releases that have something in common, at most ROWS of them."""

    title: str
    rows: list[Row]


def sent_back(by: User) -> ReleaseQuerySet:
    """Return the drafts of `by` whose last act was to be sent back, with `why`."""
    last = Act.objects.filter(release=OuterRef("pk")).order_by("-at", "-id")
    drafts = Release.objects.visible_to(by).filter(stage=Stage.DRAFT, changed_by=by)
    return drafts.annotate(
        last=Subquery(last.values("action")[:1]), why=Subquery(last.values("why")[:1])
    ).filter(last=Action.SEND_BACK)


def to_publish(by: User) -> ReleaseQuerySet:
    """Return the approved releases that `by` may see, and that were not published since."""
    approved = Act.objects.filter(release=OuterRef("release"), action=Action.APPROVE)
    since = Edition.objects.filter(release=OuterRef("pk")).filter(
        ~Exists(approved.filter(at__gt=OuterRef("made_at")))
    )
    return Release.objects.visible_to(by).filter(~Exists(since), stage=Stage.APPROVED)


def behind(by: User, now: datetime) -> ReleaseQuerySet:
    """Return the translations whose original was published again since, with `newest`."""
    editions = Edition.objects.public(now).filter(release=OuterRef("original"))
    translations = Release.objects.visible_to(by).filter(original__isnull=False)
    # What was begun before the first edition has that one.
    late = translations.annotate(newest=Subquery(editions.values("number")[:1]))
    return late.filter(newest__gt=Greatest("based_on", 1))


def sections(by: User, now: datetime) -> list[Section]:
    """Return what `by` has to do or to know at `now`; a section without rows is left out."""
    if not by.has_perm("releases.view_release"):
        return []
    others = [import_string(name)(by, now) for name in settings.DESK_FRONT_ADDITIONS]
    told = [*_waiting(by), _late(by, now), *others, *_news(by, now)]
    found = (Section(title, rows[:ROWS]) for title, rows in told)
    return [section for section in found if section.rows]


def _waiting(by: User) -> Iterator[tuple[str, list[Row]]]:
    """What waits for `by`, then what waits for others."""
    mine, others = _in_review(by)
    back = list(_first(sent_back(by)))
    drafts = Release.objects.visible_to(by).filter(stage=Stage.DRAFT)
    own = drafts.filter(changed_by=by).exclude(pk__in=[release.pk for release in back])
    yield (
        _("Sent back to you"),
        [_draft(release, release.why) for release in back],  # type: ignore[attr-defined]
    )
    if by.has_perm("releases.approve_release"):
        yield _("Waiting for your review"), [_row(one, _("Review")) for one in others]
    if by.has_perm("releases.publish_release"):
        ready = _first(to_publish(by))
        yield _("Ready to publish"), [_row(one, _("Publish"), "publish") for one in ready]
    yield _("Your drafts"), [_draft(release) for release in _first(own)]
    yield _("Yours, in review"), [_row(release, _("Open")) for release in mine]
    rest = _first(drafts.exclude(changed_by=by))
    yield _("Drafts of others"), [_row(release, _("Open")) for release in rest]


def _in_review(by: User) -> tuple[list[Release], list[Release]]:
    """Return what waits for a review, by `by` and by others, at most ROWS of each, by one query."""
    is_mine = Case(When(changed_by=by, then=True), default=False, output_field=BooleanField())
    place = Window(RowNumber(), partition_by=F("is_mine"), order_by="-changed_at")
    review = Release.objects.visible_to(by).filter(stage=Stage.IN_REVIEW)
    found = _first(review.annotate(is_mine=is_mine, place=place).filter(place__lte=ROWS), 2 * ROWS)
    mine = [one for one in found if one.changed_by_id == by.pk]
    return mine, [one for one in found if one.changed_by_id != by.pk]


def _late(by: User, now: datetime) -> tuple[str, list[Row]]:
    """The translations that lack what their original says by now."""
    rows = [
        _row(one, _("Compare"), said=made_from(one.based_on, one.newest, public=True))  # type: ignore[attr-defined]
        for one in _first(behind(by, now))
    ]
    return _("Translations behind their original"), rows


def _news(by: User, now: datetime) -> Iterator[tuple[str, list[Row]]]:
    """What readers are to see, and what they saw last."""
    publisher = by.has_perm("releases.publish_release")
    action, page = (_("Share links"), "share") if publisher else (_("Open"), "change")
    seen = Edition.objects.visible_to(by)
    editions = seen.select_related("release").defer("body", "release__body")
    waiting = editions.scheduled(now).order_by("public_from")[:ROWS]
    rows = [_edition(one, moment(one.public_from, now), action, page) for one in waiting]
    if by.has_perm("releases.lift_release"):
        words = _("Move or lift")
        places = [_address(one.release_id, "move") for one in waiting]
        pairs = zip(rows, places, strict=True)
        rows = [replace(row, further=words, further_address=place) for row, place in pairs]
    yield _("Scheduled and embargoed"), rows
    public = editions.public(now).order_by("-public_from", "-pk")[:ROWS]
    yield _("Recently public"), [_edition(one, local(one.public_from), _("Open")) for one in public]
    noted = editions.noted(now).select_related("public_note")[:ROWS]
    yield (
        _("Recently corrected"),
        [_edition(one, f"{local(one.public_from)} · {one.note}", _("Open")) for one in noted],
    )


def _first(releases: ReleaseQuerySet, most: int = ROWS) -> Iterable[Release]:
    """Return the latest changed of them, with those who changed them."""
    rows = releases.with_restriction().select_related("changed_by").defer("body")
    return rows.order_by("-changed_at")[:most]


def _draft(release: Release, why: str = "") -> Row:
    return _row(release, _("Write on"), said=why)


def _row(release: Release, action: str, page: str = "change", said: str = "") -> Row:
    """Return the row of a working copy, with who changed it last."""
    by = release.changed_by
    name = (by.get_full_name() or by.get_username()) if by else ""
    restricted = _("restricted") if release.is_restricted else ""  # type: ignore[attr-defined]
    return Row(
        str(release), release.language, _address(release.pk),
        " · ".join(filter(None, [restricted, said, name, local(release.changed_at)])),
        action, _address(release.pk, page),
    )  # fmt: skip


def _edition(edition: Edition, said: str, action: str, page: str = "change") -> Row:
    pk = edition.release_id
    return Row(edition.headline, edition.language, _address(pk), said, action, _address(pk, page))


def _address(pk: int, page: str = "change") -> str:
    return reverse(f"admin:releases_release_{page}", args=[pk])


def front(request: HttpRequest, added: Mapping[str, Any] | None = None) -> HttpResponse:
    """Show the desk's front page in the admin's frame, with what the project adds to it."""
    found = sections(request.user, timekeeping.now())  # type: ignore[arg-type]
    told = timekeeping.told()
    shown = {"sections": found, "beginnings": beginnings(), "clock": told, **(added or {})}
    return admin.site.index(request, shown)
