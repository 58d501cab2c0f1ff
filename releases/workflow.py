"""The one door for changes to a release: who may take what from which stage to which.

Every function locks the release, compares the version the caller had seen, asks the rules
(releases/rules.py), and writes the change, the revision and the log in one transaction.
docs/workflow.md has the same as a table.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from releases import checks, publishing, slugs
from releases.content import Content, read, write
from releases.html import clean_source, one_line
from releases.models import Act, Edition, Release, Revision
from releases.models.edition import Reason
from releases.models.release import Stage
from releases.rules import ACTIONS, PUBLISHING, Situation, refusals
from releases.snapshots import SCHEMA, snapshot


class Refused(Exception):
    """An act that may not be done now; `reasons` says all of why, each a sentence."""

    def __init__(self, reasons: list[str], problems: list[checks.Problem] | None = None) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons
        self.problems = problems or []


class Stale(Refused):
    """Somebody else changed the release since the caller saw it."""


def situation(action: str, release: Release, by: User) -> tuple[Situation, list[checks.Problem]]:
    """Fetch what `refusals()` wants to know."""
    content = read(release)
    problems = checks.problems(release, content) if ACTIONS[action][2] else []
    found = Situation(
        stage=release.stage,
        permitted=by.has_perm(ACTIONS[action][0]),
        own_text=release.changed_by_id == by.pk,
        self_approval=settings.SELF_APPROVAL,
        problems=tuple(problem.message for problem in problems),
        scheduled=publishing.scheduled_edition(release, timezone.now()) is not None,
        public=release.editions.public(timezone.now()).exists(),
        unchanged=action in PUBLISHING and publishing.is_published_as(release, content),
        hidden=release.hides_from(by),
    )
    return found, problems


def possible(release: Release, by: User) -> list[str]:
    """Return the actions that stage and rights allow now, for the buttons of the form.

    The state is fetched once, as for publishing, which asks for all of it.
    """
    now = replace(situation("publish", release, by)[0], problems=())
    return [
        action
        for action, (permission, _stages, _whole) in ACTIONS.items()
        if not refusals(action, replace(now, permitted=by.has_perm(permission)))
    ]


@contextmanager
def _opened(action: str, pk: int, by: User, seen: int) -> Iterator[Release]:
    """Lock the release, refuse or let the caller act, then count the version up and store."""
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
        if release.version != seen:
            raise Stale([changed_meanwhile(pk)])
        now, problems = situation(action, release, by)
        reasons = refusals(action, now)
        if reasons:
            raise Refused(reasons, problems)
        release.version += 1
        yield release
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


def name_of(user: User | None) -> str:
    """Return how the log calls a user; None is the system itself."""
    return (user.get_full_name() or user.get_username()) if user else _("the system")


def record(release: Release, action: str, by: User | None, why: str = "") -> None:
    """Write one line of the log."""
    Act.objects.create(
        release=release,
        headline=str(release),
        action=action,
        by=by,
        by_name=name_of(by),
        at=timezone.now(),
        why=why,
    )


def _revise(release: Release, content: Content, by: User, why: str) -> None:
    """Keep the state just saved."""
    last = release.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    Revision.objects.create(
        release=release,
        number=last + 1,
        schema=SCHEMA,
        snapshot=snapshot(content),
        made_at=timezone.now(),
        made_by=by,
        # The log keeps the whole text.
        why=why[:300],
    )


def _arranged(content: Content, release: Release | None) -> Content:
    """Return `content` as it is stored: clean text, topics in order, an address if it can be."""
    content = replace(
        content,
        headline=one_line(content.headline),
        subhead=one_line(content.subhead),
        dateline=one_line(content.dateline),
        summary=one_line(content.summary),
    )
    slug = content.slug
    if release and release.addresses.exists():
        slug = release.slug
    elif not slug and content.headline.strip():
        slug = slugs.free(content.headline, content.language, release)
    return replace(
        content, slug=slug, body=clean_source(content.body), topics=tuple(sorted(content.topics))
    )


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
        try:
            edition = publishing.make_edition(release, read(release), by, at)
        except publishing.Impossible as impossible:
            raise Refused([str(impossible)]) from impossible
        record(release, "import_published", by, f"{at:%Y-%m-%d %H:%M %Z}")
    return edition


def save(pk: int, by: User, seen: int, content: Content, why: str = "") -> Release:
    """Store a changed text; approval is gone with it, visibly. Raises Refused or Stale.

    A text equal to the stored one changes nothing: no revision, no version, no stage.
    """
    with transaction.atomic():
        release = Release.objects.get(pk=pk)
        content = _arranged(content, release)
        if release.version == seen and content == read(release):
            return release
        with _opened("save", pk, by, seen) as release:
            release.stage, release.approved_by, release.changed_by = Stage.DRAFT, None, by
            write(release, content)
            _revise(release, content, by, why)
            record(release, "save", by, why)
    return release


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
        record(release, "approve", by, _("The approver’s own text.") if own else "")
    return release


def publish(
    pk: int,
    by: User,
    seen: int,
    at: datetime | None = None,
    reason: str = Reason.FIRST,
    note: str = "",
) -> Edition:
    """Make an edition of the approved text, public from `at` (None: from now). Return it.

    Raises Refused or Stale. Only a first edition may begin in the past: an older release that is
    brought in begins on its own date.
    """
    with _opened("publish", pk, by, seen) as release:
        try:
            edition = publishing.make_edition(release, read(release), by, at, reason, note)
        except publishing.Impossible as impossible:
            raise Refused([str(impossible)]) from impossible
        release.slug = edition.slug
        record(release, "publish", by, f"{edition.public_from:%Y-%m-%d %H:%M:%S} UTC")
    return edition


def publish_urgently(
    pk: int,
    by: User,
    seen: int,
    why: str,
    at: datetime | None = None,
    reason: str = Reason.FIRST,
    note: str = "",
) -> Edition:
    """Make an edition of a text that nobody has approved yet; say `why` it can't wait.

    The release then stands in review, and the desk says that nobody has looked, until somebody
    else approves it (publishing.unseen_edition). Raises Refused or Stale, as publish() does.
    """
    if not why.strip():
        raise Refused([_("Say in a sentence why this can’t wait for a second person.")])
    with _opened("publish_urgently", pk, by, seen) as release:
        release.stage, release.approved_by = Stage.IN_REVIEW, None
        try:
            edition = publishing.make_edition(release, read(release), by, at, reason, note)
        except publishing.Impossible as impossible:
            raise Refused([str(impossible)]) from impossible
        release.slug = edition.slug
        record(release, "publish_urgently", by, why.strip())
    return edition


def take_back(pk: int, by: User, seen: int, why: str = "") -> Release:
    """Take a scheduled edition back before its moment; the text stays. Raises Refused or Stale."""
    with _opened("take_back", pk, by, seen) as release:
        publishing.take_back(release)
        record(release, "take_back", by, why)
    return release


def withdraw(
    pk: int, by: User, seen: int, reason: str, text: str = "", replaced_by: Release | None = None
) -> Release:
    """End the public edition now, with a public reason. Raises Refused or Stale."""
    with _opened("withdraw", pk, by, seen) as release:
        try:
            withdrawal = publishing.withdraw(release, reason, text, replaced_by)
        except publishing.Impossible as impossible:
            raise Refused([str(impossible)]) from impossible
        record(release, "withdraw", by, f"{withdrawal} {withdrawal.text}".strip())
    return release


def restrict(pk: int, by: User, seen: int, people: Iterable[User]) -> Release:
    """Name the people who alone may see the release; nobody: all who have the right see it.

    Whoever does it stays among the named: nobody can lock oneself out. Raises Refused or Stale.
    """
    chosen = {person.pk: person for person in people}
    if chosen:
        chosen[by.pk] = by
    blind = [one for one in chosen.values() if not one.has_perm("releases.view_release")]
    if blind:
        raise Refused(
            [_("%(name)s has no right to see releases.") % {"name": name_of(one)} for one in blind]
        )
    with _opened("restrict", pk, by, seen) as release:
        release.named.set(chosen)
        names = ", ".join(sorted(name_of(one) for one in chosen.values()))
        record(release, "restrict", by, names or _("Everybody at the desk."))
    return release


def step_in(pk: int, by: User, seen: int, why: str) -> Release:
    """Let an administrator join the named people, where these have left, and say why.

    Raises Refused or Stale.
    """
    if not why.strip():
        raise Refused([_("Say in a sentence why you have to see it.")])
    with _opened("step_in", pk, by, seen) as release:
        release.named.add(by)
        record(release, "step_in", by, why.strip())
    return release
