"""The newsroom of another moment, as one person may know it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User

from releases.models import Edition
from releases.models.release import visible_to
from releases.models.secret import NOTHING, Secret, kept_secret


@contextmanager
def as_known_to(user: User | AnonymousUser, now: datetime) -> Iterator[None]:
    """A block in which releases that `user` may not see stay as they are `now`, at any moment.

    What is planned for them is in no list, count or page, and what it would replace goes on: so
    that nothing, not even a gap, tells that there is a plan.
    """
    hidden = Edition.objects.exclude(visible_to(user, "release")).scheduled(now)
    planned = dict(hidden.values_list("pk", "release"))
    replaced = Edition.objects.public(now).filter(release__in=planned.values())
    standing = replaced.values_list("pk", flat=True) if planned else ()
    known = Secret(frozenset(planned), frozenset(standing)) if planned else NOTHING
    token = kept_secret.set(known)
    try:
        yield
    finally:
        kept_secret.reset(token)
