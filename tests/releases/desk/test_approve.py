"""Approving, and sending back with words."""

import pytest

from releases import workflow
from releases.content import Content
from releases.models import Release
from tests.forms import form_in, words_of
from tests.make import make_release
from tests.releases.desk.steps import address, buttons, press, said, signed_in


@pytest.fixture
def submitted(writer) -> Release:
    release = make_release(writer, headline="To be read")
    return workflow.submit(release.pk, writer, release.version)


def test_an_editor_approves_the_text(submitted, editor):
    response = press(signed_in(editor), submitted, "Approve")
    submitted.refresh_from_db()
    assert (submitted.stage, submitted.approved_by) == ("approved", editor)
    assert said(response) == ["“To be read” is now: approved, not public."]


def test_nobody_approves_a_text_of_his_own(editor):
    release = make_release(editor)
    release = workflow.submit(release.pk, editor, release.version)
    client = signed_in(editor)
    page = client.get(address(release))
    assert "Approve" not in buttons(page)
    # Somebody who knows the form that the button would send gets the reason.
    response = form_in(page, "approve")
    answer = client.post(response.address, response.values, follow=True)
    release.refresh_from_db()
    assert release.stage == "in_review"
    assert said(answer) == [
        "The last change of the text is your own: somebody else has to approve it."
    ]


def test_a_small_office_may_let_people_approve_their_own(editor, settings):
    settings.SELF_APPROVAL = True
    release = make_release(editor)
    release = workflow.submit(release.pk, editor, release.version)
    response = press(signed_in(editor), release, "Approve")
    release.refresh_from_db()
    assert release.stage == "approved"
    assert "The approver’s own text." in words_of(response, "//*[@aria-labelledby='log']")[0]


def test_approval_is_for_the_text_that_was_read(submitted, writer, editor):
    client = signed_in(editor)
    shown = form_in(client.get(address(submitted)), "approve")
    content = Content(headline="Changed meanwhile", body="<p>Other</p>")
    workflow.save(submitted.pk, writer, submitted.version, content)
    response = shown.post(client, "Approve")
    submitted.refresh_from_db()
    assert submitted.stage == "draft"
    assert "changed this release after you opened it." in said(response)[0]


def test_what_was_seen_cannot_be_left_out(submitted, editor):
    client = signed_in(editor)
    for values in ({}, {"seen": ""}, {"seen": "²"}, {"seen": "-1"}, {"seen": "x" * 5000}):
        client.post(address(submitted, "approve"), values)
    submitted.refresh_from_db()
    assert submitted.stage == "in_review"


def test_sending_back_says_why(submitted, editor, writer):
    client = signed_in(editor)
    page = client.get(address(submitted, "send_back"))
    form_in(page).post(client, "Send back", {"why": "Who says so?"})
    submitted.refresh_from_db()
    assert submitted.stage == "draft"
    log = words_of(signed_in(writer).get(address(submitted)), "//*[@aria-labelledby='log']//li")
    assert editor.username in log[0]
    assert "Who says so?" in log[0]


def test_sending_back_without_a_word_is_refused(submitted, editor):
    client = signed_in(editor)
    response = form_in(client.get(address(submitted, "send_back"))).post(client, "Send back")
    submitted.refresh_from_db()
    assert submitted.stage == "in_review"
    assert words_of(response, "//*[contains(@class, 'errorlist')]/li") == [
        "This field is required."
    ]
