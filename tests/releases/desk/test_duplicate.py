"""Duplicating a release at the desk."""

import pytest

from releases.content import Attachment, Figure, read
from releases.models import Release
from tests.make import make_document, make_edition, make_picture, make_release
from tests.releases.desk.steps import address, opened, press, said, signed_in


def test_the_button_opens_a_draft_with_the_same_text(writer):
    edition = make_edition(headline="The report", slug="the-report", body="<p>Its text.</p>")
    client = signed_in(writer)
    response = press(client, Release.objects.get(pk=edition.release_id), "Duplicate")
    copy = Release.objects.exclude(pk=edition.release_id).get()
    assert response.request["PATH_INFO"] == address(copy)
    [told] = said(response)
    assert told.startswith("This draft is a copy of “The report”: its text, topics")
    assert opened(client, copy).values["headline"] == "The report"
    assert read(copy).body == "<p>Its text.</p>"


@pytest.mark.parametrize(
    ("pictures", "files", "left"),
    [
        (0, 0, "Left behind: address, date."),
        (1, 0, "Left behind: address, date, 1 picture."),
        (2, 1, "Left behind: address, date, 2 pictures, 1 file."),
        (0, 3, "Left behind: address, date, 3 files."),
    ],
)
def test_it_says_what_was_left_behind(writer, pictures, files, left):
    release = make_release(
        figures=tuple(Figure(make_picture().pk, "A square") for _ in range(pictures)),
        attachments=tuple(Attachment(make_document().pk, "Annex") for _ in range(files)),
    )
    [told] = said(press(signed_in(writer), release, "Duplicate"))
    assert told.endswith(left)


def test_the_copy_is_saved_at_an_address_of_its_own(writer):
    release, client = make_release(headline="The report", slug="the-report"), signed_in(writer)
    press(client, release, "Duplicate")
    copy = Release.objects.exclude(pk=release.pk).get()
    opened(client, copy).post(client, "Save", {"headline": "The next report"})
    assert read(Release.objects.get(pk=copy.pk)).slug == "the-next-report"
    assert read(Release.objects.get(pk=release.pk)).slug == "the-report"


def test_a_release_changed_meanwhile_is_not_copied(writer):
    release = make_release(writer)
    sent = {"seen": release.version - 1}
    response = signed_in(writer).post(address(release, "duplicate"), sent, follow=True)
    assert response.request["PATH_INFO"] == address(release)
    assert "changed this release after you opened it" in said(response)[0]
    assert Release.objects.get() == release


def test_looking_makes_no_copy(writer):
    release = make_release(writer)
    assert signed_in(writer).get(address(release, "duplicate")).status_code == 405
    assert Release.objects.get() == release
