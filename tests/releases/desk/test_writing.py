"""Writing the text as Markdown or HTML, or with the editor: one form, one text, nothing lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from releases.content import read
from releases.models import Release, Revision
from tests.forms import form_in, page_of, words_of
from tests.make import make_approved, make_contact, make_release, make_topic
from tests.releases.desk.steps import ADD, address, opened, signed_in

WAYS = {"Rich editor": "editor", "Markdown": "markdown", "HTML": "html"}
BODY = (
    '<h2>Why</h2>\n<p>One <strong>two</strong> H<sub>2</sub>O <a href="https://a.org/">three</a>'
    "</p>\n<ul><li>four<ol><li>five</li></ol></li></ul>"
)
MARKDOWN = "## Why\n\nOne **two** H<sub>2</sub>O [three](https://a.org/)\n\n- four\n  1. five"


def writes(client: Client, way: str) -> None:
    """Choose a way to write, in the empty form."""
    opened(client).post(client, way)


def scripts(client: Client) -> str:
    """The addresses of the scripts that the form loads."""
    return " ".join(page_of(client.get(ADD)).xpath("//script/@src"))


@pytest.mark.parametrize("way", WAYS)
def test_what_is_shown_and_posted_back_is_what_was_stored(writer, way):
    release = make_release(writer, body=BODY)
    client = signed_in(writer)
    writes(client, way)
    form = opened(client, release)
    assert form.values["body_as"] == WAYS[way]
    assert form.values["body"] == (MARKDOWN if way == "Markdown" else BODY)
    form.post(client, "Save", {"headline": "Another"})
    release.refresh_from_db()
    assert (release.headline, release.body) == ("Another", BODY)


@pytest.mark.parametrize(
    ("way", "typed"),
    [
        ("Markdown", "Uno **dos**<script>tres()</script>"),
        ("HTML", '<p onclick="x()">Uno <b>dos</b><script>tres()</script></p>'),
    ],
)
def test_what_is_written_plainly_is_cleaned(writer, way, typed):
    client = signed_in(writer)
    writes(client, way)
    opened(client).post(client, "Save", {"body": typed})
    assert Release.objects.get().body == "<p>Uno <strong>dos</strong></p>"


def test_saving_what_is_there_changes_nothing_in_any_way(editor):
    release = make_approved(body=BODY)
    before = read(release)
    client = signed_in(editor)
    for way in WAYS:
        writes(client, way)
        opened(client, release).post(client, "Save")
        release.refresh_from_db()
        assert (release.stage, read(release)) == ("approved", before)
    assert Revision.objects.filter(release=release).count() == 1


def test_changing_the_way_keeps_what_is_not_saved(writer):
    topic, client = make_topic("Bolivia"), signed_in(writer)
    release = make_release(writer, headline="Stored")
    changed = {"headline": "Typed", "dateline": "La Paz", "body": BODY, "topics": [topic.pk]}
    response = opened(client, release).post(client, "Markdown", changed)

    assert not page_of(response).xpath("//*[contains(@class, 'errornote')]")
    assert "changes not saved" in words_of(response, "//*[@class='bar-typed'][not(@hidden)]")[0]
    form = form_in(response, "release_form")
    assert (form.values["headline"], form.values["dateline"]) == ("Typed", "La Paz")
    assert (form.values["topics"], form.values["body"]) == ([str(topic.pk)], MARKDOWN)
    release.refresh_from_db()
    assert (release.headline, release.version) == ("Stored", 1)

    response = form.post(client, "HTML", {"body": f"{MARKDOWN}\n\nsix"})
    form = form_in(response, "release_form")
    assert form.values["body"] == f"{BODY}\n<p>six</p>"
    form.post(client, "Save")
    release.refresh_from_db()
    assert (release.headline, release.body) == ("Typed", f"{BODY}\n<p>six</p>")


def test_changing_the_way_of_an_unchanged_text_leaves_nothing_unsaved(writer):
    release = make_release(writer, body=BODY)
    client = signed_in(writer)
    for way in ("Markdown", "HTML", "Rich editor"):
        response = opened(client, release).post(client, way)
        assert not page_of(response).xpath("//*[@class='bar-typed'][not(@hidden)]")


def test_changing_the_way_says_what_is_wrong_and_keeps_it(writer):
    client = signed_in(writer)
    response = opened(client).post(client, "HTML", {"dated": "some day", "body": BODY})
    form = form_in(response, "release_form")
    assert (form.values["dated"], form.values["body"]) == ("some day", BODY)
    assert not Release.objects.exists()


def test_a_picture_chosen_but_not_saved_has_to_be_chosen_again_and_the_desk_says_so(writer):
    client = signed_in(writer)
    form = opened(client)
    row = form.add_row("figures")
    picture = SimpleUploadedFile("a.png", b"not looked at")
    response = form.post(client, "HTML", {f"{row}upload": picture, f"{row}alt": "A square"})
    assert "Choose the picture again" in " ".join(words_of(response, "//*[@role='status']"))
    assert form_in(response, "release_form").values[f"{row}alt"] == "A square"


def test_a_form_opened_before_the_way_changed_is_understood(writer):
    client = signed_in(writer)
    writes(client, "Markdown")
    older = opened(client)
    writes(client, "Rich editor")
    older.post(client, "Save", {"body": "**one**"})
    assert Release.objects.get().body == "<p><strong>one</strong></p>"


def test_the_choice_is_this_persons_and_of_the_desk_alone(writer, editor):
    client, other = signed_in(writer), signed_in(editor)
    response = opened(client).post(client, "Markdown")
    cookie = client.cookies["desk_writing"]
    assert (cookie.value, cookie["path"], cookie["httponly"]) == ("markdown", "/desk/", True)
    assert response.status_code == 200
    assert opened(client).values["body_as"] == "markdown"
    assert opened(other).values["body_as"] == "editor"
    client.cookies["desk_writing"] = "nonsense"
    assert opened(client).values["body_as"] == "editor"


def test_a_plain_form_loads_nothing_of_the_editor(writer):
    client = signed_in(writer)
    assert "ckeditor" in scripts(client)
    for way in ("Markdown", "HTML"):
        writes(client, way)
        assert "ckeditor" not in scripts(client)
        assert "desk.js" in scripts(client)


def test_enter_in_a_field_saves(writer):
    form = page_of(signed_in(writer).get(ADD)).get_element_by_id("release_form")
    assert form.xpath("(.//button[not(@type) or @type='submit'])[1]/@name") == ["_save"]


@pytest.mark.parametrize("page", ["preview/", "check/"])
def test_preview_and_checklist_read_markdown(writer, page):
    client = signed_in(writer)
    release = make_release(writer)
    writes(client, "Markdown")
    form = opened(client, release)
    form.address = address(release).replace("change/", page)
    form.buttons["send"] = ("", "")
    response = form.post(client, "send", {"body": "An **important** TK"})
    assert response.status_code == 200
    text = response.content.decode()
    assert ("<strong>important</strong>" if page == "preview/" else "“TK”") in text


def test_all_topics_and_contacts_can_be_chosen_without_a_script(writer):
    topic, contact = make_topic("Bolivia"), make_contact("Maren")
    page = page_of(signed_in(writer).get(ADD))
    assert page.xpath("//select[@name='topics']/option/@value") == [str(topic.pk)]
    path = "//select[@name='contact_links-0-contact']/option/@value"
    assert page.xpath(path) == ["", str(contact.pk)]
