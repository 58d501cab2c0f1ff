"""Standing words and templates: edited in one place, by editors and above."""

import pytest
from django.core.exceptions import ValidationError

from releases.checks.words import paragraphs, placeholder_in
from releases.content import Content
from releases.housestyle import departures
from releases.html import clean_source
from releases.models import Boilerplate, Release, Template
from releases.models.text import Kind
from tests.forms import form_in, words_of
from tests.releases.desk.steps import ADD, signed_in

ABOUT = "/desk/releases/boilerplate/"
TEMPLATES = "/desk/releases/template/"


def test_an_editor_writes_it_and_is_told_that_it_is_public(editor):
    client = signed_in(editor)
    page = client.get(f"{ABOUT}add/")
    assert "Readers see this as soon as it is saved" in page.content.decode()
    form_in(page).post(
        client, "Save", {"what": "about", "language": "es", "body": "<p>Uno <b>dos</b></p>"}
    )
    row = Boilerplate.objects.get()
    assert (row.what, row.language, row.body) == ("about", "es", "<p>Uno <strong>dos</strong></p>")


def test_it_can_be_written_as_markdown(editor):
    client = signed_in(editor)
    page = form_in(client.get(f"{ABOUT}add/")).post(client, "Markdown")
    assert not Boilerplate.objects.exists()
    form_in(page).post(client, "Save", {"body": "Uno **dos**"})
    assert Boilerplate.objects.get().body == "<p>Uno <strong>dos</strong></p>"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"body": ""}, "This field is required."),
        ({"what": "links", "body": "<p>Mastodon</p>"}, "Write each name as a link"),
        ({"what": "note", "body": "<p>Another</p>"}, "already exists"),
    ],
)
def test_what_says_nothing_is_refused(editor, fields, error):
    Boilerplate.objects.create(what="note", language="en", body="<p>First</p>")
    client = signed_in(editor)
    answer = form_in(client.get(f"{ABOUT}add/")).post(client, "Save", fields)
    assert error in answer.content.decode()
    assert Boilerplate.objects.count() == 1


def test_a_writer_reads_it_and_changes_nothing(writer):
    row = Boilerplate.objects.create(what="note", language="en", body="<p>First</p>")
    client = signed_in(writer)
    assert b"First" in client.get(f"{ABOUT}{row.pk}/change/").content
    assert client.get(f"{ABOUT}add/").status_code == 403
    answer = client.post(f"{ABOUT}{row.pk}/change/", {"what": "note", "body": "<p>x</p>"})
    assert answer.status_code == 403


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("language", ["en", "es", "pt-br"])
def test_a_new_release_begins_with_its_template_which_cannot_be_published(writer, kind, language):
    client = signed_in(writer)
    form = form_in(client.get(f"{ADD}?kind={kind}&language={language}"), "release_form")
    template = Template.objects.get(kind=kind, language=language)
    assert (form.values["kind"], form.values["language"]) == (kind, language)
    assert form.values["body"] == template.body == clean_source(template.body)
    answer = form.post(client, "Save", {"headline": "A headline"})
    release = Release.objects.get()
    assert (release.kind, release.language, release.body) == (kind, language, template.body)
    missing = " ".join(words_of(answer, "//ul[@class='checklist-errors']/li"))
    assert "is still to be filled in" in missing
    assert departures(Content(language=language, body=template.body)) == []


def test_every_bracket_of_a_template_is_found_by_the_checklist(db):
    assert Template.objects.count() == 12
    for template in Template.objects.all():
        for text in paragraphs(template.body):
            while "[" in text:
                found = placeholder_in(text, template.language)
                assert found.startswith("["), text
                text = text.replace(found, "")


def test_the_front_page_offers_each_kind_in_each_language(writer):
    client = signed_in(writer)
    page = client.get("/desk/")
    assert words_of(page, "//a[@class='begin-kind']") == list(map(str, Kind.labels))
    form = form_in(client.get(ADD), "release_form")
    assert form.values["body"] == ""


def test_a_changed_template_is_what_the_next_release_begins_with(editor, writer):
    template = Template.objects.get(kind="statement", language="en")
    client = signed_in(editor)
    page = client.get(f"{TEMPLATES}{template.pk}/change/")
    answer = form_in(page).post(client, "Save", {"body": "<p>By [whoever]</p>"})
    assert "The checklist does not know “[whoever]”" in answer.content.decode()
    form_in(answer).post(client, "Save", {"body": "<p>By [name: who speaks]</p>"})
    form = form_in(signed_in(writer).get(f"{ADD}?kind=statement"), "release_form")
    assert form.values["body"] == "<p>By [name: who speaks]</p>"


@pytest.mark.parametrize("query", ["?kind=nothing", "?kind=statement&language=xx", "?language=es"])
def test_an_unknown_kind_or_language_begins_empty(writer, query):
    form = form_in(signed_in(writer).get(ADD + query), "release_form")
    assert form.values["body"] == ""


def test_there_is_one_of_each(db):
    row = Boilerplate(what="about", language="en", body="<p>One</p>")
    row.full_clean()
    row.save()
    with pytest.raises(ValidationError):
        Boilerplate(what="about", language="en", body="<p>Two</p>").full_clean()
