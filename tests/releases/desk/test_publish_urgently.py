"""What can't wait goes out without a second person; the desk says so until one has looked."""

import pytest

from releases import publishing, workflow
from releases.models import Release
from tests.forms import form_in, page_of, words_of
from tests.make import make_approved, make_release, make_user
from tests.releases.desk.steps import address, press, said, signed_in

PUBLISH = "Publish without approval"
UNSEEN = "//*[contains(@class, 'release-unseen')]"


@pytest.fixture
def release(publisher) -> Release:
    return make_release(publisher, slug="urgent")


def publish(client, release, **values):
    page = client.get(address(release, "publish_urgently"))
    return form_in(page).post(client, PUBLISH, values)


def test_it_is_public_at_once_and_waits_for_a_second_person(release, publisher, stranger):
    response = publish(signed_in(publisher), release, why="They call in ten minutes.")
    assert said(response) == ["Public now at /releases/urgent/"]
    assert stranger.get("/releases/urgent/").status_code == 200
    release.refresh_from_db()
    assert release.stage == "in_review"
    assert words_of(response, UNSEEN)
    assert release.acts.first().why == "They call in ten minutes."


def test_it_says_so_until_somebody_else_has_approved(release, publisher):
    client = signed_in(publisher)
    publish(client, release, why="They call in ten minutes.")
    editor = signed_in(make_user("editor"))
    assert words_of(editor.get(address(release)), UNSEEN)
    response = press(editor, release, "Approve")
    assert words_of(response, UNSEEN) == []
    assert words_of(client.get(address(release)), UNSEEN) == []


def test_the_publisher_has_not_looked_by_approving_it_alone(db, settings):
    settings.SELF_APPROVAL = True
    publisher = make_user("publisher")
    release = make_release(publisher)
    edition = workflow.publish_urgently(release.pk, publisher, release.version, "Now.")
    release = Release.objects.get(pk=release.pk)
    workflow.approve(release.pk, publisher, release.version)
    assert publishing.unseen_edition(release) == edition


def test_a_reason_is_asked_for_and_nothing_typed_is_lost(release, publisher, stranger):
    response = publish(signed_in(publisher), release, why=" ", when="later", at_0="2199-01-01")
    assert words_of(response, "//*[contains(@class, 'errorlist')]/li")
    assert form_in(response).values["at_0"] == "2199-01-01"
    assert stranger.get("/releases/urgent/").status_code == 404
    with pytest.raises(workflow.Refused, match="why"):
        workflow.publish_urgently(release.pk, publisher, release.version, " ")


def test_what_was_approved_is_not_called_unseen(publisher):
    release = make_approved()
    workflow.publish(release.pk, publisher, release.version)
    page = signed_in(publisher).get(address(release))
    assert page_of(page).xpath(UNSEEN) == []


def test_an_unfinished_text_does_not_go_out_however_urgent(publisher):
    release = make_release(publisher, body="")
    with pytest.raises(workflow.Refused, match="Write the text"):
        workflow.publish_urgently(release.pk, publisher, release.version, "Now.")
