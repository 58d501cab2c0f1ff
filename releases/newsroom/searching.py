"""The search page: what answers a question, and what helps where nothing does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from contacts.models import Contact
from releases.html import marked
from releases.models import Edition, EditionTopic, Topic
from releases.models.text import KICKERS
from releases.newsroom import asking, queries
from releases.newsroom.asking import Asked
from releases.newsroom.context import language, moment
from releases.newsroom.parts import written
from releases.prepared import prepared
from releases.release_address import release_address
from releases.search.excerpts import excerpt, of_part, spans
from releases.search.index import HEADLINE
from releases.search.matching import Match
from releases.search.question import Question, read
from releases.search.searching import Found, exactly, rewritten, search
from releases.search.words import composed, stem, words

PAGE = 10
topics_of_language = prepared(queries.topics)
people_of_language = prepared(queries.contacts)


@dataclass(frozen=True)
class Hit:
    """A result as the page shows it; headline and excerpt are HTML.

    `foreign` is its language where that is not the page's; `about` its kind and topics in words.
    """

    url: str
    foreign: str
    headline: str
    excerpt: str
    day: date
    about: str


@dataclass(frozen=True)
class Answer:
    """One page of results: its hits, how many there are in all, and which page it is of how many.

    `more` says that there are at least so many; the others are what releases.search gave up.
    """

    hits: list[Hit]
    count: int
    more: bool
    page: int
    pages: int
    meant: str
    nowhere: tuple[str, ...]
    partly: bool

    @property
    def start(self) -> int:
        """The number of the first hit of this page."""
        return (self.page - 1) * PAGE + 1


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What answers a question, the best first; without one, the field alone."""
    at = moment(request)
    topics = queries.by_name(topics_of_language(at, language()))
    asked = asking.read(request.GET, topics)
    question = read(asked.q)
    answer, understood = answered(at, asked, question, topics)
    context = {
        "asked": asked,
        "answer": answer,
        "previous_url": asked.url(page=answer.page - 1) if answer.page > 1 else None,
        "next_url": asked.url(page=answer.page + 1) if answer.page < answer.pages else None,
        "meant_url": asked.url(q=answer.meant, page=1),
        "called": called(at, understood, topics),
        "elsewhere": [] if answer.count else elsewhere(at, asked, question),
        "topics": topics,
        **asking.choices(at, asked),
    }
    return written(request, "newsroom/search.html", context)


def answered(
    at: datetime, asked: Asked, question: Question, topics: Iterable[Topic]
) -> tuple[Answer, Question]:
    """Return the page of results that is asked for, and the question as it was understood."""
    narrow = asking.narrow(asked, topics)
    found = search(at, asked.languages, question, narrow) if question else Found()
    understood = rewritten(asked.q, found.meant)
    pages = max(1, -(-len(found.matches) // PAGE))
    number = min(asked.page, pages)
    shown = found.matches[(number - 1) * PAGE : number * PAGE]
    answer = Answer(
        hits=hits(shown, topics),
        count=len(found.matches),
        more=found.more,
        page=number,
        pages=pages,
        meant=understood if found.meant else "",
        nowhere=tuple(found.nowhere),
        partly=found.partly,
    )
    return answer, read(understood)


def hits(matches: Sequence[Match], topics: Iterable[Topic]) -> list[Hit]:
    """Return these results as they are shown, in their order: two questions, and one more where
    a result has a topic that is not among `topics`, those of the page's language."""
    if not matches:
        return []
    keys = [match.edition for match in matches]
    rows = {row[0]: row for row in _shown(*keys)}
    about = _about(keys, topics)
    return [_hit(rows[one.edition], one, about.get(one.edition, [])) for one in matches]


def _hit(row: Sequence[Any], match: Match, topics: list[Topic]) -> Hit:
    """Return a result with the words that were looked for marked, where the index has them."""
    _key, slug, its, headline, summary, day, kind, text = row
    headline, places = composed(headline), match.places
    return Hit(
        url=release_address(its, slug),
        foreign="" if its == language() else its,
        headline=marked(headline, spans(headline, of_part(HEADLINE, places))),
        excerpt=marked(*excerpt(summary, text, places)),
        day=day,
        about=" · ".join([str(KICKERS[kind]), *(one.name for one in queries.by_name(topics))]),
    )


@prepared
def _shown(*keys: int) -> QuerySet[Edition, tuple[Any, ...]]:
    columns = ("pk", "slug", "language", "headline", "summary", "dated", "kind", "indexed__text")
    return Edition.objects.filter(pk__in=keys).values_list(*columns)


def _about(editions: Sequence[int], known: Iterable[Topic]) -> dict[int, list[Topic]]:
    """Return the topics of each edition, by its key."""
    links = _links(*editions)
    topics = {one.pk: one for one in known}
    topics |= Topic.objects.in_bulk({topic for _edition, topic in links} - topics.keys())
    found: dict[int, list[Topic]] = {}
    for edition, topic in links:
        found.setdefault(edition, []).append(topics[topic])
    return found


@prepared
def _links(*editions: int) -> QuerySet[EditionTopic, tuple[int, int]]:
    # A parameter has no place in a look-up of rows `__in`.
    wanted = reduce(or_, [Q(edition=key) for key in editions])
    return EditionTopic.objects.filter(wanted).values_list("edition", "topic")


def called(at: datetime, question: Question, topics: Iterable[Topic]) -> list[tuple[str, str]]:
    """Return name and address of the topics and the people whose names have all the words."""
    wanted = {stem(language(), word) for word in question.wanted} - {""}
    if not wanted:
        return []
    rows: list[Topic | Contact] = [*topics, *people_of_language(at, language())]
    found = [row for row in rows if wanted <= _stems(language(), row.name)]
    return [(row.name, row.get_absolute_url()) for row in found]


@lru_cache(maxsize=10_000)
def _stems(language: str, name: str) -> frozenset[str]:
    return frozenset(stem(language, word.folded) for word in words(composed(name)))


def elsewhere(at: datetime, asked: Asked, question: Question) -> list[tuple[str, int, str]]:
    """Return where the same words do find something: language, how many, address."""
    if not question:
        return []
    found = []
    for code, name in settings.LANGUAGES:
        count = len(exactly(at, code, question))
        here = code == language()
        if count and (not here or asked != asked.unfiltered):
            url = asked.unfiltered.url(language="" if here else code)
            found.append((name, count, url))
    return found
