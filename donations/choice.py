"""Which appeal a page shows: a pure rule, and the query that fetches for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from donations.models import Appeal
from releases.models import Edition, Topic
from releases.prepared import prepared


@dataclass(frozen=True)
class Candidate:
    """An appeal as the rule sees it."""

    key: int
    named: bool = False
    on_topic: bool = False
    is_default: bool = False


def choose(candidates: Iterable[Candidate]) -> int | None:
    """Return the key of the appeal to show, or None.

    One named for this release comes before one for a topic of it, that before the default; of two
    alike the newer one (the greater key). Language and dates were asked for before.
    """
    fitting = [one for one in candidates if one.named or one.on_topic or one.is_default]
    best = max(fitting, key=lambda one: (one.named, one.on_topic, one.key), default=None)
    return best.key if best else None


def appeal_for(edition: Edition, at: datetime, topics: Iterable[Topic]) -> Appeal | None:
    """Return the appeal that the page of an edition on `topics` shows at `at`, by one query."""
    appeals = _fitting(at, edition.language, edition.release_id or 0, *(one.pk for one in topics))
    found = {appeal.pk: appeal for appeal in appeals}
    key = choose(
        Candidate(pk, row.named, row.on_topic, row.is_default)  # type: ignore[attr-defined]
        for pk, row in found.items()
    )
    return found[key] if key is not None else None


def shown_appeal(edition: Edition, at: datetime, topics: Iterable[Topic]) -> dict[str, Any]:
    """Return what a release page shows of its appeal, the link naming the release."""
    appeal = appeal_for(edition, at, topics)
    return {"appeal": appeal, "appeal_href": appeal.href(edition.slug) if appeal else ""}


@prepared
def _fitting(at: datetime, language: str, release: int, *topics: int) -> QuerySet[Appeal]:
    """Return the running appeals for a release or any of its topics, and the default one."""
    named = Appeal.releases.through.objects.filter(appeal=OuterRef("pk"), release=release)
    any_topic = reduce(or_, (Q(topic=topic) for topic in topics), Q(pk__in=[]))
    on_topic = Appeal.topics.through.objects.filter(any_topic, appeal=OuterRef("pk"))
    return (
        Appeal.objects.running(at)
        .filter(language=language)
        .annotate(named=Exists(named), on_topic=Exists(on_topic))
        .filter(Q(named=True) | Q(on_topic=True) | Q(is_default=True))
    )
