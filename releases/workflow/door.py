"""The door itself: locking, refusing, counting up, and what every act leaves behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from releases import checks, publishing, slugs, timekeeping
from releases.content import Content, read, tidied
from releases.models import Act, Release, Revision
from releases.rules import ABOUT_EDITIONS, ACTIONS, PUBLISHING, TAKE_BACK, Situation, refusals
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
    """Fetch what `refusals()` wants to know; an act on the text alone asks no edition."""
    whole, now = ACTIONS[action][2], timekeeping.now()
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
        hidden=release.hides_from(by),
        translation=release.original_id is not None,
        pinned=of_editions and release.pins.standing(now).exists(),
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
def opened(
    action: str, pk: int, by: User, seen: int, *, later: bool = False, answer: str = ""
) -> Iterator[Release]:
    """Lock the release, refuse or let the caller act, then count the version up and store."""
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
        with changing(action, release, by, seen, later, answer):
            yield release


@contextmanager
def changing(
    action: str, release: Release, by: User, seen: int, later: bool = False, answer: str = ""
) -> Iterator[None]:
    """Do the same with a release that is locked already."""
    demand(action, release, by, seen, later, answer)
    release.version += 1
    try:
        yield
    except publishing.Impossible as impossible:
        raise Refused([str(impossible)]) from impossible
    release.save()


def demand(
    action: str, release: Release, by: User, seen: int, later: bool = False, answer: str = ""
) -> None:
    """Raise Refused or Stale unless `by` may act on a locked release as he or she saw it."""
    if release.version != seen:
        raise Stale([changed_meanwhile(release.pk)])
    now, problems = situation(action, release, by)
    reasons = refusals(action, replace(now, later=later, answer=answer))
    if reasons:
        raise Refused(reasons, problems)


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
            at=timekeeping.now(),
            why=why,
        )


def revise(release: Release, content: Content, by: User, why: str) -> Revision:
    """Keep the state just saved; return it."""
    return Revision.objects.create(
        release=release,
        number=last_revision(release) + 1,
        schema=SCHEMA,
        snapshot=snapshot(content),
        made_at=timekeeping.now(),
        made_by=by,
        # The log keeps the whole text.
        why=why[:300],
    )


def arranged(content: Content, release: Release | None) -> Content:
    """Return `content` as it is stored: clean text, topics in order, an address if it can be."""
    content = tidied(content)
    slug = slugs.settled(content.slug, content.headline, content.language, release)
    return replace(content, slug=slug)
