"""What is noted of the request that a thread is answering, for logs, timings and metrics."""

import re
import time
from contextvars import ContextVar
from dataclasses import dataclass, field
from random import getrandbits

# What a proxy in front may have named a request; anything else could forge a line of the log.
ID = re.compile(r"[A-Za-z0-9-]{8,64}")
# The parts of the site, by the first name of an address; all else is the newsroom's.
PARTS = frozenset({"desk", "embargo", "media", "static", "donate", "api", "health", "metrics"})


def new_id() -> str:
    """Return a name for a request: 64 random bits.

    No secret: asking the system for better ones would let the other threads run first.
    """
    return f"{getrandbits(64):016x}"


@dataclass(slots=True)
class Seen:
    """One request: its name, where it led, and what it asked the database.

    `route` is the pattern of the address, never what a reader put into its places.
    """

    id: str = field(default_factory=new_id)
    began: float = field(default_factory=time.perf_counter)
    route: str = ""
    queries: int = 0
    query_seconds: float = 0.0

    @property
    def seconds(self) -> float:
        """How long it has taken so far."""
        return time.perf_counter() - self.began


_current: ContextVar[Seen | None] = ContextVar("seen", default=None)


def begin(seen: Seen) -> None:
    """Note that this thread answers that request, until it begins another."""
    _current.set(seen)


def current() -> Seen | None:
    """Return the request that this thread answers; None in commands and background threads."""
    return _current.get()


def named_by(value: str | None) -> str:
    """Return the name that a trusted proxy gave a request, or a new one where that won't do."""
    return value if value and ID.fullmatch(value) else new_id()


def part_of_site(path: str) -> str:
    """Return which part of the site an address belongs to: one of PARTS, or "newsroom"."""
    first = path[1:].partition("/")[0]
    return first if first in PARTS else "newsroom"
