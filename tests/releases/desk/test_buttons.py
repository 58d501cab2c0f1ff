"""The bar below a release shows what can be done next by this person, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from releases import workflow
from tests.make import (
    make_approved,
    make_approved_again,
    make_edition,
    make_next_edition,
    make_release,
    make_user,
)
from tests.releases.desk.steps import ADD, address, buttons, signed_in

SAVE, SUBMIT, APPROVE, BACK = "Save", "Submit for review", "Approve", "Send back…"
PUBLISH, TAKE_BACK = "Publish…", "Take back the scheduled edition"
URGENT = "Publish without approval…"
WITHDRAW, SHARE, MOVE = "Withdraw…", "Share links…", "Move or lift…"
PREVIEW = "Preview"  # for everybody, at every stage


def draft():
    return make_release()


def in_review():
    release = make_release()
    return workflow.submit(release.pk, release.changed_by, release.version)


def approved():
    return make_approved()


def scheduled():
    return make_edition(at=timezone.now() + timedelta(days=1)).release


def public():
    return make_edition().release


def public_with_a_change():
    return make_approved_again(make_edition(), headline="Changed")


def public_with_one_to_come():
    edition = make_next_edition(make_edition(), timezone.now() + timedelta(days=1), headline="Next")
    return edition.release


def public_with_one_to_come_and_a_change():
    edition = make_next_edition(make_edition(), timezone.now() + timedelta(days=1), headline="Next")
    return make_approved_again(edition, headline="After next")


SHOWN = [
    (draft, "writer", {SAVE, SUBMIT}),
    (draft, "editor", {SAVE, SUBMIT}),
    (draft, "publisher", {SAVE, SUBMIT, URGENT}),
    (in_review, "writer", {SAVE}),
    (in_review, "editor", {SAVE, BACK, APPROVE}),
    (in_review, "publisher", {SAVE, BACK, APPROVE, URGENT}),
    (approved, "writer", {SAVE}),
    (approved, "editor", {SAVE, BACK}),
    (approved, "publisher", {SAVE, BACK, PUBLISH}),
    (approved, "administrator", {SAVE, BACK, PUBLISH}),
    (scheduled, "writer", {SAVE}),
    (scheduled, "editor", {SAVE, BACK}),
    (scheduled, "publisher", {SAVE, BACK, TAKE_BACK, SHARE, MOVE}),
    (public, "writer", {SAVE}),
    (public, "publisher", {SAVE, BACK, WITHDRAW}),
    (public_with_a_change, "writer", {SAVE}),
    (public_with_a_change, "publisher", {SAVE, BACK, PUBLISH, WITHDRAW}),
    (public_with_one_to_come, "publisher", {SAVE, BACK, TAKE_BACK, SHARE, MOVE}),
    (public_with_one_to_come_and_a_change, "writer", {SAVE}),
    (
        public_with_one_to_come_and_a_change,
        "publisher",
        {SAVE, BACK, PUBLISH, TAKE_BACK, SHARE, MOVE},
    ),
]


@pytest.mark.parametrize(("state", "role", "expected"), SHOWN)
def test_what_can_be_done_is_shown(db, state, role, expected):
    client = signed_in(make_user(role))
    assert buttons(client.get(address(state()))) == expected | {PREVIEW}


def test_a_new_release_can_be_saved_or_submitted(writer):
    assert buttons(signed_in(writer).get(ADD)) == {SAVE, SUBMIT, PREVIEW}
