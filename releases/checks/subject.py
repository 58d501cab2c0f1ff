"""What the rules look at and what they answer with."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from releases.content import Content


class Level(StrEnum):
    """Errors keep a text from going out; warnings are for the writer to judge."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Subject:
    """Plain values, fetched once."""

    content: Content
    reachable_contacts: int
    address_taken: bool
    today: date
    ever_public: bool = False


@dataclass(frozen=True)
class Problem:
    """What is to be mended, the form field it belongs to, and whether it blocks."""

    field: str
    message: str
    level: Level = Level.ERROR


def warning(field: str, message: str) -> Problem:
    """Return a problem that informs and does not block."""
    return Problem(field, message, Level.WARNING)
