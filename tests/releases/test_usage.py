"""What is used anywhere stays; what nothing knows is swept; a failed act leaves nothing behind."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from files.leftovers import none_left
from files.models import Document, Picture
from files.renditions import rendition
from releases import autosaving, workflow
from releases.content import Attachment, Figure, read
from releases.models import Release
from releases.usage import unused
from tests.make import (
    make_contact,
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_user,
)
from tests.releases.desk.steps import opened, signed_in
from tests.releases.desk.test_pictures import drawn

pytestmark = pytest.mark.django_db
LATER = timedelta(days=2)


def sweep(*arguments: str) -> str:
    printed = StringIO()
    with time_machine.travel(timezone.now() + LATER, tick=False):
        call_command("sweep_files", *arguments, stdout=printed)
    return printed.getvalue()


def stored() -> list[str]:
    """Every file in the storage."""
    found, folders = [], [""]
    while folders:
        here = folders.pop()
        try:
            inner, names = default_storage.listdir(here)
        except FileNotFoundError:
            return []
        folders += [f"{here}/{name}".lstrip("/") for name in inner]
        found += [f"{here}/{name}" for name in names]
    return sorted(found)


def taken_out() -> tuple[Picture, Document]:
    """Files that stood in a draft once: only a revision knows them."""
    picture, document = make_picture(), make_document()
    release = make_release(
        figures=(Figure(picture.pk, "A"),), attachments=(Attachment(document.pk, "A"),)
    )
    by, seen = release.changed_by, release.version
    workflow.save(release.pk, by, seen, read(make_release()))
    return picture, document


def superseded() -> tuple[Picture, Document]:
    picture, document = make_picture(), make_document()
    first = make_edition(
        figures=(Figure(picture.pk, "A"),), attachments=(Attachment(document.pk, "A"),)
    )
    make_next_edition(first, figures=(), attachments=())
    return picture, document


def in_a_form() -> tuple[Picture, Document]:
    """Files that somebody uploaded into a form, and has not saved."""
    picture, document = make_picture(), make_document()
    values = {"figures-0-kept": [picture.key], "attachments-0-kept": [document.key]}
    autosaving.keep(make_user("writer"), make_release(), values)
    return picture, document


def photo() -> tuple[Picture]:
    picture = make_picture()
    make_contact(photo=picture)
    return (picture,)


@pytest.mark.parametrize("make", [taken_out, superseded, in_a_form, photo])
def test_what_anything_knows_is_kept(make):
    kept = make()
    assert sweep("--delete") == "0 removed.\n"
    for row in kept:
        assert default_storage.exists(row.file.name)
        assert type(row).objects.filter(pk=row.pk).exists()


def test_what_nothing_knows_is_listed_and_removed_when_told_so():
    picture, document = make_picture(), make_document()
    rendition(picture, 8, "webp").close()
    default_storage.save("pictures/broken-off/half.jpg", ContentFile(b"x"))
    kept = make_picture()
    make_contact(photo=kept)
    before = stored()
    said = sweep()
    assert [line.partition(" ")[0] for line in said.splitlines()] == [
        picture.file.name, document.file.name, "pictures/broken-off:", "3",
    ]  # fmt: skip
    assert stored() == before
    assert sweep("--delete").endswith("3 removed.\n")
    assert stored() == [kept.file.name]
    assert list(Picture.objects.all()) == [kept]
    assert not Document.objects.exists()


def test_what_is_new_is_left_alone():
    make_picture()
    default_storage.save("pictures/under-way/new.jpg", ContentFile(b"x"))
    printed = StringIO()
    call_command("sweep_files", "--delete", stdout=printed)
    assert printed.getvalue() == "0 removed.\n"
    assert len(stored()) == 2


def test_a_revision_that_cannot_be_read_stops_the_sweep():
    make_picture()
    make_release().revisions.update(schema=99)
    with pytest.raises(ValueError, match="99"):
        unused(timezone.now() + LATER)


# --- A failed or broken-off upload ---------------------------------------------------------------


def rows() -> list[int]:
    return [model.objects.count() for model in (Picture, Document)]


def test_an_exception_while_saving_leaves_neither_row_nor_file(writer, monkeypatch):
    release, client = make_release(), signed_in(writer)
    form = opened(client, release)
    row = form.add_row("figures")
    monkeypatch.setattr(workflow, "save", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        form.post(client, "Save", {f"{row}upload": drawn(), f"{row}alt": "A"})
    assert (stored(), rows()) == ([], [0, 0])


def test_a_row_that_cannot_be_written_takes_its_file_with_it(monkeypatch):
    monkeypatch.setattr(Picture, "save", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make_picture()
    assert stored() == []


def test_what_was_stored_before_a_failure_stays():
    kept = make_picture()
    with pytest.raises(ZeroDivisionError), none_left():
        make_document()
        raise ZeroDivisionError
    assert stored() == [kept.file.name]


# --- The list at the desk ------------------------------------------------------------------------

LIST = "/desk/releases/release/files/"


def test_the_list_says_where_each_is_used(writer):
    picture, document = make_picture("chart.png"), make_document("data.csv")
    edition = make_edition(
        headline="The report",
        figures=(Figure(picture.pk, "A"),),
        attachments=(Attachment(document.pk, "A"),),
    )
    make_contact("Ann Lee", photo=picture)
    client = signed_in(writer)
    shown = client.get(LIST).content.decode()
    for words in ("chart.png", "Edition 1: The report", "Ann Lee", "data"):
        assert words in shown
    assert f"/desk/releases/release/{edition.release_id}/change/" in shown
    assert "data.csv" not in shown
    shown = client.get(f"{LIST}?kind=documents").content.decode()
    assert "data.csv" in shown
    assert "Edition 1: The report" in shown


def test_the_list_keeps_the_secret_of_a_restricted_release(writer):
    other = make_user("writer")
    release = make_release(
        other,
        headline="Hidden",
        figures=(Figure(make_picture("hidden.png").pk, "A"),),
        attachments=(Attachment(make_document("hidden.csv").pk, "A"),),
    )
    make_picture("nowhere.png")
    release = Release.objects.get(pk=release.pk)
    workflow.restrict(release.pk, other, release.version, [other])
    for query in ("", "?kind=documents"):
        assert "hidden" in signed_in(other).get(LIST + query).content.decode().casefold()
        shown = signed_in(writer).get(LIST + query).content.decode().casefold()
        assert "hidden." not in shown
        assert "nowhere.png" not in shown
