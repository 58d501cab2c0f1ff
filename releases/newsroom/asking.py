"""What a search address asks for, and what the form offers to choose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from releases.models import Edition, EditionTopic, Topic
from releases.models.edition import EditionQuerySet
from releases.models.text import Kind
from releases.newsroom.context import language
from releases.prepared import prepared
from releases.search.matching import Narrow
from releases.search.question import tidy

#: Stands for every language of the newsroom.
ALL = "all"


@dataclass(frozen=True)
class Asked:
    """What an address asks for: words, filters ('' is any), which page of the results."""

    q: str = ""
    topic: str = ""
    kind: str = ""
    year: str = ""
    language: str = ""
    page: int = 1

    def url(self, **changes: Any) -> str:
        """Return the query that asks for the same but for these changes."""
        chosen = vars(replace(self, **changes))
        return "?" + urlencode({k: v for k, v in chosen.items() if v and (k, v) != ("page", 1)})

    @property
    def unfiltered(self) -> "Asked":
        """The same words, without filters."""
        return Asked(q=self.q)

    @property
    def languages(self) -> list[str]:
        """The languages whose releases are looked for: the page's own unless chosen."""
        if self.language == ALL:
            return [code for code, _name in settings.LANGUAGES]
        return [self.language or language()]


def read(query: QueryDict, topics: Iterable[Topic]) -> Asked:
    """Read an address; what nobody can choose is left out, so that nothing is an error."""
    others = [code for code, _name in settings.LANGUAGES if code != language()]
    return Asked(
        q=tidy(query.get("q", "")),
        topic=_one_of(query.get("topic", ""), [topic.slug for topic in topics]),
        kind=_one_of(query.get("kind", ""), Kind.values),
        year=str(_number(query.get("year", "")) or ""),
        language=_one_of(query.get("language", ""), [ALL, *others]),
        page=_number(query.get("page", "")) or 1,
    )


def _one_of(given: str, known: Sequence[str]) -> str:
    return given if given in known else ""


def _number(given: str) -> int:
    """Return a number of a year or a page, 0 for anything else."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 4 else 0


def narrow(asked: Asked, topics: Iterable[Topic]) -> Narrow | None:
    """Return what the chosen filters do to editions, None where they do nothing."""
    if not (asked.topic or asked.kind or asked.year):
        return None
    topic = next((topic for topic in topics if topic.slug == asked.topic), None)

    def narrowed(editions: EditionQuerySet) -> EditionQuerySet:
        if asked.kind:
            editions = editions.filter(kind=asked.kind)
        if asked.year:
            year = int(asked.year)
            editions = editions.filter(dated__range=(date(year, 1, 1), date(year, 12, 31)))
        if topic:
            carried = EditionTopic.objects.filter(edition=OuterRef("pk"), topic=topic)
            editions = editions.filter(Exists(carried))
        return editions

    return narrowed


def choices(at: datetime, asked: Asked) -> dict[str, Any]:
    """Return what the filters offer beside topics and languages."""
    oldest = _oldest(at, asked.languages[0])
    first = oldest[0].day.year if oldest else at.year
    years = [str(year) for year in range(max(at.year, first), first - 1, -1)]
    return {
        "kinds": [(value, str(label)) for value, label in Kind.choices],
        "years": years if asked.year in ("", *years) else [asked.year, *years],
    }


@prepared
def _oldest(at: datetime, language: str) -> QuerySet[Edition]:
    """Return the oldest public edition of a language, if there is one."""
    public = Edition.objects.public(at).filter(language=language)
    return public.newest_first().reverse().only("dated")[:1]
