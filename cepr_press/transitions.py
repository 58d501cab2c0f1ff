"""When what the public may see changes next with nobody acting."""

from datetime import datetime

from donations import models as donations
from releases import figures
from releases import models as releases


def next_change(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which an edition or an appeal begins or ends,
    or the last day of a picture is over.

    None where nothing is planned. Nothing made at `after` may be kept beyond it.
    """
    moments = (
        releases.next_transition(after),
        donations.next_transition(after),
        figures.next_transition(after),
    )
    return min((moment for moment in moments if moment), default=None)
