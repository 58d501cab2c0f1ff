"""Acts on what readers see: publishing, moving, lifting, taking back, mending, withdrawing."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from releases import publishing
from releases.clocks import local
from releases.content import Content, read
from releases.models import Edition, Release
from releases.models.edition import Reason
from releases.models.release import Stage
from releases.rules import KEEP
from releases.workflow.door import Refused, office_language, opened, record
from releases.workflow.text import create
from releases.workflow.translating import fall_back


@transaction.atomic
def import_published(
    by: User, content: Content, at: datetime, why: str = "", original: Release | None = None
) -> Edition:
    """Bring in a release that was published elsewhere, public from `at`; return its edition.

    The person who imports answers for a text that is public already: no second one approves it.
    `original` is the release that it translates. Raises Refused, and then stores nothing.
    """
    release = create(by, content, why, original)
    with opened("import_published", release.pk, by, release.version) as release:
        release.stage, release.approved_by = Stage.APPROVED, by
        edition = publishing.make_edition(release, read(release), by, at)
        record(release, "import_published", by, f"{at:%Y-%m-%d %H:%M %Z}")
    return edition


def publish(
    pk: int,
    by: User,
    seen: int,
    at: datetime | None = None,
    reason: str = Reason.FIRST,
    note: str = "",
    waiting: str = "",
) -> Edition:
    """Make an edition of the approved text, public from `at` (None: from now). Return it.

    `waiting` says what becomes of an edition that waits for its moment (rules.TAKE_BACK, KEEP);
    without that it is refused. Raises Refused or Stale. Only a first edition may begin in the
    past: an older release that is brought in begins on its own date.
    """
    with opened("publish", pk, by, seen, later=at is not None, answer=waiting) as release:
        removed = _set_aside(release, by, waiting)
        edition = publishing.make_edition(release, read(release), by, at, reason, note)
        release.slug = edition.slug
        record(release, "publish", by, f"{edition.public_from:%Y-%m-%d %H:%M:%S} UTC")
        _put_back(release, by, removed)
    return edition


def publish_urgently(
    pk: int,
    by: User,
    seen: int,
    why: str,
    at: datetime | None = None,
    reason: str = Reason.FIRST,
    note: str = "",
    waiting: str = "",
) -> Edition:
    """Make an edition of a text that nobody has approved yet; say `why` it can't wait.

    The release then stands in review, and the desk says that nobody has looked, until somebody
    else approves it (publishing.unseen_edition). Raises Refused or Stale, as publish() does.
    """
    if not why.strip():
        raise Refused([_("Say in a sentence why this can’t wait for a second person.")])
    later = at is not None
    with opened("publish_urgently", pk, by, seen, later=later, answer=waiting) as release:
        removed = _set_aside(release, by, waiting)
        release.stage, release.approved_by = Stage.IN_REVIEW, None
        edition = publishing.make_edition(release, read(release), by, at, reason, note)
        release.slug = edition.slug
        record(release, "publish_urgently", by, why.strip())
        _put_back(release, by, removed)
    return edition


def _set_aside(release: Release, by: User, waiting: str) -> publishing.Removed | None:
    """Make room before the edition that waits; return it where it is to be kept."""
    if not waiting:
        return None
    removed = publishing.take_back(release)
    fall_back(release, removed.edition.number, by)
    if waiting == KEEP:
        return removed
    with office_language():
        moment = local(removed.edition.public_from)
    record(release, "take_back", by, moment)
    return None


def _put_back(release: Release, by: User, removed: publishing.Removed | None) -> None:
    """Make the kept edition again, after the one just made."""
    if removed is None:
        return
    kept = publishing.make_again(release, removed)
    with office_language():
        words = {"number": kept.number, "base": kept.number - 1, "moment": local(kept.public_from)}
        told = _("Edition %(number)d, now made from edition %(base)d: %(moment)s.") % words
    record(release, "keep", by, told)


def take_back(pk: int, by: User, seen: int, why: str = "") -> Release:
    """Take a scheduled edition back before its moment; the text stays. Raises Refused or Stale."""
    with opened("take_back", pk, by, seen) as release:
        removed = publishing.take_back(release)
        fall_back(release, removed.edition.number, by)
        record(release, "take_back", by, why)
    return release


def mend_note(pk: int, by: User, seen: int, number: int, text: str) -> Edition:
    """Change the public note of an edition, or give one to a typing error. Return the edition.

    Its date stays the edition's; the log keeps the former wording and the new one. Raises Refused
    or Stale, and Edition.DoesNotExist for a number that is none.
    """
    with opened("mend_note", pk, by, seen) as release:
        edition = release.editions.select_related("public_note").get(number=number)
        former = publishing.mend_note(edition, text)
        with office_language():
            told = _mended(edition, former)
        record(release, "mend_note", by, told)
    return edition


def _mended(edition: Edition, former: str) -> str:
    """Say what a note said and what it says now."""
    words = {"number": edition.number, "former": former, "note": edition.note}
    if not former:
        return _("Edition %(number)d, a note that was not there before: “%(note)s”") % words
    return _("Edition %(number)d, before: “%(former)s” Now: “%(note)s”") % words


def move(pk: int, by: User, seen: int, at: datetime, why: str) -> Edition:
    """Let the scheduled edition begin at another moment to come; say `why`. Return it.

    Raises Refused or Stale.
    """
    return _move("move", pk, by, seen, at, why)


def lift(pk: int, by: User, seen: int, why: str) -> Edition:
    """Let the scheduled edition begin now; say `why`. Return it. Raises Refused or Stale."""
    return _move("lift", pk, by, seen, None, why)


def _move(action: str, pk: int, by: User, seen: int, at: datetime | None, why: str) -> Edition:
    """Move the scheduled edition; the log says from which moment to which."""
    if not why.strip():
        raise Refused([_("Say in a sentence why the moment changes.")])
    with opened(action, pk, by, seen) as release:
        edition, was = publishing.move(release, at)
        with office_language():
            moments = {"former": local(was), "new": local(edition.public_from)}
            told = _("Until now: %(former)s. From now on: %(new)s.") % moments
        record(release, action, by, f"{why.strip()}\n{told}")
    return edition


def withdraw(
    pk: int, by: User, seen: int, reason: str, text: str = "", replaced_by: Release | None = None
) -> Release:
    """End the public edition now, with a public reason. Raises Refused or Stale."""
    with opened("withdraw", pk, by, seen) as release:
        withdrawal = publishing.withdraw(release, reason, text, replaced_by)
        with office_language():
            why = f"{withdrawal} {withdrawal.text}".strip()
        record(release, "withdraw", by, why)
    return release
