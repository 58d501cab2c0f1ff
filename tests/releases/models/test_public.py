"""What the public may see at a moment, and when that changes: public() and next_transition()."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import event, given
from hypothesis import strategies as st

from releases import publishing, workflow
from releases.content import read
from releases.models import Edition, Release, next_transition
from tests.examples import examples
from tests.make import (
    make_approved,
    make_content,
    make_edition,
    make_next_edition,
    make_user,
    undone,
)

NOON = datetime(2024, 3, 5, 12, 0, tzinfo=UTC)
SECOND, HOUR, INSTANT = timedelta(seconds=1), timedelta(hours=1), timedelta(microseconds=1)


@pytest.fixture
def three(db) -> list[Edition]:
    """A release published at noon, at one and at two."""
    release = make_approved()
    return [
        publishing.make_edition(
            release,
            make_content(slug=release.slug, headline=f"Text of edition {hour + 1}"),
            None,
            NOON + hour * HOUR,
            reason,
            "Why.",
            now=NOON + hour * HOUR,
        )
        for hour, reason in enumerate(["first", "correction", "update"])
    ]


def public_number(at: datetime) -> int | None:
    """The number of the one public edition, or None; there is never a second one."""
    numbers = list(Edition.objects.public(at).values_list("number", flat=True))
    assert len(numbers) <= 1
    return numbers[0] if numbers else None


def test_the_newsroom_as_it_stood_at_each_second_around_three_editions(three):
    seen = {
        (hour, seconds): public_number(NOON + hour * HOUR + seconds * SECOND)
        for hour in range(3)
        for seconds in range(-3, 4)
    }
    before = {(hour, s): hour or None for hour in range(3) for s in (-3, -2, -1)}
    after = {(hour, s): hour + 1 for hour in range(3) for s in (0, 1, 2, 3)}
    assert seen == {**before, **after}


def test_it_holds_for_the_distant_past_and_future(three):
    assert public_number(NOON - timedelta(days=10_000)) is None
    assert public_number(NOON + timedelta(days=10_000)) == 3


def test_the_text_public_at_a_moment_is_that_of_its_edition(three):
    texts = [Edition.objects.public(NOON + n * HOUR).get().headline for n in range(3)]
    assert texts == ["Text of edition 1", "Text of edition 2", "Text of edition 3"]


def test_a_closed_span_ends_at_its_second(three):
    end = NOON + 5 * HOUR
    Edition.objects.filter(pk=three[2].pk).update(public_until=end)
    assert [public_number(end + n * SECOND) for n in (-1, 0, 1)] == [3, None, None]


def test_begun_and_scheduled_divide_the_editions(three):
    for hour in range(-1, 4):
        at = NOON + hour * HOUR
        begun = set(Edition.objects.begun(at).values_list("number", flat=True))
        waiting = set(Edition.objects.scheduled(at).values_list("number", flat=True))
        assert begun == {n for n in (1, 2, 3) if n - 1 <= hour}
        assert begun | waiting == {1, 2, 3}
        assert not begun & waiting


def test_the_next_transition_is_the_next_begin_or_end(three):
    end = NOON + 5 * HOUR
    Edition.objects.filter(pk=three[2].pk).update(public_until=end)
    edges = [NOON, NOON + HOUR, NOON + 2 * HOUR, end]
    for this, following in zip(edges, [*edges[1:], None], strict=True):
        assert next_transition(this - SECOND) == this
        assert next_transition(this) == following


def test_without_editions_nothing_is_public_and_nothing_changes(db):
    assert public_number(NOON) is None
    assert next_transition(NOON) is None


def test_a_scheduled_edition_is_a_transition_to_come(db):
    edition = make_edition(NOON + timedelta(days=9999))
    assert next_transition(NOON) == edition.public_from
    assert next_transition(edition.public_from) is None


# --- Against a model of ten lines ----------------------------------------------------------------

Spans = list[tuple[datetime, datetime | None]]


def model_public(releases: list[Spans], at: datetime) -> set[tuple[int, int]]:
    """Return (release, edition) of all that is public at a moment."""
    return {
        (place, number)
        for place, spans in enumerate(releases)
        for number, (begin, end) in enumerate(spans, 1)
        if begin <= at and (end is None or at < end)
    }


def model_transition(releases: list[Spans], after: datetime) -> datetime | None:
    """Return the first edge of a span after a moment."""
    edges = {edge for spans in releases for span in spans for edge in span if edge}
    return min((edge for edge in edges if edge > after), default=None)


# Spring and autumn of the changes to and from daylight-saving time, to the microsecond.
moments = st.one_of(
    st.integers(0, 10**14).map(lambda n: datetime(2023, 1, 1, tzinfo=UTC) + n * INSTANT),
    st.integers(-5, 5).map(lambda n: datetime(2024, 3, 10, 7, tzinfo=UTC) + n * SECOND),
    st.integers(-5, 5).map(lambda n: datetime(2024, 11, 3, 6, tzinfo=UTC) + n * HOUR),
)


@st.composite
def spans(draw: st.DrawFn) -> Spans:
    """One release's spans: each edition ends where the next begins; the last may be open."""
    edges = sorted(draw(st.sets(moments, min_size=1, max_size=4)))
    last = draw(st.sampled_from([None, INSTANT, HOUR]))
    return list(zip(edges, [*edges[1:], last and edges[-1] + last], strict=True))


def stored(release, found: Spans) -> list[int]:
    """Publish a release with these spans; return the keys of its editions in order."""
    keys = []
    for place, (begin, _end) in enumerate(found):
        reason = "typo" if place else "first"
        edition = publishing.make_edition(release, read(release), None, begin, reason, now=begin)
        keys.append(edition.pk)
    Edition.objects.filter(pk=keys[-1]).update(public_until=found[-1][1])
    return keys


@pytest.mark.django_db
@examples(30)
@given(releases=st.lists(spans(), min_size=1, max_size=3), asked=st.lists(moments, max_size=4))
def test_it_equals_a_model_for_any_spans(releases, asked):
    edges = {edge for found in releases for span in found for edge in span if edge}
    with undone():
        place = {
            key: (n, number)
            for n, found in enumerate(releases)
            for number, key in enumerate(stored(make_approved(), found), 1)
        }
        for at in {*asked, *edges, *(e - INSTANT for e in edges), *(e + INSTANT for e in edges)}:
            public = {place[key] for key in Edition.objects.public(at).values_list("pk", flat=True)}
            assert public == model_public(releases, at)
            assert next_transition(at) == model_transition(releases, at)
            said = {place[one.pk] for one in Edition.objects.all() if one.is_public(at)}
            assert said == public


# --- Acts by any clock, moments by the office's clocks ------------------------------------------

OFFICE, ELSEWHERE = ZoneInfo("America/New_York"), ZoneInfo("Europe/Madrid")
# The nights of 2031 in which these clocks are changed. (In the future: the database keeps what has
# passed by its own clock.)
NIGHTS = [
    datetime(2031, 3, 9, 2, tzinfo=OFFICE),
    datetime(2031, 11, 2, 1, tzinfo=OFFICE),
    datetime(2031, 3, 30, 2, tzinfo=ELSEWHERE),
    datetime(2031, 10, 26, 2, tzinfo=ELSEWHERE),
]


@st.composite
def wall_clocks(draw: st.DrawFn) -> datetime:
    """A moment as a clock on the wall shows it that night: skipped or doubled hours, too."""
    night = draw(st.sampled_from(NIGHTS))
    shown = night + draw(st.integers(-180, 180)) * timedelta(minutes=1)
    return shown.replace(fold=draw(st.sampled_from([0, 1])))


clocks = st.one_of(
    wall_clocks().map(lambda shown: shown.astimezone(UTC)),
    st.integers(0, 10**13).map(lambda n: datetime(2031, 3, 1, tzinfo=UTC) + n * INSTANT),
)
acts = st.lists(
    st.tuples(clocks, st.sampled_from(["publish", "publish", "publish", "take back", "withdraw"]),
              st.one_of(st.none(), wall_clocks())),
    min_size=2, max_size=6, unique_by=lambda act: act[0],
)  # fmt: skip


def model_act(spans: Spans, act: str, now: datetime, at: datetime) -> None:
    """Do to a list of spans what the act does to a release's editions."""
    begin, end = spans[-1] if spans else (None, at)
    if act == "publish":
        spans[-1:] = ([(begin, at)] if end is None else spans[-1:]) + [(at, None)]
    elif act == "take back":
        spans.pop()
        if spans and spans[-1][1] == begin:
            spans[-1] = (spans[-1][0], None)
    else:
        spans[-1] = (begin, now)


def really(pk: int, act: str, at: datetime, by, number: int) -> None:
    """Do it as the desk does; raises Refused where the rules say no."""
    release = Release.objects.get(pk=pk)
    if act == "publish":
        content = make_content(slug=release.slug, headline=f"Text {number}")
        release = workflow.save(pk, release.changed_by, release.version, content)
        release = workflow.submit(pk, release.changed_by, release.version)
        release = workflow.approve(pk, by, release.version)
        workflow.publish(pk, by, release.version, at, "typo")
    elif act == "take back":
        workflow.take_back(pk, by, release.version)
    else:
        workflow.withdraw(pk, by, release.version, "error")


def edges_of(spans: Spans) -> set[datetime]:
    found = {edge for span in spans for edge in span if edge}
    return {edge + n * INSTANT for edge in found for n in (-1, 0, 1)}


@pytest.mark.django_db
@examples(25)
@given(planned=acts)
def test_it_equals_the_model_whatever_is_done_by_whatever_clock(planned):
    with undone():
        by, pk = make_user("publisher"), make_approved().pk
        spans: Spans = []
        for number, (now, act, wall) in enumerate(sorted(planned, key=lambda act: act[0])):
            with time_machine.travel(now, tick=False):
                at = wall if wall and wall > now else now
                try:
                    really(pk, act, at, by, number)
                except workflow.Refused:
                    event(f"{act} refused")
                else:
                    event(f"{act} done")
                    model_act(spans, act, now, at.astimezone(UTC))
            assert list(Edition.objects.values_list("public_from", "public_until")) == spans
        for at in edges_of(spans):
            public = Edition.objects.public(at).values_list("number", flat=True)
            assert {(0, number) for number in public} == model_public([spans], at)
            assert next_transition(at) == model_transition([spans], at)


def test_two_editions_never_begin_in_the_same_moment(db):
    with time_machine.travel(NOON, tick=False):
        first = make_edition(NOON)
        with pytest.raises(workflow.Refused, match="begins at this very moment"):
            make_next_edition(first, NOON, headline="In the same moment")
        assert Edition.objects.public(NOON).get() == first


def test_a_doubled_hour_is_two_moments_and_a_skipped_one_is_none(db):
    """What the property test above feeds on: the zones know their nights."""
    doubled = [datetime(2031, 11, 2, 1, 30, tzinfo=OFFICE, fold=fold) for fold in (0, 1)]
    first, second = (make_edition(shown) for shown in doubled)
    at = doubled[0].astimezone(UTC)
    assert set(Edition.objects.public(at)) == {first}
    assert set(Edition.objects.public(at + HOUR)) == {first, second}
    assert next_transition(at) == at + HOUR
    skipped = datetime(2031, 3, 9, 2, 30, tzinfo=OFFICE).astimezone(UTC)
    assert skipped.astimezone(OFFICE).hour == 3
