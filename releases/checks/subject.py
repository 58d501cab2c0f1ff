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
class Family:
    """What a release is compared with among its original and translations.

    `languages` are those of the others; `headline` and `body` the original's, for a translation,
    `edition` the number of its edition that is public, `based_on` of the one that was translated.
    """

    languages: frozenset[str] = frozenset()
    headline: str = ""
    body: str = ""
    based_on: int = 0
    edition: int = 0


@dataclass(frozen=True)
class Subject:
    """Plain values, fetched once."""

    content: Content
    reachable_contacts: int
    address_taken: bool
    today: date
    ever_public: bool = False
    family: Family = Family()


@dataclass(frozen=True)
class Problem:
    """What is to be mended, the form field it belongs to, and whether it blocks."""

    field: str
    message: str
    level: Level = Level.ERROR


def warning(field: str, message: str) -> Problem:
    """Return a problem that informs and does not block."""
    return Problem(field, message, Level.WARNING)
