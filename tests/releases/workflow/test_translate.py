"""Translations: a linked draft in another language, which knows the edition it was made from."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from releases import workflow
from releases.content import Figure, read
from releases.models import Edition, Release
from tests.make import (
    make_approved,
    make_approved_again,
    make_contact,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_topic,
    make_translation,
    make_user,
)


def original_of(edition: Edition) -> Release:
    return Release.objects.get(pk=edition.release_id)


def test_it_begins_with_the_text_topics_contacts_and_pictures(editor):
    english, spanish = make_contact(), make_contact(languages=["es"])
    release = make_release(
        slug="the-report",
        dated=date(2024, 2, 29),
        topics=(make_topic().pk, make_topic().pk),
        contacts=(english.pk, spanish.pk),
        figures=(Figure(make_picture().pk, "A square"),),
    )
    made = workflow.translate(release.pk, editor, release.version, "es")
    # Who speaks the language comes first; date and address are the translation's own.
    own = {"language": "es", "slug": "", "dated": None, "contacts": (spanish.pk, english.pk)}
    assert read(made) == replace(read(release), **own)
    assert (made.original, made.based_on) == (release, 0)
    assert (made.stage, made.changed_by) == ("draft", editor)


def test_it_begins_with_the_newest_edition_not_with_what_is_being_written(writer):
    edition = make_next_edition(make_edition(headline="One"), headline="Two")
    release = original_of(edition)
    unpublished = replace(read(release), headline="Three")
    release = workflow.save(release.pk, writer, release.version, unpublished)
    made = workflow.translate(release.pk, writer, release.version, "pt-br")
    assert (made.headline, made.based_on) == ("Two", 2)


def test_the_original_stays_as_it_is_and_both_logs_say_so(writer):
    release = make_approved(headline="The report")
    made = workflow.translate(release.pk, writer, release.version, "es")
    release.refresh_from_db()
    assert release.stage == "approved"
    act, begun = release.acts.first(), made.acts.first()
    assert (act.action, act.why) == ("translate", "Spanish")
    assert begun.why == "A translation of “The report”."


def test_one_text_a_language(writer):
    release = make_release(writer)
    workflow.translate(release.pk, writer, release.version, "es")
    for language, name in (("es", "Spanish"), ("en", "English")):
        with pytest.raises(workflow.Refused, match=f"a text in {name} already"):
            workflow.translate(release.pk, writer, release.version, language)
    assert Release.objects.count() == 2


def test_a_translation_is_not_translated(writer):
    release = make_release(writer)
    made = workflow.translate(release.pk, writer, release.version, "es")
    with pytest.raises(workflow.Refused, match="translate its original"):
        workflow.translate(made.pk, writer, made.version, "pt-br")


@pytest.mark.parametrize("field", ["headline", "body"])
def test_what_is_not_translated_yet_does_not_go_to_review(writer, field):
    release = make_release(writer)
    made = workflow.translate(release.pk, writer, release.version, "es")
    content = replace(read(made), headline="El informe", body="<p>Texto.</p>")
    untouched = replace(content, **{field: getattr(release, field)})
    made = workflow.save(made.pk, writer, made.version, untouched)
    with pytest.raises(workflow.Refused, match="still that of the original"):
        workflow.submit(made.pk, writer, made.version)
    made = workflow.save(made.pk, writer, made.version, content)
    assert workflow.submit(made.pk, writer, made.version).stage == "in_review"


def test_a_language_that_another_text_has_does_not_go_to_review(writer):
    edition = make_edition()
    make_translation(edition)
    made = workflow.translate(edition.release_id, writer, original_of(edition).version, "pt-br")
    content = replace(read(made), headline="Outro", body="<p>Outro.</p>", language="es")
    made = workflow.save(made.pk, writer, made.version, content)
    with pytest.raises(workflow.Refused, match="a text in Spanish already"):
        workflow.submit(made.pk, writer, made.version)


def test_its_edition_keeps_what_it_was_made_from(db):
    edition = make_edition()
    made = make_translation(edition)
    assert (made.original_id, made.based_on) == (edition.release_id, 1)
    make_next_edition(edition, body="<p>Corrected.</p>")
    made.refresh_from_db()
    assert made.based_on == 1


def test_a_moved_edition_keeps_it_too(publisher):
    edition = make_edition()
    hour = timezone.now() + timedelta(hours=1)
    made = make_translation(edition, hour)
    release = Release.objects.get(pk=made.release_id)
    workflow.move(release.pk, publisher, release.version, hour + timedelta(hours=1), "Later.")
    moved = Edition.objects.get(release=release)
    assert (moved.original_id, moved.based_on) == (edition.release_id, 1)


def test_catching_up_without_a_change_of_the_text_is_published_too(publisher):
    edition = make_edition()
    made = make_translation(edition)
    make_next_edition(edition, body="<p>Corrected.</p>")
    release = Release.objects.get(pk=made.release_id)
    with pytest.raises(workflow.Refused, match="this very text"):
        workflow.publish(release.pk, publisher, release.version, None, "typo")
    release = workflow.catch_up(release.pk, publisher, release.version, 2)
    assert (release.stage, release.based_on) == ("approved", 2)
    caught_up = workflow.publish(release.pk, publisher, release.version, None, "typo")
    assert (caught_up.number, caught_up.based_on, caught_up.body) == (2, 2, made.body)
    assert release.acts.get(action="catch_up").why == "Edition 2."


def test_there_is_no_catching_up_with_what_does_not_exist(writer):
    edition = make_edition()
    made = Release.objects.get(pk=make_translation(edition).release_id)
    with pytest.raises(workflow.Refused, match="no such edition"):
        workflow.catch_up(made.pk, writer, made.version, 2)
    release = original_of(edition)
    with pytest.raises(workflow.Refused, match="no translation of another"):
        workflow.catch_up(release.pk, writer, release.version, 1)


@pytest.mark.parametrize("answer", ["take back", "keep"])
def test_an_edition_that_is_taken_back_was_not_translated(writer, publisher, answer):
    edition, moment = make_edition(), timezone.now() + timedelta(hours=1)
    made = Release.objects.get(pk=make_translation(edition).release_id)
    make_next_edition(edition, moment, body="<p>To come.</p>")
    workflow.catch_up(made.pk, writer, made.version, 2)
    release = original_of(edition)
    if answer == "keep":
        release = make_approved_again(edition, body="<p>Urgent.</p>")
        told = (None, "correction", "Why.", "keep")
        workflow.publish(release.pk, publisher, release.version, *told)
    else:
        workflow.take_back(release.pk, publisher, release.version)
    made.refresh_from_db()
    assert made.based_on == 1
    assert made.acts.first().why == "Edition 2 of the original was taken back."


def test_only_the_people_named_see_the_translation_of_a_restricted_release(writer, editor):
    release = make_release(writer, headline="The merger")
    release = workflow.restrict(release.pk, writer, release.version, [editor])
    made = workflow.translate(release.pk, editor, release.version, "es")
    assert set(made.named.all()) == {writer, editor}
    assert made.hides_from(make_user("administrator"))


def test_a_restricted_translation_does_not_tell_of_itself(writer, editor):
    release = make_release(writer)
    hidden = workflow.translate(release.pk, editor, release.version, "es")
    workflow.restrict(hidden.pk, editor, hidden.version, [editor])
    made = workflow.translate(release.pk, writer, release.version, "es")
    content = replace(read(made), headline="El informe", body="<p>Texto.</p>")
    made = workflow.save(made.pk, writer, made.version, content)
    assert workflow.submit(made.pk, writer, made.version).stage == "in_review"


def test_a_hidden_original_does_not_tell_what_it_plans(writer, editor):
    edition = make_edition()
    made = Release.objects.get(pk=make_translation(edition).release_id)
    make_next_edition(edition, timezone.now() + timedelta(hours=1), body="<p>Corrected.</p>")
    release = original_of(edition)
    workflow.restrict(release.pk, editor, release.version, [editor])
    with pytest.raises(workflow.Refused, match="no such edition"):
        workflow.catch_up(made.pk, writer, made.version, 2)
    assert workflow.catch_up(made.pk, editor, made.version, 2).based_on == 2


@pytest.mark.django_db
def test_nothing_translates_itself():
    release = make_release()
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(original=release)


@pytest.mark.parametrize("role", ["", "writer", "editor", "publisher", "administrator"])
def test_who_may_translate(db, role):
    release, by = make_approved(), make_user(role)
    assert ("translate" in workflow.possible(release, by)) is bool(role)
    if role:
        workflow.translate(release.pk, by, release.version, "es")
    else:
        with pytest.raises(workflow.Refused, match="no right"):
            workflow.translate(release.pk, by, release.version, "es")
    assert Release.objects.count() == (2 if role else 1)
