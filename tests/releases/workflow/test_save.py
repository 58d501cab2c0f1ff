"""Saving: each changed text is kept, an equal one stores nothing, approval goes with an edit."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from releases import workflow
from releases.content import Attachment, Content, Figure, read
from releases.models import Act, Release, Revision
from releases.snapshots import from_snapshot
from tests.make import (
    make_approved,
    make_contact,
    make_content,
    make_document,
    make_edition,
    make_full_content,
    make_picture,
    make_release,
    make_topic,
)

pytestmark = pytest.mark.django_db


def test_a_draft_without_a_word_is_saved(writer):
    release = workflow.create(writer, Content())
    assert (str(release), release.slug, release.stage) == ("Untitled draft", "", "draft")


def test_everything_is_stored_in_order(writer):
    content = make_full_content()
    content = Content(**{**vars(content), "contacts": content.contacts[::-1]})
    release = workflow.create(writer, content)
    assert read(Release.objects.get(pk=release.pk)) == content


def test_the_text_is_cleaned_on_its_way_in(writer):
    release = workflow.create(writer, make_content(body='<p onclick="x()">A<script>b</script></p>'))
    assert release.body == "<p>A</p>"


def test_each_saved_text_is_a_revision_and_a_line_in_the_log(writer, editor):
    release = workflow.create(writer, make_content(headline="One"), "Begun.")
    second = make_content(slug=release.slug, headline="Two")
    release = workflow.save(release.pk, editor, release.version, second, "Shorter.")
    kept = list(release.revisions.order_by("number"))
    assert [(one.number, one.made_by, one.why) for one in kept] == [
        (1, writer, "Begun."),
        (2, editor, "Shorter."),
    ]
    assert [from_snapshot(one.schema, one.snapshot).headline for one in kept] == ["One", "Two"]
    log = release.acts.order_by("pk").values_list("action", "by_name", "headline", "why")
    assert list(log) == [
        ("create", writer.username, "One", "Begun."),
        ("save", editor.username, "Two", "Shorter."),
    ]


@pytest.mark.parametrize("make", [make_release, make_approved, lambda: make_edition().release])
def test_an_equal_text_stores_nothing(make):
    release = make()
    release.refresh_from_db()
    before = (Release.objects.values().get(), Revision.objects.count(), Act.objects.count())
    after = workflow.save(release.pk, release.changed_by, release.version, read(release))
    assert (after.version, after.stage) == (release.version, release.stage)
    now = (Release.objects.values().get(), Revision.objects.count(), Act.objects.count())
    assert now == before


CHANGES = {
    "kind": lambda: "open_letter",
    "language": lambda: "pt-br",
    "headline": lambda: "Changed",
    "subhead": lambda: "Changed",
    "slug": lambda: "changed",
    "dateline": lambda: "La Paz",
    "dated": lambda: date(2024, 2, 29),
    "summary": lambda: "Changed",
    "body": lambda: "<p>Changed</p>",
    "topics": lambda: (make_topic().pk,),
    "contacts": lambda: (make_contact().pk,),
    "figures": lambda: (Figure(make_picture().pk, "Another"),),
    "attachments": lambda: (Attachment(make_document().pk, "Another"),),
}


def test_every_field_is_tried():
    assert CHANGES.keys() == asdict(Content()).keys()


@pytest.mark.parametrize("field", CHANGES)
def test_approval_is_lost_with_any_change(field):
    release = make_approved()
    content = replace(read(release), **{field: CHANGES[field]()})
    after = workflow.save(release.pk, release.changed_by, release.version, content)
    assert (after.stage, after.approved_by) == ("draft", None)
    assert read(Release.objects.get()) == content


def test_the_order_of_contacts_is_part_of_the_text():
    first, second = make_contact().pk, make_contact().pk
    release = make_approved(contacts=(first, second))
    content = Content(**{**vars(read(release)), "contacts": (second, first)})
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    assert (release.stage, read(release).contacts) == ("draft", (second, first))


# --- Addresses -----------------------------------------------------------------------------------


def test_the_address_is_made_of_the_headline(writer):
    made = [
        workflow.create(writer, make_content(slug="", headline="La elección, ¡ya!")).slug
        for _ in range(3)
    ]
    assert made == ["la-eleccion-ya", "la-eleccion-ya-2", "la-eleccion-ya-3"]


def test_an_address_once_made_stays_with_its_draft(writer):
    release = workflow.create(writer, make_content(slug="", headline="First"))
    content = make_content(slug=release.slug, headline="Second")
    assert workflow.save(release.pk, writer, release.version, content).slug == "first"


def test_after_publication_the_address_may_change_or_stay():
    release = make_edition(slug="kept").release
    release.refresh_from_db()
    slugs = []
    for slug in ("moved", ""):
        content = Content(**{**vars(read(release)), "slug": slug, "headline": "Moved"})
        release = workflow.save(release.pk, release.changed_by, release.version, content)
        slugs.append(release.slug)
    assert slugs == ["moved", "kept"]
    assert [str(one) for one in release.addresses.all()] == ["en/kept"]
