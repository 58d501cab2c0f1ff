"""A writer who has not seen the last change overwrites nothing, by whichever door."""

from datetime import timedelta
from inspect import getmembers, isfunction, signature

import pytest
from django.utils import timezone

from releases import rules, workflow
from releases.models import Act, Edition, Release, Revision
from tests.make import make_content, make_edition, make_next_edition, make_series, make_user

#: Every function of the one door that is told which version the caller saw.
DOORS = {
    name: function
    for name, function in getmembers(workflow, isfunction)
    if not name.startswith("_") and "seen" in signature(function).parameters
}

#: What each needs beside release, person and version. A new door has to be told here.
NEEDS = {
    "save": lambda release: [make_content(slug=release.slug)],
    "restore": lambda release: [1],
    "duplicate": lambda release: [],
    "translate": lambda release: ["es"],
    "link": lambda release: [None],
    "catch_up": lambda release: [1],
    "submit": lambda release: [],
    "send_back": lambda release: ["Too long."],
    "approve": lambda release: [],
    "publish": lambda release: [],
    "publish_urgently": lambda release: ["They call in ten minutes."],
    "mend_note": lambda release: [2, "Mended."],
    "take_back": lambda release: [],
    "move": lambda release: [timezone.now() + timedelta(hours=2), "They asked."],
    "lift": lambda release: ["They asked."],
    "withdraw": lambda release: ["error"],
    "pin": lambda release: [],
    "unpin": lambda release: [],
    "place": lambda release: [make_series()],
    "restrict": lambda release: [[make_user("editor")]],
    "step_in": lambda release: ["Nobody named is left."],
}


def test_every_door_is_known():
    assert DOORS.keys() == NEEDS.keys()


def test_every_action_on_a_stored_release_has_a_door():
    assert rules.ACTIONS.keys() - {"import_published"} == DOORS.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("off_by", [-1, 1, -1000])
def test_another_version_than_the_stored_one_is_refused(name, off_by):
    first = make_edition()
    make_next_edition(first, timezone.now() + timedelta(hours=1), headline="To come")
    release = Release.objects.get(pk=first.release_id)
    extra = NEEDS[name](release)
    before = everything()
    with pytest.raises(workflow.Stale) as refused:
        DOORS[name](release.pk, make_user("administrator"), release.version + off_by, *extra)
    assert release.changed_by.username in refused.value.reasons[0]
    assert everything() == before


def everything() -> list[object]:
    models = (Release, Edition, Act, Revision)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.django_db
def test_of_two_who_save_the_second_is_told(writer, editor):
    release = workflow.create(writer, make_content())
    seen = release.version
    workflow.save(release.pk, editor, seen, make_content(slug=release.slug, headline="First"))
    with pytest.raises(workflow.Stale, match=editor.username):
        workflow.save(release.pk, writer, seen, make_content(slug=release.slug, headline="Mine"))
    assert Release.objects.get().headline == "First"


@pytest.mark.django_db
def test_approval_of_a_text_that_changed_meanwhile_is_refused(writer, editor):
    release = workflow.create(writer, make_content())
    release = workflow.submit(release.pk, writer, release.version)
    seen = release.version
    release = workflow.save(
        release.pk, writer, seen, make_content(slug=release.slug, headline="Smuggled in")
    )
    workflow.submit(release.pk, writer, release.version)
    with pytest.raises(workflow.Stale):
        workflow.approve(release.pk, editor, seen)
    assert Release.objects.get().stage == "in_review"
