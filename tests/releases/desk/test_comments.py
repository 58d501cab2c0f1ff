"""Comments between colleagues stand beside the text, at their place, and change nothing else."""

import pytest

from cepr_press import generation
from releases import workflow
from releases.content import Content, read
from releases.models import Release
from tests.forms import form_in, words_of
from tests.make import make_edition, make_release
from tests.releases.desk.steps import address, said, signed_in

COMMENTS = "//section[@id='comments']//li"
ADD, SETTLED = "Add the comment", "Settled"


@pytest.fixture
def release(writer) -> Release:
    release = make_release(writer, body="<p>Wages rose by <em>nine</em> percent.</p>")
    return workflow.submit(release.pk, writer, release.version)


def write(client, release, **values):
    return form_in(client.get(address(release)), "comment").post(client, ADD, values)


def test_a_comment_stands_beside_the_words_it_is_about(release, editor, writer):
    response = write(signed_in(editor), release, text="Is it nine?", quote="rose by  nine percent")
    assert said(response) == ["Your comment stands beside the text."]
    [shown] = words_of(signed_in(writer).get(address(release)), COMMENTS)
    assert editor.get_username() in shown
    assert "rose by nine percent" in shown
    assert "Is it nine?" in shown
    assert "no longer in the text" not in shown


def test_it_says_when_its_words_have_gone(release, editor, writer):
    client = signed_in(editor)
    write(client, release, text="Is it nine?", quote="by nine percent")
    content = Content(**{**vars(read(release)), "body": "<p>By ten.</p>"})
    workflow.save(release.pk, writer, release.version, content)
    [shown] = words_of(client.get(address(release)), COMMENTS)
    assert "These words are no longer in the text." in shown


def test_a_comment_on_the_whole_needs_no_words(release, editor):
    client = signed_in(editor)
    write(client, release, text="Good.")
    [shown] = words_of(client.get(address(release)), COMMENTS)
    assert "no longer" not in shown


def test_settled_it_leaves_the_margin_and_is_kept(release, editor, writer):
    client = signed_in(editor)
    write(client, release, text="Is it nine?")
    page = form_in(signed_in(writer).get(address(release)), "comment")
    response = page.post(signed_in(writer), SETTLED)
    assert said(response) == ["The comment is settled."]
    assert words_of(response, COMMENTS) == []
    kept = release.comments.get()
    assert kept.text == "Is it nine?"
    assert kept.settled_by_name == writer.get_username()


def test_an_empty_or_endless_comment_is_refused_and_nothing_is_lost(release, editor):
    client = signed_in(editor)
    response = write(client, release, text=" ", quote="nine")
    assert words_of(response, "//*[contains(@class, 'errorlist')]") == ["This field is required."]
    assert form_in(response).values["quote"] == "nine"
    long = "a" * 2001
    response = write(client, release, text=long)
    assert form_in(response).values["text"] == long
    assert not release.comments.exists()
    response = form_in(response).post(client, ADD, {"text": "Short."})
    assert said(response) == ["Your comment stands beside the text."]


def test_neither_the_approval_nor_the_newsroom_notices(publisher):
    release = make_edition().release
    before = generation.current(), release.version, release.stage
    write(signed_in(publisher), release, text="Well done.")
    release.refresh_from_db()
    assert release.comments.count() == 1
    assert (generation.current(), release.version, release.stage) == before


def test_a_comment_of_another_release_is_not_settled(release, editor):
    other = make_release()
    client = signed_in(editor)
    write(client, release, text="Is it nine?")
    client.post(address(other, "comment"), {"settle": str(release.comments.get().pk)})
    client.post(address(other, "comment"), {"settle": "x"})
    assert release.comments.get().settled_at is None
