"""The storage has lost a file: pages and files come without it, and nobody keeps them so."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from files.models import Document, Picture
from releases.formats import FORMATS, made
from tests.cepr_press.test_page_cache import app
from tests.releases.formats.everything import everything
from tests.releases.formats.read import READERS
from tests.releases.newsroom.reader import Reader

__all__ = ["app"]
pytestmark = pytest.mark.django_db

#: The formats that hold pictures, and how each is told to hold one.
HOLDS_PICTURE = {
    "pdf": lambda data: b"/Subtype /Image" in data or b"/Subtype/Image" in data,
    "docx": lambda data: any("media/" in name for name in ZipFile(BytesIO(data)).namelist()),
    "zip": lambda data: any("square" in name for name in ZipFile(BytesIO(data)).namelist()),
}


@pytest.fixture(autouse=True)
def _nothing_made() -> None:
    made.kept.clear()


def lose(row: Picture | Document) -> bytes:
    """Take a row's file out of the storage; return what was in it."""
    with default_storage.open(row.file.name) as file:
        data: bytes = file.read()
    default_storage.delete(row.file.name)
    return data


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_comes_without_it_and_says_all_else(stranger, caplog, suffix):
    edition = everything()
    whole = stranger.get(f"/releases/{edition.slug}.{suffix}").content
    made.kept.clear()
    for row in (Picture.objects.get(), Document.objects.get()):
        lose(row)
    answer = stranger.get(f"/releases/{edition.slug}.{suffix}")
    assert answer.status_code == 200
    said = READERS[suffix](answer.content)
    assert "last words" in said or suffix == "bib"
    if suffix in HOLDS_PICTURE:
        assert (HOLDS_PICTURE[suffix](whole), HOLDS_PICTURE[suffix](answer.content)) == (
            True,
            False,
        )
        [picture] = Picture.objects.all()
        assert any(f"has no file {picture.file.name}" in one.message for one in caplog.records)


@pytest.mark.parametrize("suffix", HOLDS_PICTURE)
def test_the_file_is_whole_again_once_the_storage_is(app, suffix):
    edition = everything()
    [picture] = Picture.objects.all()
    data = lose(picture)
    reader, address = Reader(app), f"/releases/{edition.slug}.{suffix}"
    first = reader.ask(address)
    assert not HOLDS_PICTURE[suffix](first.body)
    assert first.header("Cache-Control") == "no-store"
    default_storage.save(picture.file.name, BytesIO(data))
    second = reader.ask(address)
    assert HOLDS_PICTURE[suffix](second.body)
    assert "public" in second.header("Cache-Control")


def test_what_is_left_is_made_once(stranger, monkeypatch):
    edition = everything()
    lose(Picture.objects.get())
    begun = []
    word = FORMATS["docx"]

    def write(facts):
        begun.append(len(facts.figures))
        return word.make(facts)

    monkeypatch.setattr(
        "releases.newsroom.downloads.FORMATS",
        {**FORMATS, "docx": made.replace(word, make=write)},
    )
    for _ in range(3):
        stranger.get(f"/releases/{edition.slug}.docx")
    # The whole one is tried each time, and ends where the picture is asked for.
    assert begun == [1, 0, 1, 1]


def test_the_page_is_shown_and_the_addresses_of_the_file_say_404(stranger, caplog):
    edition = everything()
    picture, document = Picture.objects.get(), Document.objects.get()
    addresses = [
        picture.get_absolute_url(),
        document.get_absolute_url(),
        f"/media/{picture.key}/{picture.width}/square.webp",
    ]
    assert {stranger.get(one).status_code for one in addresses[:2]} == {200}
    lose(picture)
    lose(document)
    assert stranger.get(edition.get_absolute_url()).status_code == 200
    for address in addresses:
        caplog.clear()
        answer = stranger.get(address)
        assert answer.status_code == 404
        assert "max-age" not in answer.headers.get("Cache-Control", "")
        assert any("has no file" in one.message for one in caplog.records)
