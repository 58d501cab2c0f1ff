"""Who follows a button: a person, a machine, or a person once more. Nothing of it is stored.

docs/appeals.md says how sure that is.
"""

import re
import secrets
import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from threading import Lock

from crawleruseragents import is_crawler
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

# Mail gateways and office programs that open a link before, or instead of, a person; the list of
# crawlers leaves them out, since they crawl nothing.
GATEWAYS = re.compile(
    r"barracuda|mimecast|proofpoint|safelinks|symantec|trendmicro|fortimail|"
    r"microsoft office|ms-office|microsoft outlook",
    re.IGNORECASE,
)
# Where browsers and proxies say that nobody has asked for it yet: the Fetch Standard's, then older.
AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
AHEAD_WORDS = re.compile(r"prefetch|prerender|preview", re.IGNORECASE)
# Seconds within which a second activation is the same person's.
SPAN = 30 * 60
MOST_REMEMBERED = 100_000


def is_ahead(request: HttpRequest) -> bool:
    """Return whether something fetches it that a person may or may not ask for later."""
    return any(AHEAD_WORDS.search(request.headers.get(name, "")) for name in AHEAD)


def is_machine(request: HttpRequest) -> bool:
    """Return whether no person follows a link: HEAD, a known program, or part of a page."""
    return (
        request.method != "GET"
        or is_program(request.headers.get("User-Agent", ""))
        or request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"
    )


@lru_cache(maxsize=4096)
def is_program(user_agent: str) -> bool:
    """Return whether a program that is known, or does not say who it is, sends this name."""
    return not user_agent or bool(GATEWAYS.search(user_agent)) or is_crawler(user_agent)


class Recent:
    """Who followed which button in the last half hour, as hashes that only this process can make.

    The key is made of chance, lives in memory alone and is another one each day: nobody, we
    ourselves included, can tell from a hash which address it was made of.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock, self.lock = clock, Lock()
        self.day: date | None = None
        self.key = b""
        self.seen: dict[bytes, float] = {}

    def is_repeat(self, request: HttpRequest, appeal: int) -> bool:
        """Return whether the same reader followed this appeal's button a short while ago."""
        now, today = self.clock(), timezone.localdate()
        with self.lock:
            if today != self.day:
                self.day, self.key, self.seen = today, secrets.token_bytes(32), {}
            visitor = self._hash(request, appeal)
            before = self.seen.pop(visitor, None)
            self.seen[visitor] = now
            if len(self.seen) > MOST_REMEMBERED:
                del self.seen[next(iter(self.seen))]
        return before is not None and now - before < SPAN

    def _hash(self, request: HttpRequest, appeal: int) -> bytes:
        words = (client_address(request), request.headers.get("User-Agent", ""), str(appeal))
        return blake2b("\n".join(words).encode(), digest_size=16, key=self.key).digest()


recent = Recent()


def client_address(request: HttpRequest) -> str:
    """Return the network address that the request came from, as the server in front says it."""
    told = (
        request.META.get(settings.CLIENT_ADDRESS_HEADER) if settings.CLIENT_ADDRESS_HEADER else ""
    )
    return str(told or request.META.get("REMOTE_ADDR", ""))
