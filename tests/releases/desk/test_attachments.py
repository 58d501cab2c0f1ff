"""Files of a release: each comes in through its gate, is published with the text, and saved."""

from datetime import UTC, datetime, timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from files.models import Document
from releases import sharing
from releases.content import Attachment, read
from tests.forms import form_in, words_of
from tests.make import make_document, make_edition, make_next_edition, make_release, make_user
from tests.releases.desk.steps import opened, signed_in

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


def table(data: bytes = b"Year,Share\n2024,14\n", name: str = "The Data.csv"):
    return SimpleUploadedFile(name, data)


def with_file(client, upload, release, **words):
    """Open the form, add a file to it, save; return the answer."""
    form = opened(client, release)
    row = form.add_row("attachments")
    changes = {f"{row}upload": upload, **{f"{row}{name}": text for name, text in words.items()}}
    return form.post(client, "Save", {name: one for name, one in changes.items() if one})


def test_a_file_is_stored_with_its_title_and_kept(writer):
    release, client = make_release(), signed_in(writer)
    with_file(client, table(), release, title="Data for the chart")
    [row] = release.attachments.select_related("document")
    assert (row.title, row.document.name, row.document.size) == (
        "Data for the chart", "the-data.csv", 19,
    )  # fmt: skip
    opened(client, release).post(client, "Save", {"headline": "Changed"})
    assert release.attachments.get().document == row.document
    opened(client, release).post(client, "Save", {"attachments-0-DELETE": "on"})
    assert not release.attachments.exists()


def test_files_keep_the_order_of_their_positions(writer):
    first, second = make_document("a.csv"), make_document("b.csv")
    release = make_release(attachments=(Attachment(first.pk, "A"), Attachment(second.pk, "B")))
    client = signed_in(writer)
    opened(client, release).post(client, "Save", {"attachments-0-position": "5"})
    assert [one.title for one in read(release).attachments] == ["B", "A"]


def test_a_refusal_stands_beside_the_field_and_leaves_nothing(writer, settings):
    response = with_file(signed_in(writer), table(b"MZ\x00", "a.csv"), make_release(), title="A")
    [told] = words_of(response, "//*[contains(@class, 'field-upload')]//ul/li")
    assert told.startswith("Only PDF documents and tables")
    assert not Document.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_a_file_without_a_title_is_saved_but_not_submitted(writer):
    release, client = make_release(), signed_in(writer)
    with_file(client, table(), release)
    response = opened(client, release).post(client, "Submit for review")
    assert "Give each file a title that says what it is." in response.content.decode()


def test_a_file_outlives_a_collision(writer):
    release, client = make_release(), signed_in(writer)
    form = opened(client, release)
    opened(client, release).post(client, "Save", {"headline": "Meanwhile"})
    row = form.add_row("attachments")
    response = form.post(client, "Save", {f"{row}upload": table(), f"{row}title": "Data"})
    assert not release.attachments.exists()
    form_in(response, "release_form").post(client, "Save")
    assert release.attachments.get().title == "Data"


def test_readers_find_it_below_the_text_and_save_it(stranger):
    document = make_document("data.csv")
    edition = make_edition(attachments=(Attachment(document.pk, "Data for the chart"),))
    shown = stranger.get(edition.get_absolute_url())
    assert words_of(shown, "//section[@aria-labelledby='files']//li") == [
        "Data for the chart (CSV, 19 bytes)"
    ]
    answer = stranger.get(document.get_absolute_url())
    assert b"".join(answer.streaming_content) == document.file.read()
    headers = answer.headers
    assert headers["Content-Disposition"] == 'attachment; filename="data.csv"'
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    wrong = document.get_absolute_url().replace("data.csv", "other.csv")
    assert stranger.get(wrong).status_code == 404


def test_it_is_public_if_and_only_if_an_edition_is(stranger):
    document, other = make_document(), make_document()
    edition = make_edition(NOON, attachments=(Attachment(document.pk, "Data"),))
    secret = sharing.make_link(edition.release, make_user("publisher"), "Jo")
    shared = f"/embargo/{secret}/files/{document.key}/report.csv"
    with time_machine.travel(NOON - timedelta(seconds=1), tick=False):
        assert stranger.get(document.get_absolute_url()).status_code == 404
        assert stranger.get(shared).headers["Cache-Control"] == "private, no-store"
        page = stranger.post(f"/embargo/{secret}/").content.decode()
        assert f'href="{shared}"' in page
        assert stranger.get(shared.replace(document.key, other.key)).status_code == 404
    with time_machine.travel(NOON, tick=False):
        assert stranger.get(document.get_absolute_url()).status_code == 200
        assert stranger.get(shared).status_code == 404
        assert stranger.get(other.get_absolute_url()).status_code == 404


def test_a_file_of_a_superseded_edition_stays_and_the_difference_is_told(stranger):
    former, present = make_document("old.csv"), make_document("new.csv")
    first = make_edition(attachments=(Attachment(former.pk, "Data"),))
    second = make_next_edition(first, attachments=(Attachment(present.pk, "Data"),))
    assert stranger.get(former.get_absolute_url()).status_code == 200
    changes = stranger.get(second.get_changes_url()).content.decode()
    assert "Files" in changes
    assert "old" in changes
    assert "new" in changes
