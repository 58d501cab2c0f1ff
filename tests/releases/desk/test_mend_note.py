"""Mending a note at the desk: found beside the release, stored with what was seen."""

from releases import workflow
from releases.content import Content
from releases.models import Note, Release
from tests.forms import form_in, page_of, words_of
from tests.make import make_edition, make_next_edition, make_user
from tests.releases.desk.steps import address, said, signed_in

MEND = "//*[@class='release-editions']//a/@href"
ERRORS = "//*[contains(@class, 'errornote')]//li"


def corrected():
    edition = make_next_edition(make_edition(), note="Teh number.", headline="Right")
    return make_next_edition(edition, None, "typo", "", headline="Rihgt")


def test_a_publisher_finds_it_beside_the_release(publisher):
    edition = corrected()
    client = signed_in(publisher)
    response = client.get(address(edition.release))
    rows = words_of(response, "//*[@class='release-editions']//li")
    assert [" ".join(row.split()[:3]) for row in rows] == [
        "Edition 3 Typing", "Edition 2 Correction", "Edition 1 First",
    ]  # fmt: skip
    assert "Teh number." in rows[1]
    typo, correction = page_of(response).xpath(MEND)
    shown = form_in(client.get(correction))
    assert shown.values["text"] == "Teh number."
    response = shown.post(client, "Mend the note", {"text": "The number."})
    assert said(response) == ["The note of edition 2 is mended."]
    assert "Teh number." in words_of(response, "//*[@class='release-log']")[0]
    form_in(client.get(typo)).post(client, "Mend the note", {"text": "Two letters."})
    notes = Note.objects.order_by("edition__number").values_list("text", flat=True)
    assert list(notes) == ["The number.", "Two letters."]


def test_an_editor_sees_the_editions_and_cannot_mend(editor):
    response = signed_in(editor).get(address(corrected().release))
    assert words_of(response, "//*[@class='release-editions']//li")
    assert not page_of(response).xpath(MEND)


def test_a_release_that_was_never_published_has_no_editions(publisher, writer):
    release = workflow.create(writer, Content(headline="A draft"))
    response = signed_in(publisher).get(address(release))
    assert not words_of(response, "//*[@class='release-editions']")


def test_who_comes_second_is_told(publisher):
    edition = corrected()
    client = signed_in(publisher)
    [_typo, correction] = page_of(client.get(address(edition.release))).xpath(MEND)
    shown = form_in(client.get(correction))
    release = Release.objects.get(pk=edition.release_id)
    other = make_user("publisher")
    workflow.mend_note(release.pk, other, release.version, 2, "By another.")
    response = shown.post(client, "Mend the note", {"text": "By me."})
    assert len(words_of(response, ERRORS)) == 1
    assert form_in(response).values["text"] == "By me."
    assert Note.objects.get().text == "By another."


def test_no_words_and_no_edition(publisher):
    edition = corrected()
    client = signed_in(publisher)
    page = f"/desk/releases/release/{edition.release_id}/editions/2/note/"
    form_in(client.get(page)).post(client, "Mend the note", {"text": " "})
    assert Note.objects.get().text == "Teh number."
    assert client.get(page.replace("/2/", "/4/")).status_code == 404
    first = client.get(page.replace("/2/", "/1/"))
    response = form_in(first).post(client, "Mend the note", {"text": "Why?"})
    assert words_of(response, ERRORS) == ["Only an edition after the first has a note."]
