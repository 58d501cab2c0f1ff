"""Whatever people do, in whatever order: some states are never reached."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from releases import workflow
from releases.content import Content, read
from releases.models import Edition, Release
from releases.snapshots import from_snapshot
from tests.examples import examples
from tests.make import make_release, make_user, undone

HOUR = timedelta(hours=1)
ROLES = ("writer", "writer", "editor", "editor", "publisher", "publisher", "")

ACTS = {
    "save": lambda pk, by, seen, n: workflow.save(pk, by, seen, _changed(pk, n)),
    "restore": lambda pk, by, seen, n: workflow.restore(pk, by, seen, 1),
    "submit": lambda pk, by, seen, n: workflow.submit(pk, by, seen),
    "send_back": lambda pk, by, seen, n: workflow.send_back(pk, by, seen, "Again."),
    "approve": lambda pk, by, seen, n: workflow.approve(pk, by, seen),
    "publish": lambda pk, by, seen, n: workflow.publish(
        pk, by, seen, (n % 2 and timezone.now() + HOUR) or None, ["first", "typo"][n > 0], ""
    ),
    "publish_urgently": lambda pk, by, seen, n: workflow.publish_urgently(
        pk, by, seen, "Now.", None, ["first", "typo"][n > 0]
    ),
    "publish_beside": lambda pk, by, seen, n: workflow.publish(
        pk, by, seen, None, ["first", "typo"][n > 0], "", ["take_back", "keep"][n % 2]
    ),
    "publish_urgently_beside": lambda pk, by, seen, n: workflow.publish_urgently(
        pk, by, seen, "Now.", None, ["first", "typo"][n > 0], "", ["take_back", "keep"][n % 2]
    ),
    "take_back": lambda pk, by, seen, n: workflow.take_back(pk, by, seen),
    "move": lambda pk, by, seen, n: workflow.move(
        pk, by, seen, timezone.now() + (n - 1) * HOUR, "They asked."
    ),
    "lift": lambda pk, by, seen, n: workflow.lift(pk, by, seen, "It is out."),
    "withdraw": lambda pk, by, seen, n: workflow.withdraw(pk, by, seen, "error"),
}
steps = st.tuples(
    st.sampled_from([*ACTS, "wait"]), st.integers(0, len(ROLES) - 1), st.integers(0, 3)
)
# Long stretches of the usual way, so that the odd steps between meet every stage.
USUAL = [("submit", 0, 1), ("approve", 2, 1), ("publish", 4, 2)]
BESIDE = [("publish", 4, 1), ("save", 0, 3), *USUAL[:2], ("publish_beside", 5, 3), ("move", 4, 3)]
ENDING = [("withdraw", 5, 0), ("save", 1, 3)]
walks = st.lists(
    st.one_of(st.just(USUAL), st.just(BESIDE), st.just(ENDING), st.lists(steps, max_size=4)),
    max_size=7,
).map(lambda parts: [step for part in parts for step in part])


def _changed(pk: int, n: int) -> Content:
    """The stored text with one of three headlines, or with nothing changed."""
    content = read(Release.objects.get(pk=pk))
    return replace(content, headline=f"Headline {n}") if n else content


def take(name: str, release: Release, by, n: int) -> bool:
    """Take one step; return whether it was allowed."""
    before = Release.objects.values().get(pk=release.pk)
    try:
        ACTS[name](release.pk, by, release.version, n)
    except workflow.Refused as refused:
        assert refused.reasons
        assert Release.objects.values().get(pk=release.pk) == before
        return False
    return True


def holds(release: Release, approved: list[Content]) -> None:
    """What must be true of a release at any time."""
    editions = list(release.editions.order_by("number"))
    assert [one.number for one in editions] == list(range(1, len(editions) + 1))
    for this, following in pairwise(editions):
        assert this.public_until <= following.public_from
        if not hasattr(this, "withdrawal"):
            assert this.public_until == following.public_from
    for newest in editions[-1:]:
        assert (newest.public_until is None) is not hasattr(newest, "withdrawal")
    assert Edition.objects.public(timezone.now()).count() <= 1
    assert Edition.objects.scheduled(timezone.now()).count() <= 1
    texts = [replace(content, dated=None) for content in approved]
    seen = [one for one in editions if one.approved_by]
    assert all(replace(read(one), dated=None) in texts for one in seen)
    urgent = release.acts.filter(action="publish_urgently").count()
    assert len(editions) - len(seen) == urgent
    if release.stage == "approved":
        assert release.approved_by.has_perm("releases.approve_release")
        assert release.approved_by_id != release.changed_by_id
        assert read(release) in approved
    else:
        assert release.approved_by is None
    newest = release.revisions.first()
    assert from_snapshot(newest.schema, newest.snapshot) == read(release)


@pytest.mark.django_db
@examples(25)
@given(walk=walks)
def test_no_walk_reaches_a_forbidden_state(walk):
    with undone(), time_machine.travel(timezone.now()) as clock:
        release, people = make_release(), [make_user(role) for role in ROLES]
        approved, done, beside, revisions = [], 1, 0, {read(release)}
        for name, who, n in walk:
            if name == "wait":
                clock.shift(HOUR)
            elif take(name, release, people[who], n):
                stored = Release.objects.get(pk=release.pk)
                assert stored.version in (release.version, release.version + 1)
                done += stored.version - release.version
                release = stored
                beside += name.endswith("_beside") and n % 2 == 0
                approved += [read(release)] if name == "approve" else []
                revisions.add(read(release))
            holds(Release.objects.get(pk=release.pk), approved)
        # Publishing beside an edition that waits is two acts of one change.
        acts = release.acts.exclude(action="keep").count() - beside
        assert acts == done == release.version
        assert release.revisions.count() >= len(revisions)
