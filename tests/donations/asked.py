"""What a release page is told of appeals, as the tests of the choice ask for it."""

from collections.abc import Iterable
from datetime import datetime

from donations.choice import chosen, fitting
from donations.models import Appeal
from releases.models import Edition, Topic


def appeals_for(edition: Edition, at: datetime, topics: Iterable[Topic]) -> dict[str, Appeal]:
    """The appeals that the page of an edition shows at a moment, by placement."""
    running = fitting(edition, at, [one.pk for one in topics])
    return chosen(running, f"release {edition.release_id}")
