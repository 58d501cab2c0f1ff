"""When what the public may see changes next with nobody acting, and when it changed last."""

from datetime import datetime

from donations import models as donations
from releases import figures, on_call
from releases import models as releases
from releases.newsroom import sitemaps


def next_change(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which something begins or ends by itself.

    An edition, an appeal, a pin, a span on call, the day of an event that is to come, the last day
    of a picture, or what a release is news for; None where nothing is planned. Nothing made at
    `after` may be kept beyond it.
    """
    moments = (
        releases.next_transition(after),
        releases.next_unpinning(after),
        releases.next_day_over(after),
        donations.next_transition(after),
        on_call.next_transition(after),
        figures.next_transition(after),
        sitemaps.next_old_news(after),
    )
    return min((moment for moment in moments if moment), default=None)


def last_change(by: datetime) -> datetime | None:
    """Return the last moment, `by` at the latest, at which an edition began or was withdrawn.

    An edition that another replaces ends in the very moment in which that one begins. None where
    nothing was ever published.
    """
    editions = releases.Edition.objects
    begun = editions.begun(by).order_by("-public_from").only("public_from").first()
    ended = editions.withdrawn(by).only("public_until").first()
    moments = (begun and begun.public_from, ended and ended.public_until)
    return max((moment for moment in moments if moment), default=None)
