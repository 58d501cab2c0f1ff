"""The one door for changes to a release: who may take what from which stage to which.

Every function locks the release, compares the version the caller had seen, asks the rules
(releases/rules.py), and writes the change, the revision and the log in one transaction.
docs/workflow.md has the same as a table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from releases import checks, publishing, slugs
from releases.clocks import local
from releases.content import Content, read, tidied, write
from releases.models import Act, Edition, Release, Revision
from releases.models.edition import Reason
from releases.models.release import Stage
from releases.restoring import Lost, restorable
from releases.rules import (
    ABOUT_EDITIONS,
    ACTIONS,
    KEEP,
    PUBLISHING,
    TAKE_BACK,
    Situation,
    refusals,
)
from releases.snapshots import SCHEMA, snapshot


class Refused(Exception):
    """An act that may not be done now; `reasons` says all of why, each a sentence."""

    def __init__(self, reasons: list[str], problems: list[checks.Problem] | None = None) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
        self.problems = problems or []


class Stale(Refused):
    """Somebody else changed the release since the caller saw it."""


@dataclass(frozen=True)
class Restored:
    """What restoring did: the release, the new revision (None: the text was equal), the losses."""

    release: Release
    revision: Revision | None
    lost: tuple[Lost, ...]


def situation(action: str, release: Release, by: User) -> tuple[Situation, list[checks.Problem]]:
    """Fetch what `refusals()` wants to know; an act on the text alone asks no edition."""
    whole, now = ACTIONS[action][2], timezone.now()
    content = read(release) if whole else None
    problems = checks.problems(release, content) if content else []
    of_editions = action in ABOUT_EDITIONS
    waiting = publishing.scheduled_edition(release, now) if of_editions else None
    found = Situation(
        stage=release.stage,
        permitted=by.has_perm(ACTIONS[action][0]),
        own_text=release.changed_by_id == by.pk,
        self_approval=settings.SELF_APPROVAL,
        problems=tuple(problem.message for problem in problems),
        scheduled=waiting is not None,
        public=of_editions and release.editions.public(now).exists(),
        replaced=of_editions and release.editions.filter(number__gt=1).exists(),
        unchanged=action in PUBLISHING
        and content is not None
        and publishing.is_published_as(release, content),
        waits_first=waiting is not None and waiting.number == 1,
    )
    return found, problems


def possible(release: Release, by: User) -> list[str]:
    """Return the actions that stage and rights allow now, for the buttons of the form.

    The state is fetched once, as for publishing, which asks for all of it. What is to become of
    an edition that waits is asked on the way.
    """
    now = replace(situation("publish", release, by)[0], problems=())
    now = replace(now, answer=TAKE_BACK if now.scheduled else "")
    return [
        action
        for action, (permission, _stages, _whole) in ACTIONS.items()
        if not refusals(action, replace(now, permitted=by.has_perm(permission)))
    ]


@contextmanager
def _opened(
    action: str, pk: int, by: User, seen: int, *, later: bool = False, answer: str = ""
) -> Iterator[Release]:
    """Lock the release, refuse or let the caller act, then count the version up and store."""
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
        with _changing(action, release, by, seen, later, answer):
            yield release


@contextmanager
def _changing(
    action: str, release: Release, by: User, seen: int, later: bool = False, answer: str = ""
) -> Iterator[None]:
    """Do the same with a release that is locked already."""
    if release.version != seen:
        raise Stale([changed_meanwhile(release.pk)])
    now, problems = situation(action, release, by)
    reasons = refusals(action, replace(now, later=later, answer=answer))
    if reasons:
        raise Refused(reasons, problems)
    release.version += 1
    try:
        yield
    except publishing.Impossible as impossible:
        raise Refused([str(impossible)]) from impossible
    release.save()


def locked_version(pk: int) -> int:
    """Return the release's version and hold it until the caller's transaction ends."""
    return Release.objects.select_for_update().values_list("version", flat=True).get(pk=pk)


def changed_meanwhile(pk: int) -> str:
    """Say who was faster."""
    by = Release.objects.select_related("changed_by").get(pk=pk).changed_by
    return _(
        "%(name)s changed this release after you opened it. Nothing of yours is stored yet: "
        "open it in another tab, compare, then save again."
    ) % {"name": name_of(by)}


def last_revision(release: Release) -> int:
    """Return the number of the newest revision, 0 where there is none."""
    if not release.pk:
        return 0
    return release.revisions.order_by("-number").values_list("number", flat=True).first() or 0


def name_of(user: User | None) -> str:
    """Return how the log calls a user; None is the system itself."""
    return (user.get_full_name() or user.get_username()) if user else _("the system")


def office_language() -> translation.override:
    """Return a block in which words of the log's own are in one language, whoever acts."""
    return translation.override(settings.LANGUAGE_CODE)


def record(release: Release, action: str, by: User | None, why: str = "") -> None:
    """Write one line of the log. Words of ours in `why` are made in office_language()."""
    with office_language():
        Act.objects.create(
            release=release,
            headline=str(release),
            action=action,
            by=by,
            by_name=name_of(by),
            at=timezone.now(),
            why=why,
        )


def _revise(release: Release, content: Content, by: User, why: str) -> Revision:
    """Keep the state just saved; return it."""
    return Revision.objects.create(
        release=release,
        number=last_revision(release) + 1,
        schema=SCHEMA,
        snapshot=snapshot(content),
        made_at=timezone.now(),
        made_by=by,
        # The log keeps the whole text.
        why=why[:300],
    )


def _arranged(content: Content, release: Release | None) -> Content:
    """Return `content` as it is stored: clean text, topics in order, an address if it can be."""
    content = tidied(content)
    slug = slugs.settled(content.slug, content.headline, content.language, release)
    return replace(content, slug=slug)


@transaction.atomic
def create(by: User, content: Content, why: str = "") -> Release:
    """Store a new draft with its first revision; return it. Raises Refused."""
    if not by.has_perm("releases.add_release"):
        raise Refused([_("Your account has no right to write releases; ask an administrator.")])
    content = _arranged(content, None)
    release = Release(version=1, changed_by=by)
    write(release, content)
    _revise(release, content, by, why)
    record(release, "create", by, why)
    return release


@transaction.atomic
def import_published(by: User, content: Content, at: datetime, why: str = "") -> Edition:
    """Bring in a release that was published elsewhere, public from `at`; return its edition.

    The person who imports answers for a text that is public already: no second one approves it.
    Raises Refused, and then stores nothing.
    """
    release = create(by, content, why)
    with _opened("import_published", release.pk, by, release.version) as release:
        release.stage, release.approved_by = Stage.APPROVED, by
        edition = publishing.make_edition(release, read(release), by, at)
        record(release, "import_published", by, f"{at:%Y-%m-%d %H:%M %Z}")
    return edition


def save(pk: int, by: User, seen: int, content: Content, why: str = "") -> Release:
    """Store a changed text; approval is gone with it, visibly. Raises Refused or Stale.

    A text equal to the stored one changes nothing: no revision, no version, no stage.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
        former, content = read(release), _arranged(content, release)
        if release.version == seen and content == former:
            return release
        with _changing("save", release, by, seen):
            release.stage, release.approved_by, release.changed_by = Stage.DRAFT, None, by
            write(release, content, former)
            _revise(release, content, by, why)
            record(release, "save", by, why)
    return release


def restore(pk: int, by: User, seen: int, number: int, why: str = "") -> Restored:
    """Make the text what revision `number` says, as it was stored, and keep it as a new revision.

    What can't be had any more is left out; the log says so, and the answer. A text equal to the
    present one changes nothing. Raises Refused, Stale or Revision.DoesNotExist.
    """
    with transaction.atomic():
        release = Release.objects.get(pk=pk)
        found = restorable(release, number)
        equal = release.version == seen and found.content == read(release)
        if equal and by.has_perm(ACTIONS["restore"][0]):
            return Restored(release, None, found.lost)
        with _opened("restore", pk, by, seen) as release:
            release.stage, release.approved_by, release.changed_by = Stage.DRAFT, None, by
            write(release, found.content)
            with office_language():
                said = _("Revision %(number)s was restored.") % {"number": number}
                told = " ".join(filter(None, [said, why.strip(), *map(str, found.lost)]))
            revision = _revise(release, found.content, by, told)
            record(release, "restore", by, told)
    return Restored(release, revision, found.lost)


def submit(pk: int, by: User, seen: int) -> Release:
    """Hand the draft to the editors. Raises Refused or Stale."""
    with _opened("submit", pk, by, seen) as release:
        release.stage = Stage.IN_REVIEW
        record(release, "submit", by)
    return release


def send_back(pk: int, by: User, seen: int, why: str) -> Release:
    """Make it a draft again and say why. Raises Refused or Stale."""
    if not why.strip():
        raise Refused([_("Say in a sentence what is to be changed.")])
    with _opened("send_back", pk, by, seen) as release:
        release.stage, release.approved_by = Stage.DRAFT, None
        record(release, "send_back", by, why)
    return release


def approve(pk: int, by: User, seen: int) -> Release:
    """Approve this exact text. Raises Refused or Stale."""
    with _opened("approve", pk, by, seen) as release:
        release.stage, release.approved_by = Stage.APPROVED, by
        own = release.changed_by_id == by.pk
        with office_language():
            why = _("The approver’s own text.") if own else ""
        record(release, "approve", by, why)
    return release


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
    with _opened("publish", pk, by, seen, later=at is not None, answer=waiting) as release:
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
    with _opened("publish_urgently", pk, by, seen, later=later, answer=waiting) as release:
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
    if waiting == KEEP:
        return removed
    record(release, "take_back", by, local(removed.edition.public_from))
    return None


def _put_back(release: Release, by: User, removed: publishing.Removed | None) -> None:
    """Make the kept edition again, after the one just made."""
    if removed is None:
        return
    kept = publishing.make_again(release, removed)
    words = {"number": kept.number, "base": kept.number - 1, "moment": local(kept.public_from)}
    told = _("Edition %(number)d, now made from edition %(base)d: %(moment)s.") % words
    record(release, "keep", by, told)


def take_back(pk: int, by: User, seen: int, why: str = "") -> Release:
    """Take a scheduled edition back before its moment; the text stays. Raises Refused or Stale."""
    with _opened("take_back", pk, by, seen) as release:
        publishing.take_back(release)
        record(release, "take_back", by, why)
    return release


def mend_note(pk: int, by: User, seen: int, number: int, text: str) -> Edition:
    """Change the public note of an edition, or give one to a typing error. Return the edition.

    Its date stays the edition's; the log keeps the former wording and the new one. Raises Refused
    or Stale, and Edition.DoesNotExist for a number that is none.
    """
    with _opened("mend_note", pk, by, seen) as release:
        edition = release.editions.select_related("public_note").get(number=number)
        try:
            former = publishing.mend_note(edition, text)
        except publishing.Impossible as impossible:
            raise Refused([str(impossible)]) from impossible
        record(release, "mend_note", by, _mended(edition, former))
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
    with _opened(action, pk, by, seen) as release:
        edition, was = publishing.move(release, at)
        moments = {"former": local(was), "new": local(edition.public_from)}
        told = _("Until now: %(former)s. From now on: %(new)s.") % moments
        record(release, action, by, f"{why.strip()}\n{told}")
    return edition


def withdraw(
    pk: int, by: User, seen: int, reason: str, text: str = "", replaced_by: Release | None = None
) -> Release:
    """End the public edition now, with a public reason. Raises Refused or Stale."""
    with _opened("withdraw", pk, by, seen) as release:
        withdrawal = publishing.withdraw(release, reason, text, replaced_by)
        with office_language():
            why = f"{withdrawal} {withdrawal.text}".strip()
        record(release, "withdraw", by, why)
    return release
