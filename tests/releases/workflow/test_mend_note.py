"""Mending a public note: readers read the new wording, the log keeps both."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cepr_press import generation
from releases import workflow
from releases.models import Edition, Note, Release
from tests.make import make_edition, make_next_edition, make_user

pytestmark = pytest.mark.django_db


def corrected(reason: str = "correction", note: str = "Teh number.") -> Edition:
    return make_next_edition(make_edition(slug="mended"), None, reason, note, headline="Right")


def mend(edition: Edition, text: str, role: str = "publisher") -> Edition:
    release = Release.objects.get(pk=edition.release_id)
    return workflow.mend_note(release.pk, make_user(role), release.version, edition.number, text)


def test_readers_read_the_new_wording_with_the_same_date(stranger):
    edition = corrected()
    before = Edition.objects.values().get(pk=edition.pk)
    places = ("/releases/mended/", "/releases/mended/editions/", "/corrections/", "/feed.atom",
              "/releases/mended/editions/1/2/")  # fmt: skip
    for place in places:
        assert "Teh number." in stranger.get(place).content.decode(), place
    mend(edition, " The number. ")
    for place in places:
        page = stranger.get(place).content.decode()
        assert "The number." in page, place
        assert "Teh number." not in page, place
    assert Edition.objects.values().get(pk=edition.pk) == before


def test_the_log_keeps_both_wordings():
    edition = corrected()
    mend(edition, "The number.")
    act = edition.release.acts.get(action="mend_note")
    assert act.why == "Edition 2, before: “Teh number.” Now: “The number.”"


def test_a_typing_error_is_given_a_note(stranger):
    edition = corrected("typo", "")
    assert "Say why after all." not in stranger.get("/corrections/").content.decode()
    mend(edition, "Say why after all.")
    for place in ("/corrections/", "/releases/mended/", "/feed.atom"):
        assert "Say why after all." in stranger.get(place).content.decode(), place
    act = edition.release.acts.get(action="mend_note")
    assert act.why == "Edition 2, a note that was not there before: “Say why after all.”"


def test_pages_that_are_kept_are_made_anew():
    edition, before = corrected(), generation.current()
    mend(edition, "The number.")
    assert generation.current() > before


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("  ", "not taken away"), ("Teh number.", "says this already"), ("\n", "not taken away")],
)
def test_what_mends_nothing_is_refused_and_stores_nothing(text, sentence):
    edition = corrected()
    release = Release.objects.values().get(pk=edition.release_id)
    with pytest.raises(workflow.Refused, match=sentence):
        mend(edition, text)
    assert Note.objects.get().text == "Teh number."
    assert Release.objects.values().get(pk=edition.release_id) == release
    assert not edition.release.acts.filter(action="mend_note").exists()


def test_a_first_edition_has_no_note():
    with pytest.raises(workflow.Refused, match="Only an edition after the first"):
        mend(make_edition(), "Why?")
    second = corrected()
    with pytest.raises(workflow.Refused, match="Only an edition after the first"):
        mend(second.release.editions.get(number=1), "Why?")
    assert Note.objects.count() == 1


def test_the_note_of_an_edition_to_come_is_mended_unseen(stranger):
    moment = timezone.now() + timedelta(hours=1)
    edition = make_next_edition(make_edition(), moment, note="Soon.", headline="Later")
    mend(edition, "Later than soon.")
    assert "Later than soon." not in stranger.get(edition.get_absolute_url()).content.decode()
    assert Note.objects.get().text == "Later than soon."


@pytest.mark.parametrize("role", ["", "writer", "editor", "publisher", "administrator"])
def test_who_may_mend(role):
    edition = corrected()
    release, by = Release.objects.get(pk=edition.release_id), make_user(role)
    allowed = role in ("publisher", "administrator")
    assert ("mend_note" in workflow.possible(release, by)) is allowed
    if allowed:
        workflow.mend_note(release.pk, by, release.version, 2, "The number.")
    else:
        with pytest.raises(workflow.Refused, match="no right"):
            workflow.mend_note(release.pk, by, release.version, 2, "The number.")
    assert (Note.objects.get().text == "The number.") is allowed


def test_it_changes_neither_the_stage_nor_who_changed_the_text():
    edition = corrected()
    before = Release.objects.get(pk=edition.release_id)
    mend(edition, "The number.")
    after = Release.objects.get(pk=edition.release_id)
    assert (after.stage, after.changed_by, after.approved_by) == (
        before.stage, before.changed_by, before.approved_by,
    )  # fmt: skip
    assert after.version == before.version + 1
