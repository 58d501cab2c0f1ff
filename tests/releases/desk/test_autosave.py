"""Text that is not saved: one slot a person and release, offered back, discarded, never public."""

import pytest
from django.test import Client

from cepr_press.generation import current
from releases import autosaving
from releases.content import read
from releases.models import Act, Autosave, Release, Revision
from tests.forms import Form, form_in, page_of, words_of
from tests.make import make_contact, make_edition, make_release, make_topic
from tests.releases.desk.steps import ADD, LIST, address, opened, said, signed_in


def typed(client: Client, release: Release | None, form: Form, **changed):
    """Do what the page's script does after a pause in typing."""
    to = address(release, "autosave") if release else f"{LIST}autosave/"
    sent = {name: value for name, value in {**form.values, **changed}.items() if value is not None}
    return client.post(to, sent)


def offered(response) -> list[str]:
    """The words of the notice that offers unsaved text; [] where it is not shown."""
    return words_of(response, "//section[contains(@class, 'release-unsaved') and not(@hidden)]/h2")


@pytest.fixture
def release(writer) -> Release:
    return make_release(writer, headline="As stored", body="<p>Stored.</p>")


def test_what_is_typed_is_offered_back_and_restored_as_it_was_typed(writer, release):
    client, topic, person = signed_in(writer), make_topic(), make_contact()
    form = opened(client, release)
    row = form.add_row("contact_links")
    answer = typed(
        client,
        release,
        form,
        headline="As typed",
        body="<p>Typed <i>here</i></p>",
        dated="some day",
        topics=[topic.pk],
        **{f"{row}contact": person.pk, f"{row}position": "7"},
    )
    assert answer.json()["said"].startswith("kept at ")

    response = client.get(address(release))
    assert "and did not save it" in offered(response)[0]
    assert form_in(response, "release_form").values["headline"] == "As stored"
    response = client.get(f"{address(release)}?restore=1")
    assert offered(response) == []
    values = form_in(response, "release_form").values
    assert (values["headline"], values["dated"]) == ("As typed", "some day")
    assert values["body"] == "<p>Typed <em>here</em></p>"
    assert values["topics"] == [str(topic.pk)]
    assert (values[f"{row}contact"], values[f"{row}position"]) == (str(person.pk), "7")
    assert read(Release.objects.get()) == read(release)


def test_saving_empties_the_slot(writer, release):
    client = signed_in(writer)
    typed(client, release, opened(client, release), headline="As typed")
    form = form_in(client.get(f"{address(release)}?restore=1"), "release_form")
    assert said(form.post(client, "Save")) == ["Saved."]
    assert not Autosave.objects.exists()
    assert Release.objects.get().headline == "As typed"


def test_a_save_that_is_refused_leaves_the_slot(writer, release):
    client = signed_in(writer)
    form = opened(client, release)
    typed(client, release, form, headline="As typed")
    form.post(client, "Save", {"headline": "As typed", "dated": "some day"})
    assert Autosave.objects.exists()


def test_a_new_release_has_one_slot_too(writer):
    client = signed_in(writer)
    for headline in ("Once", "Twice"):
        typed(client, None, opened(client), headline=headline)
    assert Autosave.objects.count() == 1
    assert offered(client.get(ADD))
    form = form_in(client.get(f"{ADD}?restore=1"), "release_form")
    assert form.values["headline"] == "Twice"
    form.post(client, "Save")
    assert Release.objects.get().headline == "Twice"
    assert not Autosave.objects.exists()


def test_an_untouched_form_is_not_offered(writer, release):
    client = signed_in(writer)
    for one in (None, release):
        typed(client, one, opened(client, one))
        assert offered(client.get(address(release) if one else ADD)) == []
    assert Autosave.objects.count() == 2


def test_words_of_a_picture_that_is_not_there_yet_are_offered(writer, release):
    client = signed_in(writer)
    form = opened(client, release)
    row = form.add_row("figures")
    typed(client, release, form, **{f"{row}alt": "A square to come"})
    assert offered(client.get(address(release)))
    values = form_in(client.get(f"{address(release)}?restore=1"), "release_form").values
    assert values[f"{row}alt"] == "A square to come"


def test_it_is_discarded(writer, release):
    client = signed_in(writer)
    typed(client, release, opened(client, release), headline="As typed")
    discard = form_in(client.get(address(release)), "discard")
    response = discard.post(client, "Discard my changes")
    assert said(response) == ["Your unsaved text is discarded."]
    assert response.request["PATH_INFO"] == address(release)
    assert not Autosave.objects.exists()
    assert offered(response) == []


def test_what_differs_is_shown(writer, release):
    client = signed_in(writer)
    typed(client, release, opened(client, release), headline="As typed", body="<p>New.</p>")
    response = client.get(address(release, "unsaved"))
    assert words_of(response, "//*[@class='unsaved-page']/section/h2") == ["Headline", "Text"]
    assert words_of(response, "//ins") == ["[added: typed]", "[added: New.]"]
    assert client.get(address(make_release(), "unsaved")).status_code == 404


def test_restoring_after_a_colleague_saved_leads_to_the_collision(writer, editor, release):
    client, quick = signed_in(writer), signed_in(editor)
    typed(client, release, opened(client, release), headline="As typed", summary="Typed.")
    opened(quick, release).post(quick, "Save", {"headline": "By the editor"})
    response = client.get(f"{address(release)}?restore=1")
    assert words_of(response, "//*[@class='collision-question']/legend") == ["Headline"]
    form = form_in(response, "release_form")
    assert form.values["summary"] == "Typed."
    form.post(client, "Save as decided", {"choice-headline": "theirs"})
    stored = Release.objects.get()
    assert (stored.headline, stored.summary) == ("By the editor", "Typed.")


def test_another_person_has_another_slot(writer, editor, release):
    mine, other = signed_in(writer), signed_in(editor)
    typed(mine, release, opened(mine, release), headline="By the writer")
    assert offered(other.get(address(release))) == []
    shown = form_in(other.get(f"{address(release)}?restore=1"), "release_form")
    assert shown.values["headline"] == "As stored"


def test_what_one_typed_never_gets_into_anothers_slot(writer, editor, release):
    """Somebody else has signed in, in another tab of the same browser."""
    form = opened(signed_in(writer), release)
    answer = typed(signed_in(editor), release, form, headline="By the writer")
    assert answer.status_code == 401
    assert not Autosave.objects.exists()


def test_nothing_but_the_slot_moves(writer, publisher, stranger):
    edition = make_edition(headline="Long public")
    release = edition.release
    before = (current(), release.version, release.stage, Revision.objects.count())
    log = Act.objects.count()
    client = signed_in(writer)
    typed(client, release, opened(client, release), headline="Never seen")
    release.refresh_from_db()
    assert (current(), release.version, release.stage, Revision.objects.count()) == before
    assert Act.objects.count() == log
    page = stranger.get(edition.get_absolute_url()).content.decode()
    assert "Long public" in page
    assert "Never seen" not in page


def test_refusals_are_data(writer, stranger, release):
    client = signed_in(writer)
    form = opened(client, release)
    answer = typed(stranger, release, form)
    assert (answer.status_code, answer.json()) == (401, {"error": "You are signed out."})
    answer = client.post(f"{LIST}999999/autosave/", {"headline": "x"})
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no such release."})
    answer = typed(client, release, form, body="x" * (autosaving.MOST + 1))
    assert answer.status_code == 413
    assert "too long" in answer.json()["error"]
    assert not Autosave.objects.exists()


def test_ill_formed_text_is_kept_and_cleaned_on_its_way_back(writer, release):
    client = signed_in(writer)
    body = "<p>a\0b</p><script>parent.ran = 1</script>"
    assert typed(client, release, opened(client, release), body=body).status_code == 200
    response = client.get(f"{address(release)}?restore=1")
    assert form_in(response, "release_form").values["body"] == "<p>ab</p>"
    assert not any("parent.ran" in one for one in page_of(response).xpath("//script/text()"))


def test_a_slot_that_holds_nothing_of_a_form_is_shown_all_the_same(writer, release):
    client = signed_in(writer)
    client.post(address(release, "autosave"), {"headline": "Only this", "nonsense": "x"})
    for page in (address(release), f"{address(release)}?restore=1", address(release, "unsaved")):
        assert client.get(page).status_code == 200
