"""Publishing now while an edition waits for its moment: it is asked what becomes of that one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from releases import publishing, sharing, workflow
from releases.content import read
from releases.models import Address, Edition, Note, Release
from tests.make import make_approved_again, make_edition, make_next_edition, make_topic, make_user

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SECOND = timedelta(seconds=1)
NOON = datetime(2031, 5, 6, 16, tzinfo=UTC)


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(NOON - 2 * DAY, tick=False)
    return time_machine


@pytest.fixture
def first(clock) -> Edition:
    return make_edition(NOON - 9 * DAY, headline="First Words")


@pytest.fixture
def waiting(first) -> Edition:
    return make_next_edition(first, NOON, note="Why it waits.", headline="Waiting Words")


@pytest.fixture
def release(waiting) -> Release:
    """A public release with an edition to come, and another text approved."""
    return make_approved_again(waiting, headline="Urgent Words")


def publish(release, answer, by=None, at=None, reason="update") -> Edition:
    by = by or make_user("publisher")
    wish = (at, reason, "Why now.", answer)
    return workflow.publish(release.pk, by, release.version, *wish)


def told(edition: Edition) -> tuple[object, ...]:
    """All that an edition says, but its number."""
    names = ("public_from", "reason", "note", "made_at", "published_by_id", "approved_by_id")
    return read(edition), *(getattr(edition, name) for name in names)


@pytest.mark.parametrize("answer", ["", "perhaps"])
def test_without_an_answer_it_is_asked_again(release, answer):
    before = list(Edition.objects.values())
    with pytest.raises(workflow.Refused, match="say whether to take it back or to keep it"):
        publish(release, answer)
    assert list(Edition.objects.values()) == before


@pytest.mark.parametrize("answer", ["", "take_back", "keep"])
@pytest.mark.parametrize("at", [NOON - DAY, NOON + DAY])
def test_two_editions_never_wait(release, waiting, answer, at):
    with pytest.raises(workflow.Refused, match="move it, or take it back first"):
        publish(release, answer, at=at)
    assert Edition.objects.scheduled(timezone.now()).get() == waiting


def test_a_kept_edition_replaces_the_new_one_at_its_own_moment(release, waiting, first):
    before = told(waiting)
    second = publish(release, "keep")
    third = Edition.objects.get(number=3)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.number, second.headline) == (2, "Urgent Words")
    assert told(third) == before
    now = timezone.now()
    assert (first.public_until, second.public_until, third.public_until) == (now, NOON, None)
    assert Note.objects.count() == 2


def test_readers_see_each_from_its_second_on(release, clock, stranger):
    address = f"/releases/{release.slug}/"

    def shown() -> set[str]:
        page = stranger.get(address).content.decode()
        return {words for words in ("First", "Waiting", "Urgent") if f"{words} Words" in page}

    assert shown() == {"First"}
    clock.shift(HOUR)
    publish(release, "keep")
    assert shown() == {"Urgent"}
    clock.move_to(NOON - SECOND, tick=False)
    assert shown() == {"Urgent"}
    for at in (NOON, NOON + SECOND):
        clock.move_to(at, tick=False)
        assert shown() == {"Waiting"}
    addresses = [f"{address}editions/{number}/" for number in (1, 2, 3)]
    assert [stranger.get(one).status_code for one in addresses] == [200, 200, 200]


def test_the_kept_one_stays_unseen_until_its_moment(release, clock, stranger):
    topic = make_topic("Quiet Topic")
    release = make_approved_again(release.editions.get(number=1), topics=(topic.pk,))
    release = workflow.take_back(release.pk, make_user("publisher"), release.version)
    waiting = workflow.publish(
        release.pk, make_user("publisher"), release.version, NOON, "update", "Why."
    )
    release = make_approved_again(waiting, headline="Out at once", topics=(make_topic().pk,))
    publish(release, "keep")
    places = ("/", "/topics/", "/feed.atom", f"/releases/{release.slug}/", "/corrections/",
              f"/releases/{release.slug}/editions/3/", f"/topics/{topic.slug}/")  # fmt: skip
    seen = [place for place in places if "Quiet Topic" in stranger.get(place).content.decode()]
    assert seen == []
    clock.move_to(NOON, tick=False)
    assert "Quiet Topic" in stranger.get("/topics/").content.decode()


def test_one_taken_back_never_comes(release, waiting, first):
    second = publish(release, "take_back")
    assert (second.number, second.headline, second.public_until) == (2, "Urgent Words", None)
    assert not Edition.objects.filter(headline="Waiting Words").exists()
    assert Edition.objects.public(NOON + DAY).get() == second
    first.refresh_from_db()
    assert first.public_until == second.public_from


def test_the_log_names_both_acts(release, publisher):
    publish(release, "keep", publisher)
    kept, published = release.acts.all()[:2]
    assert [(one.action, one.by) for one in (kept, published)] == [
        ("keep", publisher), ("publish", publisher),
    ]  # fmt: skip
    assert kept.why == "Edition 3, now made from edition 2: Tue 6 May 2031, 12:00 New York."


def test_the_log_names_the_one_taken_back(release, publisher):
    publish(release, "take_back", publisher)
    published, back = release.acts.all()[:2]
    assert (published.action, back.action, back.by) == ("publish", "take_back", publisher)
    assert back.why == "Tue 6 May 2031, 12:00 New York"


# --- The first edition ---------------------------------------------------------------------------


def test_a_first_edition_that_waits_can_only_be_taken_back(clock, publisher, stranger):
    first = make_edition(NOON, headline="Waiting Words")
    release = make_approved_again(first, headline="Urgent Words")
    with pytest.raises(workflow.Refused, match="can only be taken back"):
        publish(release, "keep")
    edition = publish(release, "take_back", publisher)
    assert (edition.number, edition.reason, edition.note) == (1, "first", "")
    assert Address.objects.get().release == release
    assert "Urgent Words" in stranger.get(edition.get_absolute_url()).content.decode()


def test_the_text_that_waits_is_lifted_not_published_again(clock):
    for edition in (make_edition(NOON), make_next_edition(make_edition(), NOON, headline="Next")):
        release = Release.objects.get(pk=edition.release_id)
        for answer in ("keep", "take_back"):
            with pytest.raises(workflow.Refused, match="nothing new to publish"):
                publish(release, answer)


def test_the_text_that_is_public_is_not_published_again_either(waiting):
    release = make_approved_again(waiting, headline="First Words")
    with pytest.raises(workflow.Refused, match="nothing new to publish"):
        publish(release, "keep")


def test_an_answer_given_too_late_asks_again(release, clock):
    """The moment came while the form was open: another edition was published since."""
    clock.move_to(NOON, tick=False)
    for answer in ("keep", "take_back"):
        with pytest.raises(workflow.Refused, match="public already"):
            publish(release, answer)
    assert Edition.objects.public(NOON).get().headline == "Waiting Words"


# --- What can't wait -----------------------------------------------------------------------------


def urgent(waiting: Edition, answer: str) -> Edition:
    """Publish the waiting edition's release with another text that nobody has approved."""
    release = Release.objects.get(pk=waiting.release_id)
    writer = release.changed_by
    content = replace(read(release), headline="Urgent Words")
    release = workflow.save(release.pk, writer, release.version, content)
    by = make_user("publisher")
    wish = (None, "correction", "Why now.", answer)
    return workflow.publish_urgently(release.pk, by, release.version, "They call.", *wish)


@pytest.mark.parametrize("answer", ["take_back", "keep"])
def test_urgent_publication_asks_too(waiting, answer):
    with pytest.raises(workflow.Refused, match="say whether"):
        urgent(waiting, "")
    edition = urgent(waiting, answer)
    assert edition.approved_by is None
    assert Edition.objects.public(timezone.now()).get() == edition
    assert Edition.objects.scheduled(timezone.now()).exists() is (answer == "keep")


def test_the_urgent_edition_counts_as_unseen_beside_an_approved_one_to_come(waiting, editor, clock):
    edition = urgent(waiting, "keep")
    release = Release.objects.get(pk=waiting.release_id)
    assert Edition.objects.get(number=3).approved_by is not None
    assert publishing.unseen_edition(release) == edition
    clock.shift(HOUR)
    workflow.approve(release.pk, editor, release.version)
    assert publishing.unseen_edition(release) is None


# --- Share links ---------------------------------------------------------------------------------


def test_share_links_open_the_kept_edition_until_its_moment(release, publisher, stranger, clock):
    address = f"/embargo/{sharing.make_link(release, publisher, 'Jo')}/"
    publish(release, "keep", publisher)
    assert "Waiting Words" in stranger.post(address).content.decode()
    clock.move_to(NOON, tick=False)
    assert stranger.post(address).status_code == 302


def test_share_links_of_one_taken_back_lead_to_the_page(release, publisher, stranger):
    address = f"/embargo/{sharing.make_link(release, publisher, 'Jo')}/"
    edition = publish(release, "take_back", publisher)
    assert stranger.get(address)["Location"] == edition.get_absolute_url()
