"""Counting without waiting: numbers gather in memory, and a thread stores them in batches.

`count()` is asked while a reader waits: it appends to a list and does nothing else. What the
database does not take now waits on. The thread ends with the process and stores what is left
before it does: Python waits for it once the main thread has ended, which is what the application
server lets happen on TERM after it has answered everybody.
"""

import logging
import time
from collections import deque
from datetime import date
from threading import Lock, Thread, main_thread
from typing import NamedTuple

from django.db import Error, close_old_connections, transaction
from django.utils import timezone

from donations.models import Appeal, Count
from releases.models import Release

log = logging.getLogger(__name__)

# Seconds between two batches.
EVERY = 1.0
# How often a process that ends tries to store what is left, a second apart.
LAST_TRIES = 5


class Place(NamedTuple):
    """What a number belongs to."""

    day: date
    appeal: int
    release: int | None
    placement: str
    language: str


class Numbers(NamedTuple):
    """What is counted at a place."""

    people: int
    machines: int
    views: int


class Waiting:
    """Numbers that the database does not have yet."""

    def __init__(self) -> None:
        # A deque takes and gives single entries without a lock.
        self.arrived: deque[tuple[Place, Numbers]] = deque()
        self.sums: dict[Place, Numbers] = {}
        self.storing, self.starting = Lock(), Lock()
        self.thread: Thread | None = None
        # Only the application server stores by itself; commands and tests call store().
        self.in_background = False

    def gather(self) -> dict[Place, Numbers]:
        """Add up what has arrived, and return all that waits."""
        while self.arrived:
            place, more = self.arrived.popleft()
            former = self.sums.get(place, Numbers(0, 0, 0))
            self.sums[place] = Numbers(*map(sum, zip(former, more, strict=True)))
        return self.sums


waiting = Waiting()


def count(
    appeal_id: int,
    release_id: int | None,
    placement: str,
    language: str,
    *,
    people: int = 0,
    machines: int = 0,
    views: int = 0,
) -> None:
    """Add to the numbers of an appeal (by its key) today, at a release (or none) and placement.

    Asks no database and waits for nobody: the numbers are stored later, in a batch.
    """
    place = Place(timezone.localdate(), appeal_id, release_id, placement, language)
    waiting.arrived.append((place, Numbers(people, machines, views)))
    if waiting.in_background:
        _begin()


def store_in_background() -> None:
    """Let this process store by itself, from the first number on (the application server)."""
    waiting.in_background = True


def store() -> bool:
    """Store what waits as one batch, whole or not at all; return whether the database took it.

    What the database does not take waits on; what belongs to an appeal or a release that is gone
    is dropped.
    """
    with waiting.storing:
        numbers = waiting.gather()
        try:
            _insert(numbers)
        except Error as error:
            log.warning("Counts of appeals wait for the database: %s", error)
            return False
        numbers.clear()
    return True


def _insert(numbers: dict[Place, Numbers]) -> None:
    """Insert a row for each place, but for those whose appeal or release is gone."""
    if not numbers:
        return
    appeals = _there(Appeal, {place.appeal for place in numbers})
    releases = _there(Release, {place.release for place in numbers if place.release})
    there = {
        place: counted
        for place, counted in numbers.items()
        if place.appeal in appeals and (place.release is None or place.release in releases)
    }
    with transaction.atomic():
        Count.objects.bulk_create(_rows(there))


def _there(model: type[Appeal] | type[Release], keys: set[int]) -> set[int]:
    """Return those of the keys that have a row."""
    return set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True))


def _rows(numbers: dict[Place, Numbers]) -> list[Count]:
    return [
        Count(
            day=place.day,
            appeal_id=place.appeal,
            release_id=place.release,
            placement=place.placement,
            language=place.language,
            **counted._asdict(),
        )
        for place, counted in numbers.items()
        if any(counted)
    ]


def _begin() -> None:
    """Start the thread where none runs: at first, and in a process that was forked off since."""
    if waiting.thread is not None and waiting.thread.is_alive():
        return
    with waiting.starting:
        if waiting.thread is None or not waiting.thread.is_alive():
            # Not a daemon: Python waits for it at the end.
            waiting.thread = Thread(target=_keep_storing, name="counts", daemon=False)
            waiting.thread.start()


def _keep_storing() -> None:
    """Store again and again until the main thread has ended, then what is left."""
    while main_thread().is_alive():
        main_thread().join(EVERY)
        close_old_connections()
        store()
    for _ in range(LAST_TRIES):
        if store():
            return
        close_old_connections()
        time.sleep(1)
    log.error("Counts of appeals that were not stored: %s", waiting.gather())
