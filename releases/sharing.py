"""Share links of embargoed editions: making, revoking, opening."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from releases import timekeeping, workflow
from releases.models import Edition, Release
from releases.models.share import ShareLink, digest


@dataclass(frozen=True)
class Shared:
    """What an open link leads to: the edition that waits, or the one that is public by now."""

    link: ShareLink
    waiting: Edition | None
    public: Edition | None


@transaction.atomic
def make_link(
    release: Release,
    by: User,
    name: str,
    outlet: str = "",
    email: str = "",
    expires_at: datetime | None = None,
) -> str:
    """Make a link for one recipient; return its secret, which is stored nowhere.

    Raises workflow.Refused where nothing is under embargo or `by` may not publish.
    """
    now = timekeeping.now()
    _demand_right(by)
    if not release.editions.scheduled(now).exists():
        raise workflow.Refused([_("Only a scheduled release has share links.")])
    secret = token_urlsafe(32)
    link = ShareLink.objects.create(
        release=release,
        digest=digest(secret),
        name=name,
        outlet=outlet,
        email=email,
        made_at=now,
        made_by=by,
        expires_at=expires_at,
    )
    workflow.record(release, "share", by, str(link))
    return secret


@transaction.atomic
def revoke(release: Release, by: User, keys: list[int] | None = None) -> int:
    """Revoke the links with these keys, or all of the release's; return how many were open."""
    _demand_right(by)
    links = release.share_links.filter(revoked_at__isnull=True)
    if keys is not None:
        links = links.filter(pk__in=keys)
    names = ", ".join(str(link) for link in links)
    count = links.update(revoked_at=timekeeping.now())
    if count:
        workflow.record(release, "revoke", by, names)
    return count


def find(secret: str, at: datetime) -> Shared | None:
    """Return what a secret opens at `at`; None for what is unknown, revoked, expired or empty."""
    links = ShareLink.objects.open(at).select_related("release")
    link = links.filter(digest=digest(secret)).first()
    if link is None:
        return None
    editions = link.release.editions.all()
    waiting = editions.scheduled(at).select_related("release").first()
    public = editions.public(at).first()
    return Shared(link, waiting, public) if waiting or public else None


def count_opening(link: ShareLink, at: datetime) -> None:
    """Count that the recipient accepted the embargo and opened the text."""
    ShareLink.objects.filter(pk=link.pk).update(
        times_opened=F("times_opened") + 1, last_opened_at=at
    )


def _demand_right(by: User) -> None:
    """Refuse who may not publish."""
    if not by.has_perm("releases.publish_release"):
        raise workflow.Refused([_("Your account has no right to do this; ask an administrator.")])
