"""Which appeal a page shows: a pure rule, and the query that fetches for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from hashlib import blake2b
from math import log
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from donations.models import Appeal, Placement
from releases.models import Edition, Topic
from releases.prepared import prepared

# A hash of 8 bytes is one of so many.
HASHES = 2**64


@dataclass(frozen=True)
class Candidate:
    """An appeal as the rule sees it: its key, its campaign's, its weight, and how it fits."""

    key: int
    campaign: int = 0
    weight: int = 1
    named: bool = False
    on_topic: bool = False
    is_default: bool = False


def choose(candidates: Iterable[Candidate], place: str) -> int | None:
    """Return the key of the appeal to show at `place` ("release 7", "topic 3"), or None.

    One named for this release comes before one for a topic of it, that before the default. Those
    that fit equally share all places out among them by weight. Language and dates were asked for
    before.
    """
    fitting = [one for one in candidates if one.named or one.on_topic or one.is_default]
    best = max(((one.named, one.on_topic) for one in fitting), default=None)
    equals = [one for one in fitting if (one.named, one.on_topic) == best]
    return min(equals, key=lambda one: (_distance(one, place), one.key)).key if equals else None


def _distance(one: Candidate, place: str) -> float:
    """Return how far an appeal is from a place: the nearest gets it (weighted rendezvous hashing).

    It follows from the two and the campaign alone: not from the reader, the process, the database,
    nor from which other appeals there are. So where an appeal comes, goes or changes its weight,
    no place moves between the others. Divided by the weight, an exponential variable is the
    smallest of several with the chance that the weights say.
    """
    words = f"{one.campaign} {one.key} {place}".encode()
    number = int.from_bytes(blake2b(words, digest_size=8).digest(), "big")
    return -log((number + 0.5) / HASHES) / one.weight


def fitting(edition: Edition, at: datetime, topics: Iterable[int]) -> Sequence[Appeal]:
    """Return the appeals that run at `at` and fit an edition on `topics` (keys), by one query."""
    return _on_release(at, edition.language, edition.release_id or 0, *topics)


def appeal_on(topic: Topic, at: datetime, language: str) -> Appeal | None:
    """Return the appeal that the page of a topic shows, by one query."""
    found = _on_topic_page(at, language, Placement.TOPIC.value, topic.pk)
    return chosen(found, f"topic {topic.pk}").get(Placement.TOPIC)


def chosen(appeals: Sequence[Appeal], place: str) -> dict[str, Appeal]:
    """Return the one to show at `place` ("release 7", "topic 3") of each placement."""
    by_key = {appeal.pk: appeal for appeal in appeals}
    placements = dict.fromkeys(appeal.placement for appeal in appeals)
    keys = (
        choose((_candidate(one) for one in appeals if one.placement == placement), place)
        for placement in placements
    )
    return {by_key[key].placement: by_key[key] for key in keys if key is not None}


def _candidate(row: Appeal) -> Candidate:
    """Return an appeal, with what the query found out, as the rule sees it."""
    return Candidate(
        row.pk,
        row.campaign_id,
        row.weight,
        row.named,  # type: ignore[attr-defined]
        row.on_topic,  # type: ignore[attr-defined]
        row.is_default,
    )


@prepared
def _on_release(at: datetime, language: str, release: int, *topics: int) -> QuerySet[Appeal]:
    """Return the running appeals for a release or any of its topics, and the default ones."""
    named = Appeal.releases.through.objects.filter(appeal=OuterRef("pk"), release=release)
    any_topic = reduce(or_, (Q(topic=topic) for topic in topics), Q(pk__in=[]))
    on_topic = Appeal.topics.through.objects.filter(any_topic, appeal=OuterRef("pk"))
    shown = Q(placement=Placement.END.value) | Q(placement=Placement.INSIDE.value)
    return (
        _fitting(at, language)
        .filter(shown)
        .annotate(named=Exists(named), on_topic=Exists(on_topic))
        .filter(FITS)
    )


@prepared
def _on_topic_page(at: datetime, language: str, placement: str, topic: int) -> QuerySet[Appeal]:
    """Return the running appeals for the page of a topic, and the default ones there."""
    on_topic = Appeal.topics.through.objects.filter(topic=topic, appeal=OuterRef("pk"))
    found = _fitting(at, language).filter(placement=placement)
    return found.annotate(named=Exists(on_topic), on_topic=Exists(on_topic)).filter(FITS)


FITS = Q(named=True) | Q(on_topic=True) | Q(is_default=True)


def _fitting(at: datetime, language: str) -> QuerySet[Appeal]:
    return Appeal.objects.running(at).filter(language=language).select_related("campaign")
