"""Whatever moves, in whatever order: one hop at most, no loops, and only to what is public."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from releases import workflow
from releases.content import read
from releases.models import Edition, Release
from tests.examples import examples
from tests.make import make_release, make_user, undone

HOUR = timedelta(hours=1)
SLUGS = ("a", "b", "c")
PREFIX = {"en": "", "es": "/es"}
BELOW = ("", "editions/", "editions/1/", "editions/1/2/")
ADDRESSES = [
    f"{prefix}/releases/{s}/{x}" for prefix in PREFIX.values() for s in SLUGS for x in BELOW
]

acts = st.one_of(
    st.tuples(
        st.just("rename"), st.integers(0, 2), st.sampled_from(SLUGS), st.sampled_from([*PREFIX])
    ),
    st.tuples(st.sampled_from(["publish", "schedule", "take_back", "withdraw"]), st.integers(0, 2)),
    st.tuples(st.just("wait")),
)
# Long stretches of the usual way, so that the odd acts between meet releases that have moved.
moves = st.tuples(st.integers(0, 2), st.sampled_from(SLUGS), st.sampled_from([*PREFIX])).map(
    lambda move: [("rename", *move), ("publish", move[0])]
)
stories = st.lists(st.one_of(moves, st.lists(acts, max_size=3)), max_size=8).map(
    lambda parts: [act for part in parts for act in part]
)


def take(act: tuple, release: Release, by, n: int) -> None:
    """Do what the act says, where it is allowed."""
    name, key = act[0], (release.pk, by, release.version)
    later = timezone.now() + HOUR if name == "schedule" else None
    reason = "typo" if release.editions.exists() else "first"
    doors = {
        "rename": lambda: workflow.save(
            *key, replace(read(release), slug=act[2], language=act[3], headline=f"No. {n}")
        ),
        "publish": lambda: workflow.publish_urgently(*key, "Now.", None, reason),
        "schedule": lambda: workflow.publish_urgently(*key, "Soon.", later, reason),
        "take_back": lambda: workflow.take_back(*key),
        "withdraw": lambda: workflow.withdraw(*key, "error"),
    }
    try:
        doors[name]()
    except workflow.Refused as refused:
        assert refused.reasons


def due(language: str, slug: str) -> tuple[int, str]:
    """What the page of an address owes, worked out from all rows one by one."""
    now = timezone.now()
    begun = [one for one in Edition.objects.order_by("number") if one.public_from <= now]
    owners = {one.release_id for one in begun if (one.language, one.slug) == (language, slug)}
    assert len(owners) <= 1
    if not owners:
        return 404, ""
    public = [one for one in begun if one.release_id in owners and one.is_public(now)]
    if not public:
        return 410, ""
    home = f"{PREFIX[public[0].language]}/releases/{public[0].slug}/"
    return (200, "") if (public[0].language, public[0].slug) == (language, slug) else (301, home)


def holds(client: Client) -> None:
    """What must be true of all addresses at any time."""
    for language, prefix in PREFIX.items():
        for slug in SLUGS:
            answer = client.get(f"{prefix}/releases/{slug}/")
            assert (answer.status_code, answer.headers.get("Location", "")) == due(language, slug)
    for address in ADDRESSES:
        answer = client.get(address)
        if answer.status_code == 301:
            assert client.get(answer.headers["Location"]).status_code == 200


@pytest.mark.django_db
@examples(15)
@given(story=stories)
def test_no_story_makes_a_loop_a_chain_or_a_way_to_what_is_not_public(story):
    with undone(), time_machine.travel(timezone.now(), tick=False) as clock:
        client, by = Client(), make_user("administrator")
        keys = [make_release(slug=slug).pk for slug in SLUGS]
        for n, act in enumerate(story):
            clock.shift(HOUR if act == ("wait",) else timedelta(seconds=1))
            if act != ("wait",):
                take(act, Release.objects.get(pk=keys[act[1]]), by, n)
        holds(client)
        clock.shift(HOUR)
        holds(client)
