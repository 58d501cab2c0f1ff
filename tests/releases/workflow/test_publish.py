"""Publishing: what an edition is made of, when it begins, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from releases import workflow
from releases.content import Content, Figure, read
from releases.models import Address, Edition, Note, Release
from tests.make import (
    LONG_AGO,
    make_approved,
    make_contact,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
HOUR, DECADE = timedelta(hours=1), timedelta(days=3652)


def test_an_edition_says_what_the_approved_text_says(publisher):
    release = make_approved(
        subhead="A line",
        dated=date(2024, 5, 6),
        topics=(make_topic().pk, make_topic().pk),
        contacts=(make_contact().pk, make_contact().pk)[::-1],
        figures=(Figure(make_picture().pk, "A square", "Caption", "Credit"),),
    )
    edition = workflow.publish(release.pk, publisher, release.version)
    assert read(edition) == read(release)
    assert (edition.number, edition.reason, edition.public_until) == (1, "first", None)
    assert (edition.published_by, edition.approved_by) == (publisher, release.approved_by)


def test_published_now_is_public_at_once(publisher):
    release = make_approved()
    edition = workflow.publish(release.pk, publisher, release.version)
    assert edition.is_public(timezone.now())
    assert edition.public_from == edition.made_at


def test_what_is_left_empty_is_filled_in():
    # An hour after midnight in London is the evening before in the press office.
    at = datetime(2024, 7, 2, 1, tzinfo=UTC)
    edition = make_edition(at, summary="", body="<p>One two.</p><p>Three.</p>", dated=None)
    assert (edition.dated, edition.summary) == (date(2024, 7, 1), "One two. Three.")


def test_the_next_edition_ends_the_former_at_its_second():
    first = make_edition()
    second = make_next_edition(first, headline="Corrected")
    first.refresh_from_db()
    assert (second.number, first.public_until) == (2, second.public_from)
    assert Edition.objects.public(second.public_from).get() == second
    assert Edition.objects.public(second.public_from - timedelta(microseconds=1)).get() == first


def test_a_first_edition_may_begin_in_the_past():
    assert make_edition(LONG_AGO).public_from == LONG_AGO


def make_approved_change() -> Release:
    """A public release whose changed text was approved, but not published."""
    release = Release.objects.get(pk=make_edition().release_id)
    content = replace(read(release), headline="Corrected")
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    release = workflow.submit(release.pk, release.changed_by, release.version)
    return workflow.approve(release.pk, make_user("editor"), release.version)


@pytest.mark.parametrize("earlier", [timedelta(minutes=1), HOUR, timedelta(days=1), DECADE])
def test_a_later_one_may_not(publisher, earlier):
    release, at = make_approved_change(), timezone.now() - earlier
    with pytest.raises(workflow.Refused, match="in the past"):
        workflow.publish(release.pk, publisher, release.version, at, "correction", "Why.")
    assert Edition.objects.get().public_until is None


@pytest.mark.parametrize(
    ("reason", "note", "said"),
    [
        ("first", "Why.", "Say why"),
        ("correction", "", "public note"),
        ("clarification", " ", "public note"),
        ("update", "\n", "public note"),
    ],
)
def test_a_change_of_a_public_text_says_why(publisher, reason, note, said):
    release = make_approved_change()
    with pytest.raises(workflow.Refused, match=said):
        workflow.publish(release.pk, publisher, release.version, None, reason, note)
    assert (Edition.objects.get().public_until, Note.objects.count()) == (None, 0)


def test_the_note_stands_beside_its_edition():
    second = make_next_edition(make_edition(), note=" The number was wrong. ", headline="Corrected")
    assert Edition.objects.get(number=2).note == "The number was wrong."
    third = make_next_edition(second, reason="typo", note="", headline="Corrected again")
    assert third.note == ""


def test_the_same_text_is_not_published_twice(publisher):
    edition = make_edition()
    release = Release.objects.get(pk=edition.release_id)
    with pytest.raises(workflow.Refused, match="nothing new"):
        workflow.publish(release.pk, publisher, release.version, None, "typo")


def test_nothing_is_published_while_an_edition_waits(publisher):
    first = make_edition()
    make_next_edition(first, timezone.now() + HOUR, headline="To come")
    with pytest.raises(workflow.Refused, match="scheduled already"):
        make_next_edition(first, headline="Another")


def test_two_releases_never_share_an_address():
    taken = make_edition(slug="the-address")
    with pytest.raises(workflow.Refused, match="the-address"):
        make_approved(slug="the-address")
    assert make_edition(slug="the-address", language="es").slug == taken.slug


def test_two_drafts_may_share_one_until_the_first_is_published(publisher):
    first, second = make_approved(slug="same"), make_approved(slug="same")
    workflow.publish(first.pk, publisher, first.version)
    with pytest.raises(workflow.Refused) as refused:
        workflow.publish(second.pk, publisher, second.version)
    assert [problem.field for problem in refused.value.problems] == ["slug"]
    assert Address.objects.get().release == first


@pytest.mark.parametrize("slug", ["a b", "a/b", "..", "año nuevo", "a?b", "a%2fb", "a\nb"])
def test_an_address_that_no_page_could_have_is_refused(slug):
    """It would break every list that links to it."""
    with pytest.raises(workflow.Refused) as refused:
        make_approved(slug=slug)
    assert [problem.field for problem in refused.value.problems] == ["slug"]


@pytest.mark.parametrize("slug", ["a-b", "año-nuevo", "日本語", "2024_a"])
def test_an_address_in_any_script_is_taken(slug, client):
    edition = make_edition(slug=slug)
    assert client.get(edition.get_absolute_url()).status_code == 200


# --- What must be there --------------------------------------------------------------------------

LACKS = {
    "headline": {"headline": " "},
    "body": {"body": "<p> </p>"},
    "topics": {"topics": ()},
    "contacts": {"contacts": ()},
}


@pytest.mark.parametrize("field", LACKS)
def test_what_is_missing_is_told_by_field(field):
    with pytest.raises(workflow.Refused) as refused:
        make_approved(**LACKS[field])
    assert [problem.field for problem in refused.value.problems] == [field]


@pytest.mark.parametrize("columns", [{"active": False}, {"phone": "", "email": "a@example.org"}])
def test_a_contact_who_cannot_be_called_is_none(columns):
    with pytest.raises(workflow.Refused, match="phone number"):
        make_approved(contacts=(make_contact(**columns).pk,))


def test_a_mobile_number_will_do():
    contact = make_contact(phone="", mobile="+12025550188")
    assert make_approved(contacts=(contact.pk,)).stage == "approved"


def test_a_picture_without_words_is_told():
    with pytest.raises(workflow.Refused, match="picture"):
        make_approved(figures=(Figure(make_picture().pk, " "),))


def test_what_went_missing_after_approval_stops_the_publication(publisher):
    contact = make_contact()
    release = make_approved(contacts=(contact.pk,))
    contact.active = False
    contact.save()
    with pytest.raises(workflow.Refused, match="phone number"):
        workflow.publish(release.pk, publisher, release.version)
    assert not Edition.objects.exists()


# --- Taking back ---------------------------------------------------------------------------------


def test_taking_back_opens_the_former_edition_again():
    first = make_edition()
    moment = timezone.now() + HOUR
    second = make_next_edition(first, moment, headline="To come")
    first.refresh_from_db()
    assert first.public_until == moment
    release = Release.objects.get(pk=first.release_id)
    workflow.take_back(release.pk, make_user("publisher"), release.version)
    first.refresh_from_db()
    assert first.public_until is None
    assert not Edition.objects.filter(pk=second.pk).exists()
    assert Edition.objects.public(moment + HOUR).get() == first


def test_the_text_that_was_taken_back_may_be_published_later(publisher):
    edition = make_edition(timezone.now() + HOUR)
    release = Release.objects.get(pk=edition.release_id)
    release = workflow.take_back(release.pk, publisher, release.version)
    assert release.stage == "approved"
    again = workflow.publish(release.pk, publisher, release.version)
    assert (again.number, again.headline) == (1, edition.headline)


def test_what_is_public_cannot_be_taken_back(publisher):
    edition = make_edition()
    release = Release.objects.get(pk=edition.release_id)
    with pytest.raises(workflow.Refused, match="No edition is waiting"):
        workflow.take_back(release.pk, publisher, release.version)


def test_a_scheduled_edition_becomes_public_with_nobody_acting(time_machine):
    moment = timezone.now() + HOUR
    edition = make_edition(moment)
    time_machine.move_to(moment - timedelta(seconds=1), tick=False)
    assert not Edition.objects.public(timezone.now()).exists()
    time_machine.move_to(moment, tick=False)
    assert Edition.objects.public(timezone.now()).get() == edition


def test_bringing_in_a_release_leaves_nothing_where_it_is_refused(publisher):
    with pytest.raises(workflow.Refused):
        workflow.import_published(publisher, Content(headline="Only this"), LONG_AGO)
    assert (Release.objects.count(), Edition.objects.count()) == (0, 0)
