"""Duplicating: a copy takes text, topics and contacts, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone

from releases import commenting, sharing, workflow
from releases.content import Attachment, Figure, read
from releases.models import Edition, Release
from tests.make import (
    make_approved,
    make_contact,
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_topic,
    make_user,
)


def full_release() -> Release:
    """A release with something in every field, its contacts in an order of their own."""
    late, early = make_contact().pk, make_contact().pk
    return make_release(
        kind="statement",
        language="es",
        headline="El informe",
        subhead="Una línea",
        slug="el-informe",
        dated=date(2024, 2, 29),
        body="<p>Uno.</p><blockquote><p>Dos.</p></blockquote>",
        topics=(make_topic().pk, make_topic().pk),
        contacts=(early, late),
        figures=(Figure(make_picture().pk, "A square"),),
        attachments=(Attachment(make_document().pk, "The report"),),
    )


def test_a_copy_takes_text_topics_and_contacts_and_nothing_else(editor):
    release = full_release()
    copy = workflow.duplicate(release.pk, editor, release.version)
    left_behind = {"slug": "", "dated": None, "figures": (), "attachments": ()}
    assert read(copy) == replace(read(release), **left_behind)
    # Otherwise there was nothing to leave behind.
    assert all(getattr(read(release), name) for name in left_behind)
    assert copy.uuid != release.uuid


def test_the_places_of_pictures_stay_behind_with_the_pictures(editor):
    picture = make_picture()
    place = f'<figure data-picture="{picture.key}"></figure>'
    release = make_release(
        body=f"<p>One.</p>{place}<p>Two.</p>", figures=(Figure(picture.pk, "A square"),)
    )
    copy = workflow.duplicate(release.pk, editor, release.version)
    assert place in read(release).body
    assert read(copy).body == "<p>One.</p>\n<p>Two.</p>"


def test_a_copy_is_a_draft_of_whoever_made_it(editor):
    release = make_approved()
    copy = workflow.duplicate(release.pk, editor, release.version)
    assert (copy.stage, copy.version, copy.changed_by) == ("draft", 1, editor)
    assert copy.approved_by is None
    assert [(one.number, one.made_by) for one in copy.revisions.all()] == [(1, editor)]


def test_nothing_that_was_published_shared_or_said_goes_with_it(writer, publisher):
    edition = make_edition()
    make_next_edition(edition, timezone.now() + timedelta(days=1), headline="To come")
    release = Release.objects.get(pk=edition.release_id)
    sharing.make_link(release, publisher, "Ana")
    commenting.add(release, writer, "Is this right?")
    copy = workflow.duplicate(release.pk, writer, release.version)
    for hanging in ("editions", "share_links", "comments"):
        assert getattr(release, hanging).exists(), hanging
        assert not getattr(copy, hanging).exists(), hanging
    assert set(Edition.objects.values_list("release", flat=True)) == {release.pk}


def test_both_logs_say_so(writer):
    release = make_release(headline="The report")
    copy = workflow.duplicate(release.pk, writer, release.version)
    [act] = copy.acts.all()
    assert (act.action, act.by, act.why) == ("create", writer, "A copy of “The report”.")
    assert (release.acts.first().action, release.acts.first().by) == ("duplicate", writer)


def test_the_release_itself_stays_as_it_is(writer):
    release = make_approved()
    before = Release.objects.values().get(pk=release.pk)
    workflow.duplicate(release.pk, writer, release.version)
    assert Release.objects.values().get(pk=release.pk) == before


def test_the_copy_gets_an_address_of_its_own_when_it_is_saved(writer):
    release = make_release(headline="The report", slug="the-report")
    for headline, slug in {"The report": "the-report-2", "The next": "the-next"}.items():
        copy = workflow.duplicate(release.pk, writer, release.version)
        content = replace(read(copy), headline=headline)
        assert workflow.save(copy.pk, writer, copy.version, content).slug == slug


def test_only_the_people_named_see_the_copy_of_a_restricted_release(writer, editor):
    release = make_release(writer, headline="The merger")
    release = workflow.restrict(release.pk, writer, release.version, [editor])
    copy = workflow.duplicate(release.pk, editor, release.version)
    assert set(copy.named.all()) == {writer, editor}
    assert copy.hides_from(make_user("administrator"))


@pytest.mark.parametrize("role", ["writer", "administrator"])
def test_others_cannot_copy_a_restricted_release(writer, role):
    release = make_release(writer)
    release = workflow.restrict(release.pk, writer, release.version, [writer])
    with pytest.raises(workflow.Refused, match="Only the people named"):
        workflow.duplicate(release.pk, make_user(role), release.version)
    assert Release.objects.get() == release


@pytest.mark.parametrize("role", ["", "writer", "editor", "publisher", "administrator"])
def test_who_may_duplicate(db, role):
    release, by = make_approved(), make_user(role)
    assert ("duplicate" in workflow.possible(release, by)) is bool(role)
    if role:
        workflow.duplicate(release.pk, by, release.version)
    else:
        with pytest.raises(workflow.Refused, match="no right"):
            workflow.duplicate(release.pk, by, release.version)
    assert Release.objects.count() == (2 if role else 1)
