"""Who may take what from which stage: stage × role × action, through the real functions."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from releases import workflow
from releases.content import read
from releases.models import Act, Edition, Release, Revision
from tests.make import make_content, make_edition, make_release, make_user

STAGES = ("draft", "in_review", "approved")
ROLES = ("", "writer", "editor", "publisher", "administrator")

WRITES = {("draft", "save"), ("draft", "submit"), ("in_review", "save"), ("approved", "save")}
WRITES |= {("draft", "restore"), ("in_review", "restore"), ("approved", "restore")}
EDITS = WRITES | {
    ("in_review", "approve"), ("in_review", "send_back"), ("approved", "send_back"),
}  # fmt: skip
PUBLISHES = EDITS | {
    ("approved", "publish"), ("draft", "publish_urgently"), ("in_review", "publish_urgently"),
}  # fmt: skip
MAY = {
    "": set(),
    "writer": WRITES,
    "editor": EDITS,
    "publisher": PUBLISHES,
    "administrator": PUBLISHES,
}
AFTER = {
    "save": "draft",
    "restore": "draft",
    "submit": "in_review",
    "send_back": "draft",
    "approve": "approved",
    "publish": "approved",
    "publish_urgently": "in_review",
}


def brought_to(stage: str) -> Release:
    """A whole release of two revisions at this stage, by others than the person of the test."""
    release = make_release(headline="As it was")
    content = replace(read(release), headline="As it is")
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    if stage != "draft":
        release = workflow.submit(release.pk, release.changed_by, release.version)
    if stage == "approved":
        release = workflow.approve(release.pk, make_user("editor"), release.version)
    return release


def done(action: str, release: Release, by) -> None:
    """Take the action with what it needs."""
    extra = {
        "save": [make_content(slug=release.slug, headline="Another headline")],
        "restore": [1],
        "send_back": ["Too long."],
        "publish_urgently": ["They call in ten minutes."],
    }
    getattr(workflow, action)(release.pk, by, release.version, *extra.get(action, []))


def everything() -> list[object]:
    """All rows that a change would touch."""
    models = (Release, Edition, Act, Revision)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("action", AFTER)
def test_who_may_do_what_when(role, stage, action):
    release, by = brought_to(stage), make_user(role)
    allowed = (stage, action) in MAY[role]
    assert (action in workflow.possible(release, by)) is allowed
    before = everything()
    if allowed:
        done(action, release, by)
        assert Release.objects.get(pk=release.pk).stage == AFTER[action]
        assert Act.objects.get(action=action, by=by).by_name == by.username
    else:
        with pytest.raises(workflow.Refused):
            done(action, release, by)
        assert everything() == before


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", STAGES)
def test_who_may_take_a_scheduled_edition_back(role, stage):
    release, by = _scheduled(stage), make_user(role)
    allowed = role in ("publisher", "administrator")
    assert ("take_back" in workflow.possible(release, by)) is allowed
    if not allowed:
        with pytest.raises(workflow.Refused, match="no right"):
            workflow.take_back(release.pk, by, release.version)
        assert Edition.objects.count() == 1
        return
    after = workflow.take_back(release.pk, by, release.version, "Wrong day.")
    assert (Edition.objects.count(), after.stage) == (0, stage)
    assert release.acts.get(action="take_back").why == "Wrong day."


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("action", ["move", "lift"])
def test_who_may_move_or_lift_an_embargo(action, role, stage):
    release, by = _scheduled(stage), make_user(role)
    allowed = role in ("publisher", "administrator")
    assert (action in workflow.possible(release, by)) is allowed
    wish = ["They asked."] if action == "lift" else [timezone.now() + timedelta(days=1), "Asked."]
    before = everything()
    if allowed:
        getattr(workflow, action)(release.pk, by, release.version, *wish)
        assert Release.objects.get(pk=release.pk).stage == stage
        assert Act.objects.get(action=action, by=by).by_name == by.username
    else:
        with pytest.raises(workflow.Refused, match="no right"):
            getattr(workflow, action)(release.pk, by, release.version, *wish)
        assert everything() == before


@pytest.mark.django_db
def test_the_right_to_publish_is_not_the_right_to_lift():
    release, by = _scheduled("approved"), make_user("")
    names = ("publish_release", "view_release")
    by.user_permissions.set(Permission.objects.filter(codename__in=names))
    assert "take_back" in workflow.possible(release, by)
    assert not {"move", "lift"} & set(workflow.possible(release, by))
    with pytest.raises(workflow.Refused, match="no right"):
        workflow.lift(release.pk, by, release.version, "They asked.")


def _scheduled(stage: str) -> Release:
    """A release with an edition to come, its working copy at this stage."""
    edition = make_edition(timezone.now() + timedelta(hours=1))
    release = Release.objects.get(pk=edition.release_id)
    writer = release.changed_by
    if stage == "approved":
        return release
    content = make_content(slug=release.slug, headline="A later thought")
    release = workflow.save(release.pk, writer, release.version, content)
    if stage == "in_review":
        release = workflow.submit(release.pk, writer, release.version)
    return release


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_may_withdraw_a_public_release(role):
    release, by = Release.objects.get(pk=make_edition().release_id), make_user(role)
    allowed = role in ("publisher", "administrator")
    assert ("withdraw" in workflow.possible(release, by)) is allowed
    if allowed:
        workflow.withdraw(release.pk, by, release.version, "error")
    else:
        with pytest.raises(workflow.Refused, match="no right"):
            workflow.withdraw(release.pk, by, release.version, "error")
    assert Edition.objects.public(timezone.now()).exists() is not allowed


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_may_write_a_new_release(role):
    by = make_user(role)
    if role:
        release = workflow.create(by, make_content())
        assert (release.stage, release.version, release.changed_by) == ("draft", 1, by)
    else:
        with pytest.raises(workflow.Refused):
            workflow.create(by, make_content())
        assert Release.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_who_may_bring_in_a_published_release(role):
    by, content = make_user(role), make_content()
    if role in ("publisher", "administrator"):
        edition = workflow.import_published(by, content, timezone.now())
        assert read(edition.release).headline == edition.headline
        assert (edition.approved_by, edition.published_by) == (by, by)
    else:
        with pytest.raises(workflow.Refused):
            workflow.import_published(by, content, timezone.now())
        assert everything() == [[], [], [], []]


@pytest.mark.django_db
def test_an_account_that_was_closed_may_do_nothing():
    release, by = brought_to("approved"), make_user("administrator")
    by.is_active = False
    by.save()
    assert workflow.possible(release, by) == []
    with pytest.raises(workflow.Refused):
        workflow.publish(release.pk, by, release.version)
