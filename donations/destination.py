"""Where a button leads: the donation page that was written down, and what takes its place."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from donations.links import Origin, allowed, campaign_link
from donations.models import Appeal, Placement

# What the donation page is told as utm_medium.
MEDIA = {Placement.TOPIC.value: "topic", Placement.MAIL.value: "email"}


@dataclass(frozen=True)
class Target:
    """What the way out needs of an appeal."""

    key: int
    name: str
    campaign: str
    placement: str
    url: str
    fallback: str
    broken: bool
    starts: tuple[datetime, ...]
    ends: tuple[datetime, ...]

    def has_begun(self, at: datetime) -> bool:
        """Return whether readers may know of the appeal at this moment."""
        return all(one <= at for one in self.starts)

    def has_ended(self, at: datetime) -> bool:
        """Return whether the appeal or its campaign has ended."""
        return any(one <= at for one in self.ends)


def target_of(appeal: Appeal) -> Target:
    """Return what the way out needs of a row, its campaign fetched along."""
    spans = (appeal, appeal.campaign)
    return Target(
        key=appeal.pk,
        name=appeal.name,
        campaign=appeal.campaign.slug,
        placement=appeal.placement,
        url=appeal.url,
        fallback=appeal.fallback_url,
        broken=appeal.broken_since is not None,
        starts=tuple(one.starts_at for one in spans if one.starts_at),
        ends=tuple(one.ends_at for one in spans if one.ends_at),
    )


def destination(target: Target, release: str = "", *, ended: bool) -> str:
    """Return where the button leads, told the origin; `release` is the last part of one's address.

    The appeal's own page; once it has `ended` or its page is broken, the page instead of it, else
    the office's (PRESS_DONATION_FALLBACK), else its own all the same. Whatever was stored, only
    https and an allowed host is returned, else "".
    """
    elsewhere = (target.fallback, settings.DONATION_FALLBACK)
    own = target.url
    pages = (*elsewhere, own) if target.broken or ended else (own, *elsewhere)
    page = next((one for one in pages if one and allowed(one)), "")
    medium = MEDIA.get(target.placement, "release")
    return (
        campaign_link(page, Origin(target.campaign, target.name, release, medium)) if page else ""
    )
