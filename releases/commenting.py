"""Comments between colleagues: writing one, settling one, finding its place in the text.

They stand beside the workflow: a comment changes no text, no stage and no version, so that
somebody who reads does not get in the way of somebody who writes.
"""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from releases import timekeeping, workflow
from releases.html import plain_text
from releases.models import Comment, Release

SEARCHED = ("headline", "subhead", "dateline", "summary")


@dataclass(frozen=True)
class Placed:
    """A comment, and whether the words it is about still stand in the release."""

    comment: Comment
    found: bool


def add(release: Release, by: User, text: str, quote: str = "") -> Comment:
    """Write a comment on `release`, about the words `quote` ('' for all of it); return it.

    Raises workflow.Refused where `by` may not work on releases.
    """
    _demand_right(by)
    return Comment.objects.create(
        release=release,
        quote=" ".join(quote.split()),
        text=text.strip(),
        made_at=timekeeping.now(),
        made_by=by,
        made_by_name=workflow.name_of(by),
    )


def settle(release: Release, by: User, key: int) -> bool:
    """Mark the release's comment with this key as settled; return whether it was open.

    Raises workflow.Refused where `by` may not work on releases.
    """
    _demand_right(by)
    waiting = release.comments.filter(pk=key, settled_at__isnull=True)
    return bool(waiting.update(settled_at=timekeeping.now(), settled_by_name=workflow.name_of(by)))


def unsettled(release: Release) -> list[Placed]:
    """Return the open comments, oldest first, each with whether its words are still there."""
    open_ones = list(release.comments.filter(settled_at__isnull=True))
    if not open_ones:
        return []
    texts = [getattr(release, name) for name in SEARCHED] + [plain_text(release.body)]
    whole = " ".join(" ".join(texts).split()).casefold()
    return [Placed(one, found=one.quote.casefold() in whole) for one in open_ones]


def _demand_right(by: User) -> None:
    """Refuse who may not change releases."""
    if not by.has_perm("releases.change_release"):
        raise workflow.Refused([_("Your account has no right to do this; ask an administrator.")])
