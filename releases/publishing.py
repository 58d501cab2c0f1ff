"""From a release to an edition. Nothing else makes, closes or takes back an edition."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from releases import timekeeping
from releases.content import TEXT_FIELDS, Content, edition_attachments, edition_figures, read
from releases.html import clean_source, excerpt
from releases.models import (
    Address,
    Edition,
    EditionAttachment,
    EditionContact,
    EditionFigure,
    EditionTopic,
    Note,
    Release,
    Withdrawal,
)
from releases.models.edition import Reason
from releases.models.history import Action
from releases.rules import nothing_waits
from releases.search.index import index


class Impossible(ValueError):
    """The edition can't be made; the message is a sentence for the person who publishes."""


def newest_edition(release: Release) -> Edition | None:
    """Return the release's newest edition, whatever its span."""
    return release.editions.order_by("-number").first()


def scheduled_edition(release: Release, now: datetime) -> Edition | None:
    """Return the edition that waits for its moment, or None."""
    return release.editions.scheduled(now).first()


def begun_edition(release: Release, now: datetime) -> Edition | None:
    """Return the newest edition that is, or was, public by `now`: what publishing now replaces."""
    return release.editions.begun(now).order_by("-number").first()


def unseen_edition(release: Release) -> Edition | None:
    """Return the newest edition if it went out unapproved and nobody else has looked since.

    Beside one that waits for its moment, the one before it counts too. To approve the release is
    to have looked; the log says who did.
    """
    for edition in _standing(release):
        if edition.approved_by_id is None:
            looked = release.acts.filter(action=Action.APPROVE, at__gt=edition.made_at)
            if not looked.exclude(by=edition.published_by_id).exists():
                return edition
    return None


def is_published_as(release: Release, content: Content) -> bool:
    """Return whether an edition that stands, or waits, says exactly what `content` says."""
    return any(
        read(edition) == as_published(content, edition.public_from, edition)
        and (edition.original_id, edition.based_on) == (release.original_id, release.based_on)
        for edition in _standing(release)
        if edition.public_until is None or edition.public_until > timekeeping.now()
    )


def _standing(release: Release) -> list[Edition]:
    """Return the newest edition, and the one before it while the newest waits for its moment."""
    newest = list(release.editions.order_by("-number")[:2])
    waits = newest and newest[0].public_from > timekeeping.now()
    return newest if waits else newest[:1]


def make_edition(
    release: Release,
    content: Content,
    by: User | None,
    at: datetime | None = None,
    reason: str = Reason.FIRST,
    note: str = "",
    *,
    now: datetime | None = None,
) -> Edition:
    """Make the next edition, public from `at` (None: from now on), and close the former one then.

    `now` is the moment of the act; only what brings in a release with its history gives another
    than the clock's. Returns the edition; raises Impossible where the moment, the reason or the
    address won't do.
    """
    now = now or timekeeping.now()
    at = at or now
    former = newest_edition(release)
    _check(former, at, now, reason, note)
    _claim_address(release, content)
    edition = Edition(
        release=release,
        original_id=release.original_id,
        based_on=release.based_on,
        public_from=at,
        reason=reason if former else Reason.FIRST,
        made_at=now,
        published_by=by,
        approved_by=release.approved_by,
    )
    return _store(edition, as_published(content, at, former), note, former)


def withdraw(
    release: Release, reason: str, text: str = "", replaced_by: Release | None = None
) -> Withdrawal:
    """End the release's public edition now, and tell readers why. Returns the withdrawal.

    Raises Impossible where nothing is public, or where an edition waits for its moment: that one
    would bring the release back.
    """
    now = timekeeping.now()
    newest = newest_edition(release)
    if newest is None or not newest.is_public(now):
        raise Impossible(_("Only a public release can be withdrawn."))
    if replaced_by == release:
        raise Impossible(_("A release can’t take its own place."))
    newest.public_until = now
    newest.save(update_fields=["public_until"])
    return Withdrawal.objects.create(
        edition=newest, reason=reason, text=text.strip(), replaced_by=replaced_by
    )


def mend_note(edition: Edition, text: str) -> str:
    """Give an edition's note this wording; return the former one, '' where there was none.

    Raises Impossible for a first edition, for no words, and for those that are there already.
    """
    former, text = edition.note, text.strip()
    if edition.number == 1:
        raise Impossible(_("Only an edition after the first has a note."))
    if not text:
        raise Impossible(_("A note may be mended, but not taken away: write what readers read."))
    if text == former:
        raise Impossible(_("The note says this already."))
    note, _made = Note.objects.update_or_create(edition=edition, defaults={"text": text})
    edition.public_note = note
    return former


@dataclass(frozen=True)
class Removed:
    """A waiting edition that was removed, with all that it takes to make it again."""

    edition: Edition
    content: Content
    note: str


def take_back(release: Release) -> Removed:
    """Remove the scheduled edition and open the former one's span again; return what it was.

    Raises Impossible where none waits, or its moment has come.
    """
    removed = _remove(release)
    # An address that only this edition had was never public: it is free, and may still change.
    kept = Edition.objects.filter(
        release=release, language=OuterRef("language"), slug=OuterRef("slug")
    )
    release.addresses.exclude(Exists(kept)).delete()
    return removed


def move(release: Release, at: datetime | None) -> tuple[Edition, datetime]:
    """Let the scheduled edition begin at another moment (None: now); return it and its former one.

    An edition never changes, and this one was never public: it is removed and made again, with its
    own text, number, reason, note, approver. The date printed follows where it was the old day's.
    Raises Impossible where none waits, or `at` won't do.
    """
    removed, now = _remove(release), timekeeping.now()
    was, content = removed.edition.public_from, removed.content
    if at is not None and at <= now:
        raise Impossible(_("This time has passed: lift the embargo, or give a later one."))
    if at == was:
        raise Impossible(_("The edition waits for this very moment already."))
    at = at or now
    former = newest_edition(release)
    days = (timezone.localdate(was), timezone.localdate(at))
    dated = moved_date(content.dated, *days, former.dated if former else None)
    return make_again(release, replace(removed, content=replace(content, dated=dated)), at), was


def moved_date(printed: date | None, old: date, new: date, release: date | None) -> date | None:
    """Return the date printed on an edition that moves from the day `old` to the day `new`.

    A date other than the old day's stays; so does `release`, that of an earlier edition.
    """
    return new if printed == old and printed != release else printed


def make_again(release: Release, removed: Removed, at: datetime | None = None) -> Edition:
    """Make a removed edition once more, after the newest there is; return it.

    `at` is another moment than its own.
    """
    was = removed.edition
    edition = Edition(
        release=release,
        original_id=was.original_id,
        based_on=was.based_on,
        public_from=at or was.public_from,
        reason=was.reason,
        made_at=was.made_at,
        published_by_id=was.published_by_id,
        approved_by_id=was.approved_by_id,
    )
    return _store(edition, removed.content, removed.note, newest_edition(release))


def _remove(release: Release) -> Removed:
    """Remove the waiting edition and open the former one's span again.

    Whether its moment has come is for the database to say, by its own clock.
    """
    now = timekeeping.now()
    waiting = scheduled_edition(release, now)
    if waiting is None:
        raise Impossible(nothing_waits(public=release.editions.public(now).exists()))
    removed = Removed(waiting, read(waiting), waiting.note)
    try:
        with transaction.atomic():
            waiting.delete()
    except IntegrityError as begun:
        raise Impossible(nothing_waits(public=True)) from begun
    former = newest_edition(release)
    if former and former.public_until == waiting.public_from:
        former.public_until = None
        former.save(update_fields=["public_until"])
    return removed


def _store(edition: Edition, content: Content, note: str, former: Edition | None) -> Edition:
    """Store and index the edition with `content`; the one before it ends where this begins."""
    if former and former.public_until is None:
        former.public_until = edition.public_from
        former.save(update_fields=["public_until"])
    edition.number = former.number + 1 if former else 1
    for name in TEXT_FIELDS:
        setattr(edition, name, getattr(content, name))
    edition.save()
    _attach(edition, content, note)
    index([edition])
    return edition


def as_published(content: Content, at: datetime, former: Edition | None) -> Content:
    """Return `content` with what publishing fills in: the date, the summary, clean text.

    A release that was given no date keeps that of its first publication: a correction does not
    move it.
    """
    values: dict[str, Any] = {}
    values["dated"] = content.dated or (former.day if former else timezone.localdate(at))
    values["body"] = clean_source(content.body)
    values["summary"] = content.summary or excerpt(content.body)
    return replace(content, **values)


def _check(former: Edition | None, at: datetime, now: datetime, reason: str, note: str) -> None:
    """Refuse what would rewrite the past or leave a change unexplained."""
    if former is None:
        return
    if at < now:
        raise Impossible(_("Only a first edition may begin in the past."))
    if at == former.public_from:
        raise Impossible(_("Another edition begins at this very moment: publish again."))
    if reason == Reason.FIRST:
        raise Impossible(
            _("Say why the text changes: correction, clarification, update or typing error.")
        )
    if reason != Reason.TYPO and not note.strip():
        raise Impossible(_("Write the public note that tells readers what changed."))


def _claim_address(release: Release, content: Content) -> None:
    """Give language and slug to this release for ever; the database refuses a second owner."""
    try:
        with transaction.atomic():
            address, _created = Address.objects.get_or_create(
                language=content.language, slug=content.slug, defaults={"release": release}
            )
    except IntegrityError as taken:
        raise Impossible(_("Another release has just been published at this address.")) from taken
    if address.release_id != release.pk:
        raise Impossible(
            _("Another release was published at “%(slug)s”; choose another address.")
            % {"slug": content.slug}
        )


def _attach(edition: Edition, content: Content, note: str) -> None:
    """Store what hangs on the edition: topics, contacts in order, figures, the public note."""
    EditionTopic.objects.bulk_create(
        EditionTopic(
            edition=edition,
            topic_id=pk,
            language=edition.language,
            kind=edition.kind,
            dated=edition.day,
        )
        for pk in content.topics
    )
    EditionContact.objects.bulk_create(
        EditionContact(edition=edition, contact_id=pk, position=place)
        for place, pk in enumerate(content.contacts)
    )
    EditionFigure.objects.bulk_create(edition_figures(edition, content.figures))
    EditionAttachment.objects.bulk_create(edition_attachments(edition, content.attachments))
    if note.strip() and edition.number > 1:
        Note.objects.create(edition=edition, text=note.strip())
