"""What changed since: where the release's form and its publish page lead those who decide."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from releases import publishing
from releases.content import Content
from releases.models import Edition, Release
from releases.models.history import Action
from releases.models.release import Stage


@dataclass(frozen=True)
class Since:
    """A link to a difference: its words, where it leads."""

    words: str
    address: str


def since(release: Release, content: Content) -> list[Since]:
    """Return the differences that whoever approves or publishes `content` wants to see."""
    newest = publishing.newest_edition(release)
    standing = newest if newest and newest.public_until is None else None
    return [*_for_readers(release, content, standing), *_since_approval(release, standing)]


def _for_readers(release: Release, content: Content, standing: Edition | None) -> Iterator[Since]:
    """Unpublished changes, where an edition stands that they would replace."""
    if standing and not publishing.is_published_as(release, content):
        yield Since(
            _("What would change for readers"),
            reverse("admin:releases_release_unpublished", args=[release.pk, standing.number]),
        )


def _since_approval(release: Release, standing: Edition | None) -> Iterator[Since]:
    """In review, what changed since the text was approved, where no edition has that text."""
    if release.stage != Stage.IN_REVIEW:
        return
    approved = release.acts.filter(action=Action.APPROVE).values_list("at", flat=True).first()
    if not approved:
        return
    if standing and standing.approved_by_id and standing.made_at >= approved:
        return
    numbers = release.revisions.values_list("number", flat=True)
    older, newer = numbers.filter(made_at__lte=approved).first(), numbers.first()
    if older and newer and older != newer:
        yield Since(
            _("What changed since it was last approved"),
            reverse("admin:releases_release_differences", args=[release.pk, older, newer]),
        )
