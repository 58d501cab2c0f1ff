"""Approval belongs to one exact text, and to somebody else than the one who wrote it."""

import pytest

from releases import workflow
from releases.content import Content, read
from releases.models import Act, Edition
from tests.make import make_approved, make_content, make_user

pytestmark = pytest.mark.django_db


def submitted_by(user):
    release = workflow.create(user, make_content())
    return workflow.submit(release.pk, user, release.version)


def test_nobody_approves_a_text_of_his_or_her_own(editor):
    release = submitted_by(editor)
    with pytest.raises(workflow.Refused, match="your own"):
        workflow.approve(release.pk, editor, release.version)
    other = make_user("editor")
    assert workflow.approve(release.pk, other, release.version).approved_by == other


def test_an_editor_who_changed_the_text_has_made_it_his_or_her_own(writer, editor):
    release = submitted_by(writer)
    content = Content(**{**vars(read(release)), "headline": "Mended by the editor"})
    release = workflow.save(release.pk, editor, release.version, content)
    release = workflow.submit(release.pk, editor, release.version)
    with pytest.raises(workflow.Refused, match="your own"):
        workflow.approve(release.pk, editor, release.version)


def test_a_small_office_may_allow_it_and_the_log_says_so(settings, editor):
    settings.SELF_APPROVAL = True
    release = submitted_by(editor)
    release = workflow.approve(release.pk, editor, release.version)
    assert release.stage == "approved"
    assert Act.objects.get(action="approve").why == "The approver’s own text."


def test_the_log_says_nothing_of_that_where_it_is_another(writer, editor):
    release = submitted_by(writer)
    workflow.approve(release.pk, editor, release.version)
    assert Act.objects.get(action="approve").why == ""


def test_an_edit_takes_an_approved_text_back_to_draft(publisher):
    release = make_approved()
    content = Content(**{**vars(read(release)), "body": "<p>Something else.</p>"})
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    assert (release.stage, release.approved_by) == ("draft", None)
    with pytest.raises(workflow.Refused, match="draft"):
        workflow.publish(release.pk, publisher, release.version)
    assert not Edition.objects.exists()


def test_sending_back_needs_a_word_and_keeps_it(editor):
    release = make_approved()
    with pytest.raises(workflow.Refused, match="sentence"):
        workflow.send_back(release.pk, editor, release.version, "  ")
    release = workflow.send_back(release.pk, editor, release.version, "The second figure.")
    assert (release.stage, release.approved_by) == ("draft", None)
    assert Act.objects.get(action="send_back").why == "The second figure."


def test_all_reasons_come_at_once(writer):
    release = workflow.create(writer, Content())
    with pytest.raises(workflow.Refused) as refused:
        workflow.submit(release.pk, writer, release.version)
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["headline", "body", "topics", "contacts", "slug"]
    assert len(refused.value.reasons) == 5
