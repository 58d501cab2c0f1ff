"""What the search field offers while somebody types: topics, people, and headlines."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice

from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from contacts.models import Contact
from releases.models import Edition, Topic
from releases.newsroom import queries
from releases.newsroom.context import language, moment
from releases.prepared import prepared
from releases.search.question import read, tidy
from releases.search.words import composed, words

#: How many are offered, how many of them are names, how many headlines are looked at.
MOST, MOST_NAMES, HEADLINES = 8, 4, 300
topics_of_language = prepared(queries.topics)
people_of_language = prepared(queries.contacts)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Names and headlines in which each typed word begins a word, with their addresses."""
    at = moment(request)
    typed = read(tidy(request.GET.get("q", ""))).wanted
    named = partial(_begun, typed)
    found = list(islice(_names(at, named), MOST_NAMES)) if typed else []
    if typed:
        found += islice(_headlines(at, named), MOST - len(found))
    offered = [{"text": text, "url": url} for text, url in found]
    answer = JsonResponse({"suggestions": offered})
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _begun(typed: Iterable[str], text: str) -> bool:
    """Return whether each typed word begins a word of the text."""
    there = [word.folded for word in words(composed(text))]
    return all(any(word.startswith(one) for word in there) for one in typed)


def _names(at: datetime, named: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Return topics, then people, whose names are meant."""
    topics = queries.by_name(topics_of_language(at, language()))
    rows: list[Topic | Contact] = [*topics, *people_of_language(at, language())]
    return ((row.name, row.get_absolute_url()) for row in rows if named(row.name))


def _headlines(at: datetime, named: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Return the newest releases whose headlines are meant."""
    newest = _newest(at, language())
    return ((one.headline, one.get_absolute_url()) for one in newest if named(one.headline))


@prepared
def _newest(at: datetime, language: str) -> QuerySet[Edition]:
    public = Edition.objects.public(at).filter(language=language)
    return public.only("headline", "language", "slug").newest_first()[:HEADLINES]
