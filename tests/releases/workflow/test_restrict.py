"""Restricted releases: only the people named, and nobody locks oneself or the office out."""

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from releases import slugs, workflow
from releases.models import Act, Edition, Release
from tests.make import make_content, make_edition, make_release, make_user

ROLES = ("writer", "editor", "publisher", "administrator")


def restricted(by: User, *people: User, **fields) -> Release:
    """A release written by `by` that only `by` and these people may see."""
    release = make_release(by, **fields)
    return workflow.restrict(release.pk, by, release.version, people or [by])


def seen_by(user) -> set[str]:
    return set(Release.objects.visible_to(user).values_list("headline", flat=True))


def test_only_the_people_named_see_it(writer, editor):
    restricted(writer, editor, headline="Ours")
    make_release(headline="Everybody's")
    assert seen_by(writer) == seen_by(editor) == {"Ours", "Everybody's"}
    above = User.objects.create_superuser("above")
    for other in [*map(make_user, ROLES), above]:
        assert seen_by(other) == {"Everybody's"}
    for nobody in (make_user(""), AnonymousUser()):
        assert seen_by(nobody) == set()


def test_editions_and_the_log_follow_their_release(writer, publisher):
    edition = make_edition(headline="Out")
    release = Release.objects.get(pk=edition.release_id)
    for model in (Edition, Act):
        assert model.objects.visible_to(publisher).filter(release=release).exists()
    workflow.restrict(release.pk, writer, release.version, [writer])
    for model in (Edition, Act):
        assert model.objects.visible_to(writer).filter(release=release).exists()
        assert not model.objects.visible_to(publisher).filter(release=release).exists()


def test_the_release_and_the_query_agree(writer, editor):
    releases = [restricted(writer), restricted(writer, editor), make_release()]
    for user in (writer, editor, make_user("publisher")):
        seen = set(Release.objects.visible_to(user))
        assert {release for release in releases if not release.hides_from(user)} == seen


def test_whoever_restricts_a_release_stays_among_the_named(writer, editor):
    release = make_release(writer)
    release = workflow.restrict(release.pk, writer, release.version, [editor])
    assert set(release.named.all()) == {writer, editor}
    act = release.acts.first()
    assert (act.action, act.why) == ("restrict", f"{editor.username}, {writer.username}")


def test_it_is_opened_to_everybody_again(writer, publisher):
    release = restricted(writer)
    release = workflow.restrict(release.pk, writer, release.version, [])
    assert Release.objects.visible_to(publisher).filter(pk=release.pk).exists()
    assert release.acts.first().why == "Everybody at the desk."


@pytest.mark.parametrize("action", ["save", "submit", "restrict", "publish_urgently"])
def test_others_can_do_nothing_to_it(writer, action):
    release = restricted(writer)
    extra = {
        "save": [make_content(headline="Theirs")],
        "restrict": [[]],
        "publish_urgently": ["They call."],
    }.get(action, [])
    with pytest.raises(workflow.Refused, match="Only the people named"):
        getattr(workflow, action)(release.pk, make_user("administrator"), release.version, *extra)
    assert Release.objects.get().version == release.version


def test_nobody_is_named_who_could_not_see_it(writer):
    left, guest = make_user("editor"), make_user("", "guest")
    left.is_active = False
    left.save()
    release = make_release(writer)
    for blind in (left, guest):
        with pytest.raises(workflow.Refused, match=f"{blind.username} has no right to see"):
            workflow.restrict(release.pk, writer, release.version, [blind])
    assert not release.named.exists()


def test_an_administrator_steps_in_with_a_reason(writer, administrator, publisher):
    release = restricted(writer)
    with pytest.raises(workflow.Refused, match="Say in a sentence"):
        workflow.step_in(release.pk, administrator, release.version, " ")
    with pytest.raises(workflow.Refused, match="no right"):
        workflow.step_in(release.pk, publisher, release.version, "I want to read it.")
    release = workflow.step_in(release.pk, administrator, release.version, "Its writer has left.")
    assert set(release.named.all()) == {writer, administrator}
    act = release.acts.first()
    assert (act.by, act.action, act.why) == (administrator, "step_in", "Its writer has left.")


def test_stepping_in_restricts_nothing_that_is_open(administrator):
    release = make_release()
    with pytest.raises(workflow.Refused, match="may see this release already"):
        workflow.step_in(release.pk, administrator, release.version, "To be sure.")
    assert not release.named.exists()


def test_nothing_opens_it_by_accident(writer):
    """Neither a person's account nor the release goes while it would open what is restricted."""
    release = restricted(make_release().changed_by, writer)
    for row in (writer, release):
        with pytest.raises(ProtectedError):
            row.delete()


def test_its_address_is_not_told_by_another(writer, publisher):
    restricted(writer, headline="The merger", slug="")
    assert slugs.free("The merger", "en", None) == "the-merger"
    assert workflow.create(publisher, make_content(headline="The merger", slug="")).slug == (
        "the-merger"
    )


def test_its_public_edition_stays_public(writer):
    edition = make_edition(headline="Out")
    release = Release.objects.get(pk=edition.release_id)
    workflow.restrict(release.pk, writer, release.version, [writer])
    assert Edition.objects.public(timezone.now()).get() == edition


def test_it_is_asked_with_no_list_of_keys_however_many_are_restricted(writer, editor):
    """One query, whose text has the same length for one restricted release and for fifty."""

    def statement() -> str:
        with CaptureQueriesContext(connection) as queries:
            list(Release.objects.visible_to(editor))
        [query] = queries
        return query["sql"]

    editor.has_perm("releases.view_release")
    restricted(writer)
    one = statement()
    for _ in range(50):
        restricted(writer)
    assert statement() == one
    assert " EXISTS" in one


def test_the_first_page_of_many_uses_the_index(writer):
    """The newest fifty of the list are found without sorting or joining them all."""
    newest = Release.objects.visible_to(writer).order_by("-changed_at")[:50]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # It would read a table of no rows from end to end.
            cursor.execute("SET LOCAL enable_seqscan = off")
    plan = newest.explain()
    index, sort = {
        "sqlite": ("SCAN releases_release USING INDEX releases_re_changed", "TEMP B-TREE"),
        "postgresql": ("Index Scan using releases_re_changed", "Sort Key"),
    }[connection.vendor]
    assert index in plan
    assert sort not in plan
