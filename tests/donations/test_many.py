"""With 10,000 releases and 200 appeals the choice is one query, and shares them out."""

from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from donations.models import Appeal, Campaign
from releases.models import Edition
from tests.donations.asked import appeals_for
from tests.make import make_edition
from tests.releases.newsroom.test_costs import grow


@pytest.fixture
def edition(db) -> Edition:
    """One of 10,000 releases; 200 appeals of four campaigns, most of them for its topic."""
    edition = make_edition()
    grow(edition, 10_000)
    campaigns = [Campaign.objects.create(name=f"C{n}", slug=f"c{n}") for n in range(4)]
    rows = Appeal.objects.bulk_create(
        Appeal(
            campaign=campaigns[n % 4], name=f"a{n}", heading=f"Appeal {n}", text="Give.",
            button="Give", url="https://www.example.org/give", is_default=n % 5 == 0,
            placement=("end", "end", "inside", "topic")[n % 4], weight=n % 5 + 1,
        )
        for n in range(200)
    )  # fmt: skip
    for row in rows:
        if not row.is_default:
            row.topics.set(edition.topics.all())
    return edition


def cost(client, address: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address).content.decode()
    return len(queries), page


def test_the_choice_adds_one_query(stranger, edition, settings):
    addresses = (edition.get_absolute_url(), edition.topics.get().get_absolute_url())
    additions = settings.RELEASE_PAGE_ADDITIONS, settings.TOPIC_PAGE_ADDITIONS
    settings.RELEASE_PAGE_ADDITIONS = settings.TOPIC_PAGE_ADDITIONS = []
    without = [cost(stranger, address) for address in addresses]
    settings.RELEASE_PAGE_ADDITIONS, settings.TOPIC_PAGE_ADDITIONS = additions
    with_them = [cost(stranger, address) for address in addresses]
    for (fewer, plain), (more, page) in zip(without, with_them, strict=True):
        assert more == fewer + 1
        assert 'class="appeal-button"' in page
        assert 'class="appeal-button"' not in plain


@pytest.mark.long
def test_releases_are_shared_out_among_all_that_fit(edition):
    topics, now = list(edition.topics.all()), timezone.now()
    editions = Edition.objects.public(now).order_by("pk")[:600]
    seen = Counter(appeals_for(one, now, topics)["end"].name for one in editions)
    assert len(seen) > 60
    assert not {name for name in seen if int(name[1:]) % 5 == 0}
