"""What the database refuses by itself: no code path, shell or mistake rewrites what was public."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from releases.content import Attachment, Figure
from releases.models import (
    Address,
    Edition,
    EditionAttachment,
    EditionContact,
    EditionFigure,
    EditionTopic,
)
from tests.make import (
    LONG_AGO,
    make_contact,
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_topic,
    make_user,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

#: Every column but the span: a value that differs from what make_edition() stores.
OTHER = {
    "id": lambda: 10**6,
    "kind": lambda: "statement",
    "language": lambda: "es",
    "headline": lambda: "Another headline",
    "subhead": lambda: "Another line",
    "slug": lambda: "another-address",
    "dateline": lambda: "La Paz",
    "dated": lambda: date(1999, 1, 1),
    "summary": lambda: "Another summary.",
    "body": lambda: "<p>Another text.</p>",
    "release_id": lambda: make_release().pk,
    "number": lambda: 7,
    "original_id": lambda: make_release().pk,
    "based_on": lambda: 3,
    "reason": lambda: "typo",
    "made_at": lambda: LONG_AGO,
    "published_by_id": lambda: make_user("publisher").pk,
    "approved_by_id": lambda: make_user("editor").pk,
}
SPAN = {"public_from", "public_until"}


def make_full_edition(at=None) -> Edition:
    """An edition with a topic, a contact, a picture and a document."""
    return make_edition(
        at,
        figures=(Figure(make_picture().pk, "A square"),),
        attachments=(Attachment(make_document().pk, "The report"),),
    )


@pytest.fixture
def edition(db) -> Edition:
    """Public since yesterday."""
    return make_full_edition()


@pytest.fixture
def scheduled(db) -> Edition:
    """Public from tomorrow."""
    return make_full_edition(timezone.now() + DAY)


def one(row) -> QuerySet:
    return type(row).objects.filter(pk=row.pk)


def refused(change, *arguments, **values) -> str:
    """Run the change in a transaction of its own; return what the database said against it."""
    with pytest.raises(DatabaseError) as said, transaction.atomic():
        change(*arguments, **values)
    return str(said.value)


def deleted(row) -> None:
    """Delete by the bare statement, as a shell would."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])


def copied(edition: Edition, **values) -> Edition:
    """Store a copy of the edition with other values."""
    fields = {field.attname: getattr(edition, field.attname) for field in edition._meta.fields}
    return Edition.objects.create(**{**fields, "id": None, **values})


# --- Spans ---------------------------------------------------------------------------------------


def test_no_second_open_span(edition):
    later = timezone.now() + DAY
    assert "edition" in refused(copied, edition, number=2, public_from=later)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (-HOUR, HOUR),
        (HOUR, 2 * HOUR),
        (23 * HOUR, 25 * HOUR),
        (-HOUR, 2 * DAY),
        (0 * HOUR, DAY),
        (HOUR, None),
        (-HOUR, None),
    ],
)
def test_no_spans_that_overlap(edition, begin, end):
    start = edition.public_from
    one(edition).update(public_until=start + DAY)
    until = None if end is None else start + end
    said = refused(copied, edition, number=2, public_from=start + begin, public_until=until)
    assert "edition_spans_apart" in said or "overlap" in said


@pytest.mark.parametrize(("begin", "end"), [(HOUR, 2 * HOUR), (-HOUR, HOUR), (2 * DAY, 3 * DAY)])
def test_no_span_within_an_open_one(edition, begin, end):
    start = edition.public_from
    said = refused(copied, edition, number=2, public_from=start + begin, public_until=start + end)
    assert "edition_spans_apart" in said or "overlap" in said


@pytest.mark.parametrize(("begin", "end"), [(DAY, 2 * DAY), (-DAY, 0 * DAY), (2 * DAY, None)])
def test_spans_that_touch_or_lie_apart_are_taken(edition, begin, end):
    start = edition.public_from
    one(edition).update(public_until=start + DAY)
    until = None if end is None else start + end
    copied(edition, number=2, public_from=start + begin, public_until=until)
    assert Edition.objects.count() == 2


def test_spans_of_two_releases_may_overlap(edition):
    assert make_edition(edition.public_from).public_from == edition.public_from


def test_no_overlap_by_moving_an_end(scheduled):
    one(scheduled).update(public_until=scheduled.public_from + HOUR)
    begin = scheduled.public_from + 2 * HOUR
    second = copied(scheduled, number=2, public_from=begin, public_until=None)
    refused(one(scheduled).update, public_until=begin + HOUR)
    refused(one(second).update, public_from=scheduled.public_from)
    assert one(scheduled).update(public_until=begin) == 1


@pytest.mark.parametrize("end", [-HOUR, timedelta(0)])
def test_no_span_runs_backwards_or_is_empty(edition, end):
    said = refused(one(edition).update, public_until=edition.public_from + end)
    assert "edition_span_runs_forward" in said


def test_no_number_twice(edition):
    one(edition).update(public_until=edition.public_from + HOUR)
    said = refused(copied, edition, public_from=edition.public_from + DAY)
    assert "number" in said


@pytest.mark.parametrize("column", ["headline", "slug", "body", "dated"])
def test_no_edition_without_its_text(edition, column):
    empty = {column: None if column == "dated" else ""}
    begin = edition.public_from + DAY
    one(edition).update(public_until=begin)
    said = refused(copied, edition, number=2, public_from=begin, **empty)
    assert "edition_is_whole" in said or "dated" in said


# --- The past ------------------------------------------------------------------------------------


def test_every_column_is_tried():
    columns = {field.attname for field in Edition._meta.concrete_fields}
    assert columns == set(OTHER) | SPAN


@pytest.mark.parametrize("column", OTHER)
def test_no_column_of_an_edition_ever_changes(edition, column):
    said = refused(one(edition).update, **{column: OTHER[column]()})
    assert "an edition never changes" in said


@pytest.mark.parametrize("column", OTHER)
def test_not_even_before_its_moment(scheduled, column):
    refused(one(scheduled).update, **{column: OTHER[column]()})


def test_a_public_edition_keeps_its_beginning(edition):
    for by in (-HOUR, HOUR, 3 * DAY):
        said = refused(one(edition).update, public_from=edition.public_from + by)
        assert "keeps its past" in said


def test_an_end_that_has_passed_is_kept(edition):
    one(edition).update(public_until=edition.public_from + HOUR)
    for end in (None, edition.public_from + 2 * HOUR, timezone.now() + DAY):
        assert "keeps its past" in refused(one(edition).update, public_until=end)


def test_an_end_to_come_may_be_moved_and_taken_away(edition):
    for end in (timezone.now() + DAY, timezone.now() + 2 * DAY, None):
        assert one(edition).update(public_until=end) == 1


def test_a_moment_to_come_may_be_moved(scheduled):
    assert one(scheduled).update(public_from=timezone.now() + 3 * DAY) == 1


def test_an_edition_that_was_public_is_never_deleted(edition):
    assert "is kept" in refused(deleted, edition)
    assert "is kept" in refused(edition.delete)
    one(edition).update(public_until=edition.public_from + HOUR)
    assert "is kept" in refused(deleted, edition)


def test_an_edition_before_its_moment_may_be_deleted_with_its_parts(scheduled):
    scheduled.delete()
    assert [model.objects.count() for model in (Edition, *PARTS)] == [0, 0, 0, 0, 0]


# --- What hangs on an edition --------------------------------------------------------------------

PARTS = {
    EditionTopic: {"topic_id": lambda: make_topic().pk, "language": lambda: "es"},
    EditionContact: {"contact_id": lambda: make_contact().pk, "position": lambda: 5},
    EditionFigure: {
        "picture_id": lambda: make_picture().pk,
        "alt": lambda: "Other words",
        "caption": lambda: "Other words",
        "credit": lambda: "Other words",
        "decorative": lambda: True,
        "rights": lambda: "Other words",
        "use_until": lambda: date(2031, 5, 6),
        "focus_x": lambda: 1,
        "focus_y": lambda: 1,
    },
    EditionAttachment: {
        "document_id": lambda: make_document().pk,
        "position": lambda: 5,
        "title": lambda: "Other words",
    },
}
CHANGES = [(model, column) for model, columns in PARTS.items() for column in columns]


@pytest.mark.parametrize(("model", "column"), CHANGES)
@pytest.mark.parametrize("state", ["edition", "scheduled"])
def test_no_part_of_an_edition_changes(request, state, model, column):
    part = model.objects.get(edition=request.getfixturevalue(state))
    said = refused(one(part).update, **{column: PARTS[model][column]()})
    assert "an edition never changes" in said


@pytest.mark.parametrize("model", PARTS)
def test_no_part_of_a_public_edition_is_taken_away(edition, model):
    part = model.objects.get(edition=edition)
    assert "is kept" in refused(deleted, part)
    assert "is kept" in refused(model.objects.filter(edition=edition).delete)


@pytest.mark.parametrize("model", PARTS)
def test_no_part_moves_to_another_edition(edition, model):
    part = model.objects.get(edition=edition)
    refused(one(part).update, edition_id=make_edition().pk)


def test_what_an_edition_shows_is_not_deleted_from_under_it(edition):
    files = edition.figures.get().picture, edition.attachments.get().document
    for row in (edition.topics.get(), edition.contacts.get(), *files):
        with pytest.raises(ProtectedError):
            row.delete()


# --- Addresses and appeals -----------------------------------------------------------------------


def test_an_address_belongs_to_one_release_for_ever(edition):
    other = make_release()
    said = refused(
        Address.objects.create, release=other, language=edition.language, slug=edition.slug
    )
    assert "address_once" in said or "slug" in said


def test_one_address_in_two_languages_may_belong_to_two_releases(edition):
    assert make_edition(slug=edition.slug, language="es").slug == edition.slug


def test_the_release_of_an_edition_is_never_deleted(edition):
    with pytest.raises(ProtectedError):
        edition.release.delete()
    make_next_edition(edition, headline="Another")
    refused(lambda: (deleted(edition.release), connection.check_constraints()))


def test_no_approved_release_without_an_approver(db):
    release = make_release()
    assert "release_approved_by_somebody" in refused(one(release).update, stage="approved")


# --- The guards themselves -----------------------------------------------------------------------

SQLITE = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL = (
    "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    " UNION SELECT conname FROM pg_constraint WHERE contype = 'x'"
)
PART_TABLES = [model._meta.db_table for model in PARTS]
EXPECTED = {
    "sqlite": {
        "edition_spans_apart_insert",
        "edition_spans_apart_update",
        "edition_text_fixed",
        "edition_past_fixed",
        "edition_kept",
        *(f"{table}_{what}" for table in PART_TABLES for what in ("fixed", "kept")),
    },
    "postgresql": {
        "edition_spans_apart",
        "edition_fixed",
        *(f"{table}_fixed" for table in PART_TABLES),
    },
}


def test_the_guards_stand_after_all_migrations(db):
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRESQL)
        names = {row[0] for row in cursor.fetchall()}
    assert names >= EXPECTED[connection.vendor]
