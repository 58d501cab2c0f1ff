"""What is planned for restricted releases, kept from whoever looks ahead without being named."""

from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """`planned`: the keys of editions to come; `standing`: of those that end when these begin,
    and that go on for the one who does not know of them."""

    planned: frozenset[int] = frozenset()
    standing: frozenset[int] = frozenset()


#: Empty but within releases.looking_ahead.as_known_to().
NOTHING = Secret()
kept_secret = ContextVar("kept_secret", default=NOTHING)
