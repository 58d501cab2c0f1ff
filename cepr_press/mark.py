"""Keeping the mark of time, as readers see things begin and end (releases/timekeeping.py)."""

import logging
from datetime import datetime
from threading import Thread

from django.db import Error, connection

from cepr_press import generation
from cepr_press.transitions import last_change

log = logging.getLogger(__name__)


def keep(moment: datetime) -> None:
    """Keep when an edition last began or ended by `moment`; a failure disturbs nobody.

    The next change that readers see is kept again, and the clock is right most times.
    """
    try:
        if last := last_change(moment):
            generation.put_mark(last)
    except Error as error:
        log.warning("The moment of a change was not kept: %s", error)


def keep_later(moment: datetime) -> None:
    """Do so in the background: no reader waits for somebody who writes."""
    Thread(target=_keep_and_close, args=(moment,), name="mark", daemon=True).start()


def _keep_and_close(moment: datetime) -> None:
    keep(moment)
    connection.close()
