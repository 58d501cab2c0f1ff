"""Two people at one release: the second sees what the first changed, and decides field by field."""

import pytest

from releases import workflow
from releases.content import Content, read
from releases.merging import NAMES
from releases.models import Release
from tests.forms import Form, form_in, page_of, words_of
from tests.make import make_contact, make_full_content, make_release, make_topic
from tests.releases.desk.steps import opened, said, signed_in


class Two:
    """A release that a slow and a quick person have opened at the same time."""

    def __init__(self, writer, editor, **fields):
        self.release = make_release(writer, **fields)
        self.slow, self.quick = signed_in(writer), signed_in(editor)
        self.form = opened(self.slow, self.release)

    def meanwhile(self, **typed) -> None:
        answer = opened(self.quick, self.release).post(self.quick, "Save", typed)
        assert said(answer) == ["Saved."]

    def save(self, **typed):
        return self.form.post(self.slow, "Save", typed)

    def stored(self) -> Content:
        return read(Release.objects.get(pk=self.release.pk))


@pytest.fixture
def two(writer, editor) -> Two:
    return Two(writer, editor, headline="At first", summary="First.", body="<p>1</p><p>2</p>")


def facts(response) -> list[str]:
    return words_of(response, "//*[@class='collision-facts']/li")


def asked(response) -> list[str]:
    return words_of(response, "//*[@class='collision-question']/legend")


def decide(response, client, button="Save as decided", **choices):
    form = form_in(response, "release_form")
    return form.post(client, button, {f"choice-{name}": to for name, to in choices.items()})


def test_nothing_is_stored_and_nothing_is_lost(two, editor):
    two.meanwhile(headline="By the editor")
    response = two.save(headline="By the writer", body="<p>My text</p>")

    [heading] = words_of(response, "//h2[@id='collision']")
    assert heading == f"{editor.username} changed this release while you wrote"
    assert asked(response) == ["Headline"]
    sides = words_of(response, "//*[@class='collision-text']")
    assert "By the editor" in sides[0]
    assert "By the writer" in sides[1]
    again = form_in(response, "release_form")
    assert again.values["headline"] == "By the writer"
    assert again.values["body"] == "<p>My text</p>"
    assert two.stored().headline == "By the editor"
    assert two.stored().body == "<p>1</p>\n<p>2</p>"


def test_pressing_again_without_deciding_asks_again(two):
    two.meanwhile(headline="By the editor")
    response = two.save(headline="By the writer")
    response = form_in(response, "release_form").post(two.slow, "Save")
    assert asked(response) == ["Headline"]
    assert two.stored().headline == "By the editor"


@pytest.mark.parametrize(
    ("choice", "headline"), [("theirs", "By the editor"), ("mine", "By the writer")]
)
def test_the_second_decides(two, choice, headline):
    two.meanwhile(headline="By the editor")
    response = two.save(headline="By the writer", summary="Mine.")
    response = decide(response, two.slow, headline=choice)
    assert said(response) == ["Saved."]
    assert (two.stored().headline, two.stored().summary) == (headline, "Mine.")
    assert two.release.revisions.count() == 3


def test_both_texts_are_put_into_the_form_to_be_edited(two):
    two.meanwhile(headline="By the editor", body="<p>1 theirs</p><p>2</p>")
    response = two.save(headline="By the writer", body="<p>1 mine</p><p>2</p>")
    response = decide(response, two.slow, headline="both", body="both")
    assert asked(response) == []
    form = form_in(response, "release_form")
    assert form.values["headline"] == "By the editor By the writer"
    assert form.values["body"] == "<p>1 theirs</p>\n<p>1 mine</p>\n<p>2</p>"
    assert two.stored().headline == "By the editor"
    form.post(two.slow, "Save", {"headline": "By both"})
    assert (two.stored().headline, two.stored().body) == ("By both", form.values["body"])


def test_what_one_side_alone_changed_is_brought_together(two, editor):
    topic, mine = make_topic("Theirs"), make_topic("Mine")
    before = list(two.stored().topics)
    two.meanwhile(summary="Theirs.", body="<p>1 theirs</p><p>2</p>", topics=[*before, topic.pk])
    response = two.save(
        headline="Mine", body="<p>1</p><p>2 mine</p>", topics=[*before, mine.pk]
    )  # fmt: skip
    assert asked(response) == []
    assert facts(response) == [
        f"Taken over from {editor.username}: Summary",
        "Brought together, you changed different places: Text, Topics",
        "As you left it: Headline",
    ]
    form_in(response, "release_form").post(two.slow, "Save")
    stored = two.stored()
    assert (stored.headline, stored.summary) == ("Mine", "Theirs.")
    assert stored.body == "<p>1 theirs</p>\n<p>2 mine</p>"
    assert stored.topics == tuple(sorted([*before, topic.pk, mine.pk]))


def test_people_are_brought_together(two):
    theirs, mine = make_contact("Theirs"), make_contact("Mine")
    [first] = two.stored().contacts
    two.meanwhile(**{"contact_links-1-contact": theirs.pk, "contact_links-1-position": "1"})
    response = two.save(
        **{"contact_links-0-contact": mine.pk, "contact_links-1-contact": first,
           "contact_links-1-position": "1"}
    )  # fmt: skip
    # Both put somebody beside the first: their order is for a person to say.
    assert asked(response) in ([], ["Media contacts"])
    if asked(response):
        decide(response, two.slow, contacts="mine")
        assert two.stored().contacts == (mine.pk, first)
    else:
        form_in(response, "release_form").post(two.slow, "Save")
        assert two.stored().contacts == (mine.pk, first, theirs.pk)


def test_a_third_who_saves_meanwhile_is_asked_about_as_well(two, publisher):
    two.meanwhile(headline="By the editor", summary="By the editor.")
    response = two.save(headline="By the writer")
    two.quick = signed_in(publisher)
    two.meanwhile(headline="By the publisher", dateline="Lima")
    response = decide(response, two.slow, headline="mine")
    assert asked(response) == ["Headline"]
    assert "By the publisher" in words_of(response, "//*[@class='collision-text']")[0]
    assert two.stored().headline == "By the publisher"
    decide(response, two.slow, headline="mine")
    stored = two.stored()
    assert (stored.headline, stored.summary, stored.dateline) == (
        "By the writer", "By the editor.", "Lima",
    )  # fmt: skip


def test_a_question_stays_open_when_a_third_changes_something_else(two, publisher):
    two.meanwhile(headline="By the editor")
    response = two.save(headline="By the writer")
    two.quick = signed_in(publisher)
    two.meanwhile(summary="By the publisher.")
    response = form_in(response, "release_form").post(two.slow, "Save")
    assert asked(response) == ["Headline"]
    decide(response, two.slow, headline="theirs")
    assert (two.stored().headline, two.stored().summary) == ("By the editor", "By the publisher.")


def test_a_stage_that_moved_is_told_and_nothing_is_asked(two, writer):
    workflow.submit(two.release.pk, writer, two.release.version)
    response = two.save(headline="Mine")
    assert asked(response) == []
    assert "The release is in review now" in facts(response)[-1]
    form_in(response, "release_form").post(two.slow, "Save")
    assert two.stored().headline == "Mine"


@pytest.mark.parametrize("sent", [{"base": ""}, {"base": "99"}, {"base": "x", "seen": "y"}])
def test_a_form_that_does_not_say_what_it_was_made_of_overwrites_nothing(two, sent):
    two.meanwhile(headline="By the editor")
    response = two.save(summary="Mine.", **sent)
    assert {"Headline", "Summary"} <= set(asked(response))
    assert two.stored().headline == "By the editor"


def test_every_field_can_be_asked_about(writer, editor):
    full = make_full_content(slug="theirs", dateline="La Paz")
    release = make_release(writer)
    form = opened(signed_in(writer), release)
    workflow.save(release.pk, editor, release.version, full)
    response = posted(form, writer, base="")
    assert {one.get("id") for one in page_of(response).xpath("//fieldset")} >= {
        f"question-{name}" for name in NAMES
    }
    choices = dict.fromkeys(NAMES, "theirs")
    assert said(decide(response, signed_in(writer), **choices)) == ["Saved."]
    assert read(Release.objects.get()) == full


def posted(form: Form, user, **typed):
    return form.post(signed_in(user), "Save", typed)


def test_hostile_text_stays_text(two):
    two.meanwhile(headline="<script>theirs()</script>")
    response = two.save(headline="<script>mine()</script>")
    scripts = page_of(response).xpath("//script/text()")
    assert not any("theirs()" in one or "mine()" in one for one in scripts)
    assert "<script>theirs()" in words_of(response, "//*[@class='collision-text']")[0]
