"""Which public editions have some stems, the weightiest first: one walk of the index each.

Every question begins at Edition.objects.public(at). The order is by what the words weigh together,
then by date, then by key: numbers of our own, so that every database gives the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from releases.models import Edition, Posting, Stem
from releases.models.edition import EditionQuerySet
from releases.prepared import prepared
from releases.search.question import Phrase
from releases.search.words import stem

#: How many editions are put in order; who finds more than these adds a word.
MOST = 200
#: How many, the weightiest, are looked through for a phrase or for what is not wanted.
MOST_LOOKED_THROUGH = 1_000
#: What it adds to the weight that two wanted words follow each other: in the headline, elsewhere.
BESIDE_IN_HEADLINE, BESIDE = 24, 8
HEADLINE_ENDS = 1_000

Narrow = Callable[[EditionQuerySet], EditionQuerySet]
#: Stems, each with how far it stands from the first.
Spaced = tuple[tuple[int, int], ...]
#: Edition, weight, day, and the places of each stem: how a database gives a match.
Row = tuple[Any, ...]


@dataclass(slots=True)
class Match:
    """An edition that has the stems: what they weigh there, its day, and where each stands."""

    edition: int
    weight: int
    day: int
    written: dict[int, str] = field(default_factory=dict)

    @property
    def rank(self) -> tuple[int, int, int]:
        """What matches are sorted by."""
        return -self.weight, -self.day, -self.edition

    @property
    def places(self) -> list[int]:
        """Where any of the stems stands."""
        return [int(place) for written in self.written.values() for place in written.split()]

    def beginnings(self, phrase: Spaced) -> set[int]:
        """Return the places at which the stems stand as far from each other as in a phrase."""
        return set.intersection(
            *({int(place) - far for place in self.written[key].split()} for key, far in phrase)
        )


def with_stems(at: datetime, *stems: int) -> EditionQuerySet:
    """Return the public editions that have all these stems, in order, as rows_of() reads them.

    The postings of the first stem are walked, and the others looked up.
    """
    editions = Edition.objects.public(at)
    for n, key in enumerate(stems):
        posting = FilteredRelation("postings", condition=Q(postings__stem=key))
        editions = editions.annotate(**{f"p{n}": posting}).filter(**{f"p{n}__stem": key})
        editions = editions.annotate(**{f"places{n}": F(f"p{n}__places")})
    weight = reduce(add, [F(f"p{n}__weight") for n in range(len(stems))])
    order = (F("p0__day").desc(), F("p0__edition").desc())
    return editions.annotate(weight=weight, since=F("p0__day")).order_by(F("weight").desc(), *order)


def rows_of(editions: EditionQuerySet, stems: int) -> QuerySet[Edition, Row]:
    """Return what is known of each: its key, weight and day, and the places of so many stems."""
    return editions.values_list("pk", "weight", "since", *[f"places{n}" for n in range(stems)])


@prepared
def _with_stems(at: datetime, *stems: int) -> QuerySet[Edition, Row]:
    return rows_of(with_stems(at, *stems), len(stems))[:MOST]


def keys_of(language: str, words: Iterable[str]) -> dict[str, int]:
    """Return the key of each folded word's stem; 0, which none has, where it is nowhere.

    Words that stand in nearly every text are left out.
    """
    stems = {word: text for word in words if (text := stem(language, word))}
    rows = _stems(language, *sorted(set(stems.values()))) if stems else []
    keys = {row.text: row.pk for row in rows}
    return {word: keys.get(text, 0) for word, text in stems.items()}


@prepared
def _stems(language: str, *texts: str) -> QuerySet[Stem]:
    return Stem.objects.filter(language=language, text__in=texts)


def spaced(phrase: Phrase, keys: dict[str, int]) -> Spaced:
    """Return the stems of a phrase with their distances; words in every text only keep places."""
    found = [(keys[word], place) for place, word in enumerate(phrase) if word in keys]
    return tuple((key, place - found[0][1]) for key, place in found)


def matches(
    at: datetime, stems: Iterable[int], narrow: Narrow | None = None, most: int = MOST
) -> list[Match]:
    """Return the first `most` public editions that have all these stems, in order."""
    # Stems are numbered as they first came up: the highest is likely the rarest.
    walked = sorted(set(stems), reverse=True)
    if narrow is None and most == MOST:
        found = _with_stems(at, *walked)
    else:
        editions = with_stems(at, *walked)
        found = list(rows_of(narrow(editions) if narrow else editions, len(walked))[:most])
    return [
        Match(edition, weight, day, dict(zip(walked, places, strict=True)))
        for edition, weight, day, *places in found
    ]


def with_phrases(found: list[Match], phrases: Iterable[Spaced]) -> list[Match]:
    """Return the matches that have all these phrases."""
    whole = [phrase for phrase in phrases if len(phrase) > 1]
    return [one for one in found if all(one.beginnings(phrase) for phrase in whole)]


def without(found: list[Match], unwanted: Iterable[Spaced]) -> list[Match]:
    """Return the matches that have none of these words and phrases, by one question."""
    unwanted = [phrase for phrase in unwanted if phrase]
    stems = {key for phrase in unwanted for key, _far in phrase}
    if not stems or not found:
        return found
    there = {one.edition: Match(one.edition, 0, 0) for one in found}
    rows = Posting.objects.filter(stem__in=stems, edition__in=there)
    for edition, key, places in rows.values_list("edition", "stem", "places"):
        there[edition].written[key] = places
    bad = {
        one.edition
        for one in there.values()
        for phrase in unwanted
        if one.written.keys() >= {key for key, _far in phrase} and one.beginnings(phrase)
    }
    return [one for one in found if one.edition not in bad]


def weighed(found: list[Match], wanted: Spaced) -> list[Match]:
    """Return matches in their final order: words that follow each other as asked weigh more."""
    pairs = [(one, (two[0], two[1] - one[1])) for one, two in pairwise(wanted)]
    for match in found:
        for (first, _far), second in pairs:
            beginnings = match.beginnings(((first, 0), second))
            if beginnings:
                title = min(beginnings) < HEADLINE_ENDS
                match.weight += BESIDE_IN_HEADLINE if title else BESIDE
    return sorted(found, key=lambda match: match.rank)


def with_any(at: datetime, stems: Iterable[int], narrow: Narrow | None = None) -> list[Match]:
    """Return the public editions that have most of these stems, those with more of them first."""
    together: dict[int, Match] = {}
    for key in sorted(set(stems)):
        for one in matches(at, [key], narrow):
            match = together.setdefault(one.edition, Match(one.edition, 0, one.day))
            match.weight += one.weight
            match.written |= one.written
    return sorted(together.values(), key=lambda one: (-len(one.written), *one.rank))[:MOST]
