"""Which appeal a page shows: a pure rule, and the query that fetches for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from donations.models import Appeal
from releases.models import Edition, Topic


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
    named = Appeal.releases.through.objects.filter(
        appeal=OuterRef("pk"), release=edition.release_id
    )
    on_topic = Appeal.topics.through.objects.filter(appeal=OuterRef("pk"), topic__in=list(topics))
    appeals = (
        Appeal.objects.running(at)
        .filter(language=edition.language)
        .annotate(named=Exists(named), on_topic=Exists(on_topic))
        .filter(Q(named=True) | Q(on_topic=True) | Q(is_default=True))
    )
    found = {appeal.pk: appeal for appeal in appeals}
    key = choose(
        Candidate(pk, row.named, row.on_topic, row.is_default)  # type: ignore[attr-defined]
        for pk, row in found.items()
    )
    return found[key] if key is not None else None
