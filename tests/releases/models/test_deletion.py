"""Nobody deletes a release that was ever public, shell or not; and no log goes with a release."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from releases import workflow
from releases.models import Act, Edition, Release, Revision
from tests.make import make_edition, make_next_edition, make_release, make_user

pytestmark = pytest.mark.django_db


def public() -> Edition:
    return make_edition()


def withdrawn() -> Edition:
    edition = make_edition()
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    return edition


def superseded() -> Edition:
    edition = make_edition()
    make_next_edition(edition, headline="Another")
    return edition


def scheduled() -> Edition:
    return make_edition(timezone.now() + timedelta(days=1))


STATES = [public, withdrawn, superseded, scheduled]


@pytest.mark.parametrize("state", STATES)
def test_a_published_release_is_not_deleted_by_code(state):
    release = state().release
    before = (Release.objects.count(), Revision.objects.count(), Act.objects.count())
    with pytest.raises(ProtectedError):
        Release.objects.get(pk=release.pk).delete()
    with pytest.raises(ProtectedError):
        Release.objects.filter(pk=release.pk).delete()
    assert (Release.objects.count(), Revision.objects.count(), Act.objects.count()) == before


@pytest.mark.parametrize("state", STATES)
def test_nor_by_a_bare_statement(state):
    release = state().release
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM releases_release WHERE id = %s", [release.pk])
        connection.check_constraints()
    assert Release.objects.filter(pk=release.pk).exists()


@pytest.mark.parametrize("state", [public, withdrawn, superseded])
def test_nor_by_taking_its_editions_away_first(state):
    edition = state()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(release=edition.release_id).delete()
    assert Edition.objects.filter(pk=edition.pk).exists()


def test_the_log_of_a_deleted_draft_stays_as_it_was(writer):
    release = make_release(writer, headline="Never to be")
    workflow.submit(release.pk, writer, release.version)
    columns = ("headline", "action", "by", "by_name", "at", "why")
    before = list(Act.objects.order_by("pk").values_list(*columns))
    release.delete()
    assert list(Act.objects.order_by("pk").values_list(*columns)) == before
    assert {act.release for act in Act.objects.all()} == {None}
    assert str(Act.objects.first()).endswith("submitted it for review: “Never to be”")
