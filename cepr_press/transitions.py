"""When what the public may see changes next with nobody acting."""

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
