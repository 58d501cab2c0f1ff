"""An edition and the query for editions give the same answer about what is public, always."""

from datetime import UTC, datetime, timedelta

import pytest

from releases.models import Edition
from tests.make import make_release

NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
SECOND, HOUR, INSTANT = timedelta(seconds=1), timedelta(hours=1), timedelta(microseconds=1)
ENDS = {"open": None, "closed": NOON + HOUR, "short": NOON + SECOND}
MOMENTS = [
    edge + step
    for edge in (NOON, NOON + SECOND, NOON + HOUR)
    for step in (-SECOND, -INSTANT, timedelta(0), INSTANT, SECOND)
]


@pytest.mark.django_db
@pytest.mark.parametrize("span", ENDS)
def test_both_agree_before_at_and_after_each_edge(span):
    edition = Edition.objects.create(
        release=make_release(),
        number=1,
        made_at=NOON,
        public_from=NOON,
        public_until=ENDS[span],
        headline="A vote",
        slug="a-vote",
        body="<p>A vote.</p>",
        dated=NOON.date(),
    )
    said = {at: edition.is_public(at) for at in MOMENTS}
    found = {at: Edition.objects.public(at).filter(pk=edition.pk).exists() for at in MOMENTS}
    assert said == found
    assert set(said.values()) == {True, False}
