"""What the page cache keeps: the answers of one generation, and whose turn it is to render."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from cepr_press.http_caching import Headers
from cepr_press.questions import SEARCH

# Status, headers, body.
Rendered = tuple[str, Headers, bytes]

MOST_BYTES = 64 * 1024 * 1024
# Of what is kept, the part that answers to questions may have: there are endlessly many of them.
MOST_SEARCHED_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer in one encoding.

    `headers` go with the whole of it and with a 304, `length` with the whole alone; how long it
    may be used is said when it is sent. `told` says that caches in front hear of changes; kept,
    since to ask for a setting takes as long as the rest.
    """

    status: str
    headers: Headers
    length: Headers
    body: bytes
    etag: str
    modified: int
    until: float
    told: bool


@dataclass(slots=True)
class Turn:
    """An address whose render is under way: who renders holds the lock, the others wait.

    What is not kept (a 404) is `left` to those who asked before it was there, and to nobody else.
    """

    lock: Lock = field(default_factory=Lock)
    wanted: int = 0
    left: Rendered | None = None
    ended: float = 0.0
    until: float = 0.0

    def leave(self, rendered: Rendered, until: float) -> None:
        """Leave what was rendered, and holds until then, to those who wait."""
        self.left, self.until, self.ended = rendered, until, time.time()

    def left_for(self, asked: float, now: float) -> Rendered | None:
        """Return what was left, for a request that came at `asked`, or None."""
        return self.left if asked <= self.ended and now < self.until else None


class Store:
    """The answers of one generation, bounded in bytes; the oldest go first."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, ...], Answer] = {}
        self.turns: dict[tuple[str, ...], Turn] = {}
        self.searched: dict[tuple[str, ...], int] = {}
        self.size = self.searched_size = 0
        self.lock = Lock()

    def put(self, key: tuple[str, ...], answer: Answer) -> None:
        """Keep an answer, and drop the oldest ones beyond the bound."""
        with self.lock:
            former = self.answers.pop(key, None)
            self.size += len(answer.body) - (len(former.body) if former else 0)
            self.answers[key] = answer
            while self.size > MOST_BYTES and len(self.answers) > 1:
                self._drop(next(iter(self.answers)))
            if any(part.endswith(SEARCH) for part in key):
                self.searched_size += len(answer.body) - self.searched.pop(key, 0)
                self.searched[key] = len(answer.body)
                while self.searched_size > MOST_SEARCHED_BYTES:
                    self._drop(next(iter(self.searched)))

    def _drop(self, key: tuple[str, ...]) -> None:
        """Forget an answer."""
        self.size -= len(self.answers.pop(key).body)
        self.searched_size -= self.searched.pop(key, 0)

    @contextmanager
    def turn(self, address: tuple[str, ...]) -> Iterator[Turn]:
        """Wait for whoever renders this address, then hold the turn; it goes with the last."""
        with self.lock:
            turn = self.turns.setdefault(address, Turn())
            turn.wanted += 1
        try:
            with turn.lock:
                yield turn
        finally:
            with self.lock:
                turn.wanted -= 1
                if not turn.wanted:
                    del self.turns[address]
