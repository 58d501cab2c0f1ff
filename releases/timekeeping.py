"""What time it is for the newsroom: that of the machine's clock, and never earlier than it was.

A clock can be put back, by a correction or with a machine that is restored. What readers have
seen begin has begun all the same. So the latest moment at which something is known to have begun
or ended is kept (the mark), and time stands still just after it until the clock gets there.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from releases.clocks import local

#: What is done while time stands still comes after the mark, and so is the next one.
TICK = timedelta(milliseconds=1)
#: A clock that is back by less is corrected before anybody could act on it.
WORTH_TELLING = timedelta(seconds=5)


class Known:
    """What this process knows of the mark; None until something has told it.

    `earliest` is the earliest that it can be, in seconds (POSIX): the page cache asks with each
    answer.
    """

    def __init__(self) -> None:
        self.mark = None

    @property
    def mark(self) -> datetime | None:
        """The latest moment at which something is known to have begun or ended."""
        return self._mark

    @mark.setter
    def mark(self, moment: datetime | None) -> None:
        self._mark = moment
        self.earliest = (moment + TICK).timestamp() if moment else 0.0


known = Known()


def now() -> datetime:
    """Return the present moment: by the clock, or just after the mark where that is later."""
    clock = timezone.now()
    return clock if known.mark is None else max(clock, known.mark + TICK)


def behind() -> timedelta:
    """Return by how much the machine's clock is behind the mark; nothing where it isn't, or so
    little that it is not worth telling."""
    if known.mark is None:
        return timedelta()
    late = known.mark - timezone.now()
    return late if late > WORTH_TELLING else timedelta()


def told() -> str:
    """Return what staff are told while the clock is behind, "" while it isn't."""
    if known.mark is None or not behind():
        return ""
    return _(
        "The clock of this machine was put back: it says %(clock)s, and readers were at %(mark)s "
        "already. Nothing is taken from them. What is published or withdrawn now counts at once; "
        "a planned moment has to be later than theirs. It ends when the clock is right again."
    ) % {"clock": local(timezone.now()), "mark": local(known.mark)}
