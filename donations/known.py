"""What the way out knows without the database: where appeals lead, which release has an address.

Targets are fetched once for each content generation, so that a change is followed at once; where
the database does not answer, they stay as they were last known. An address once public belongs to
its release for ever, so it is asked for once. Nothing is remembered of addresses that are unknown:
one of them may be public in a second.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import Error
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from donations.destination import Target, target_of
from donations.models import Appeal
from releases.models import Edition
from releases.prepared import prepared
from releases.slugs import PATTERN

# More addresses than most newsrooms have; beyond them it begins anew.
MOST_ADDRESSES = 50_000


@dataclass
class Known:
    """What this process knows."""

    generation: int | None = None
    targets: dict[tuple[str, str], Target] = field(default_factory=dict)
    releases: dict[tuple[str, str], int] = field(default_factory=dict)

    def clear(self) -> None:
        """Forget everything: for tests, each of which has a database of its own."""
        self.generation, self.targets, self.releases = None, {}, {}


known = Known()


def find_target(language: str, name: str) -> Target | None:
    """Return where the appeal of this name leads, in its own language; None if there is none.

    Raises django.db.Error where the database is away and nothing was ever known.
    """
    try:
        generation: int = import_string(settings.CONTENT_GENERATION)()
        if generation != known.generation:
            rows = Appeal.objects.select_related("campaign")
            known.targets = {(row.language, row.name): target_of(row) for row in rows}
            known.generation = generation
    except Error:
        if known.generation is None:
            raise
    return known.targets.get((language, name))


def find_release(language: str, slug: str, at: datetime) -> int | None:
    """Return the key of the release that is, or once was, public at this address; None of others.

    Raises django.db.Error where that is not known and the database is away.
    """
    address = (language, slug)
    if address in known.releases:
        return known.releases[address]
    found = _at_address(at, language, slug) if PATTERN.fullmatch(slug) else []
    if not found:
        return None
    if len(known.releases) >= MOST_ADDRESSES:
        known.releases = {}
    known.releases[address] = found[0].release_id
    return found[0].release_id


@prepared
def _at_address(at: datetime, language: str, slug: str) -> QuerySet[Edition]:
    here = Edition.objects.begun(at).filter(language=language, slug=slug)
    return here.order_by().only("release")[:1]
