"""Moving and lifting an embargo: the same edition, another moment, and a reason in the log."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from releases import publishing, sharing, workflow
from releases.content import Figure, read
from releases.models import Act, Edition, Release
from tests.make import (
    make_approved_again,
    make_edition,
    make_full_content,
    make_next_edition,
    make_picture,
    make_release,
    make_user,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
#: Noon in the press office, on a day without an odd hour.
NOON = datetime(2031, 5, 6, 16, tzinfo=UTC)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON - 2 * DAY, tick=False)
    return time_machine


def stored(edition: Edition) -> Release:
    return Release.objects.get(pk=edition.release_id)


def move(edition: Edition, at: datetime, by=None, why: str = "They asked.") -> Edition:
    release = stored(edition)
    return workflow.move(release.pk, by or make_user("publisher"), release.version, at, why)


def lift(edition: Edition, by=None, why: str = "It is out already.") -> Edition:
    release = stored(edition)
    return workflow.lift(release.pk, by or make_user("publisher"), release.version, why)


def columns(edition: Edition) -> dict[str, object]:
    """All that an edition says, but when."""
    kept = ("number", "reason", "note", "made_at", "published_by_id", "approved_by_id")
    return {"content": read(edition), **{name: getattr(edition, name) for name in kept}}


def full_edition(at: datetime) -> Edition:
    """A waiting edition with something in every field."""
    release = make_release(**vars(make_full_content()))
    release = workflow.submit(release.pk, release.changed_by, release.version)
    release = workflow.approve(release.pk, make_user("editor"), release.version)
    return workflow.publish(release.pk, make_user("publisher"), release.version, at)


@pytest.mark.parametrize("at", [NOON - HOUR, NOON + HOUR, NOON + 400 * DAY])
def test_a_moved_edition_is_the_same_at_another_moment(clock, at):
    edition = full_edition(NOON)
    before = columns(edition)
    moved = move(edition, at)
    assert columns(Edition.objects.get()) == before
    assert (moved.public_from, moved.public_until) == (at, None)


@pytest.mark.parametrize("moment", [None, NOON - DAY])
def test_it_appears_at_its_new_second_and_not_before(clock, stranger, moment):
    edition = make_edition(NOON, headline="Quiet Words")
    address = edition.get_absolute_url()
    clock.shift(HOUR)
    at = (lift(edition) if moment is None else move(edition, moment)).public_from
    for off, status in ((-SECOND, 404), (timedelta(), 200), (SECOND, 200)):
        clock.move_to(at + off, tick=False)
        assert stranger.get(address).status_code == status
        assert ("Quiet Words" in stranger.get("/").content.decode()) is (status == 200)
        assert ("Quiet Words" in stranger.get("/feed.atom").content.decode()) is (status == 200)


def test_a_later_moment_is_not_betrayed_by_the_old_one(clock, stranger):
    edition = make_edition(NOON, headline="Quiet Words")
    move(edition, NOON + HOUR)
    for at, status in ((NOON, 404), (NOON + HOUR - SECOND, 404), (NOON + HOUR, 200)):
        clock.move_to(at, tick=False)
        assert stranger.get(edition.get_absolute_url()).status_code == status


def test_the_former_edition_ends_at_the_new_moment(clock):
    first = make_edition(NOON - 5 * DAY)
    second = make_next_edition(first, NOON, headline="Corrected")
    for at in (NOON + DAY, NOON - HOUR):
        second = move(second, at)
        first.refresh_from_db()
        assert (first.public_until, second.number) == (at, 2)
        assert Edition.objects.public(at - SECOND).get() == first
        assert Edition.objects.public(at).get() == second
    assert second.note == "Why."
    clock.shift(SECOND)
    lifted = lift(second)
    first.refresh_from_db()
    assert first.public_until == lifted.public_from == timezone.now()


def test_a_withdrawn_edition_keeps_its_end(clock):
    first = make_edition(NOON - 5 * DAY)
    release = stored(first)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    clock.shift(HOUR)
    move(make_next_edition(first, NOON, headline="Corrected"), NOON + DAY)
    first.refresh_from_db()
    assert first.public_until == NOON - 2 * DAY


def test_the_working_copy_is_not_what_moves(clock):
    edition = make_edition(NOON, headline="As approved")
    make_approved_again(edition, headline="A later thought")
    moved = move(edition, NOON + HOUR)
    assert (moved.headline, stored(edition).headline) == ("As approved", "A later thought")
    assert stored(edition).stage == "approved"


# --- The date that is printed --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "at", "printed"),
    [
        (None, NOON + DAY, date(2031, 5, 7)),
        (None, NOON + HOUR, date(2031, 5, 6)),
        (None, NOON - DAY, date(2031, 5, 5)),
        # Before midnight in the press office, after it in UTC.
        (None, datetime(2031, 5, 8, 3, tzinfo=UTC), date(2031, 5, 7)),
        (date(2031, 5, 6), NOON + DAY, date(2031, 5, 7)),
        (date(2031, 4, 1), NOON + DAY, date(2031, 4, 1)),
    ],
)
def test_the_printed_date_follows_unless_another_was_given(clock, given, at, printed):
    moved = move(make_edition(NOON, dated=given), at)
    assert Edition.objects.get().dated == printed
    assert [link.dated for link in moved.topic_links.all()] == [printed]


def test_a_correction_keeps_the_date_of_the_first_publication(clock):
    clock.move_to(NOON, tick=False)
    first = make_edition(NOON - HOUR, dated=None)
    # The correction is for the very day of the first publication, and moves to the next.
    second = make_next_edition(first, NOON + HOUR, headline="Corrected")
    assert move(second, NOON + DAY).dated == first.dated == date(2031, 5, 6)


@pytest.mark.parametrize(
    ("printed", "release", "expected"),
    [(6, None, 7), (6, 5, 7), (6, 6, 6), (5, 5, 5), (4, None, 4), (4, 6, 4)],
)
def test_moved_dates(printed, release, expected):
    day = {n: date(2031, 5, n) for n in range(4, 8)} | {None: None}
    assert publishing.moved_date(day[printed], day[6], day[7], day[release]) == day[expected]


# --- What is refused -----------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["", " ", "\n"])
def test_a_reason_is_demanded(clock, why):
    edition = make_edition(NOON)
    for act in (lambda: move(edition, NOON + HOUR, why=why), lambda: lift(edition, why=why)):
        with pytest.raises(workflow.Refused, match="why the moment changes"):
            act()
    assert Edition.objects.get().public_from == NOON


@pytest.mark.parametrize("back", [timedelta(), SECOND, HOUR, 400 * DAY])
def test_the_past_is_refused(clock, back):
    edition = make_edition(NOON)
    with pytest.raises(workflow.Refused, match="has passed"):
        move(edition, timezone.now() - back)
    assert columns(Edition.objects.get()) == columns(edition)


def test_its_own_moment_is_refused(clock):
    with pytest.raises(workflow.Refused, match="this very moment"):
        move(make_edition(NOON), NOON)


@pytest.mark.parametrize("late", [timedelta(), SECOND, DAY])
def test_a_moment_that_has_come_is_told(clock, late):
    edition = make_edition(NOON)
    clock.move_to(NOON + late, tick=False)
    for act in (lambda: move(edition, NOON + 2 * DAY), lambda: lift(edition)):
        with pytest.raises(workflow.Refused, match="public already"):
            act()
    assert Edition.objects.get() == edition
    assert not Act.objects.filter(action__in=["move", "lift"]).exists()


def test_until_the_last_second_it_can_be_moved_and_taken_back(clock):
    edition = make_edition(NOON)
    clock.move_to(NOON - timedelta(milliseconds=1), tick=False)
    edition = move(edition, NOON + HOUR)
    clock.move_to(NOON + HOUR - timedelta(milliseconds=1), tick=False)
    release = stored(edition)
    workflow.take_back(release.pk, make_user("publisher"), release.version)
    assert not Edition.objects.exists()


def test_the_database_has_the_last_word_on_whether_the_moment_has_come(time_machine):
    """A clock of the application that is slow moves nothing that readers have seen."""
    edition = make_edition(timezone.now() - HOUR)
    time_machine.move_to(timezone.now() - DAY)
    for act in (
        lambda: move(edition, timezone.now() + HOUR),
        lambda: lift(edition),
        lambda: workflow.take_back(
            edition.release_id, make_user("publisher"), stored(edition).version
        ),
    ):
        with pytest.raises(workflow.Refused, match="public already"):
            act()
    assert Edition.objects.get() == edition


def test_nothing_that_was_never_scheduled_moves(publisher):
    release = make_release()
    with pytest.raises(workflow.Refused, match="No edition is waiting for its moment"):
        workflow.lift(release.pk, publisher, release.version, "Now.")


# --- The log, the links --------------------------------------------------------------------------


def test_the_log_says_why_and_from_when_to_when(clock, publisher):
    edition = make_edition(NOON)
    edition = move(edition, NOON + DAY, publisher, "The ministry asked for a day.")
    clock.shift(HOUR)
    lift(edition, publisher, "A paper has printed it.")
    lifted, moved = edition.release.acts.all()[:2]
    assert (moved.action, moved.by, moved.why) == (
        "move", publisher, "The ministry asked for a day.\nUntil now: Tue 6 May 2031, 12:00 "
        "New York. From now on: Wed 7 May 2031, 12:00 New York.",
    )  # fmt: skip
    assert (lifted.action, lifted.by, lifted.why) == (
        "lift", publisher, "A paper has printed it.\nUntil now: Wed 7 May 2031, 12:00 New York. "
        "From now on: Sun 4 May 2031, 13:00 New York.",
    )  # fmt: skip


def test_share_links_survive_a_move_and_lead_to_the_page_after_a_lift(clock, stranger, publisher):
    edition = make_edition(NOON, headline="Quiet Words")
    secret = sharing.make_link(edition.release, publisher, "Jo")
    address = f"/embargo/{secret}/"
    edition = move(edition, NOON + DAY)
    assert "May 7, 2031" in stranger.get(address).content.decode()
    assert "Quiet Words" in stranger.post(address).content.decode()
    clock.move_to(NOON, tick=False)
    assert stranger.get(address).status_code == 200
    lift(edition)
    for answer in (stranger.get(address), stranger.post(address)):
        assert (answer.status_code, answer["Location"]) == (302, edition.get_absolute_url())


def test_a_link_that_expires_does_not_follow_the_embargo(clock, stranger, publisher):
    edition = make_edition(NOON)
    secret = sharing.make_link(edition.release, publisher, "Jo", expires_at=NOON)
    move(edition, NOON + DAY)
    clock.move_to(NOON - SECOND, tick=False)
    assert stranger.get(f"/embargo/{secret}/").status_code == 200
    clock.move_to(NOON, tick=False)
    assert stranger.get(f"/embargo/{secret}/").status_code == 404


def test_pictures_stay_closed_until_the_new_moment(clock, stranger):
    picture = make_picture()
    edition = make_edition(NOON, figures=(Figure(picture.pk, "A square"),))
    move(edition, NOON + HOUR)
    for at, status in ((NOON, 404), (NOON + HOUR, 200)):
        clock.move_to(at, tick=False)
        assert stranger.get(f"/media/{picture.key}/{picture.name}").status_code == status


def test_an_urgent_edition_that_was_looked_at_stays_so_when_it_moves(clock, publisher, editor):
    release = make_release(publisher)
    edition = workflow.publish_urgently(release.pk, publisher, release.version, "Now.", NOON)
    assert publishing.unseen_edition(stored(edition)) == edition
    clock.shift(HOUR)
    workflow.approve(release.pk, editor, stored(edition).version)
    clock.shift(HOUR)
    moved = move(edition, NOON + DAY)
    assert publishing.unseen_edition(stored(moved)) is None
