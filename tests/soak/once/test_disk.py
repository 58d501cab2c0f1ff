"""The disk is full, or the media folder can't be written to: readers read on, staff are told."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from lxml import html
from PIL import Image

from tests.server import Site, made_site, serving
from tests.soak.once.people import FORM, Person
from tests.soak.once.test_database_away import COLD, DRAFT, SAVED, WARM
from tests.soak.script import run

UPLOAD = "/desk/releases/release/pictures/"
PICTURED = """
from releases.models import Edition
figures = Edition.objects.exclude(figures=None).latest("pk")
print(figures.get_absolute_url())
"""
PROGRAM = "tests/soak/once/small_disk.py"


@dataclass
class Place:
    """A site on SQLite, and its folder as its server sees it."""

    site: Site
    folder: Path
    server: int

    def media(self) -> set[str]:
        return {str(path) for path in (self.folder / "media").rglob("*") if path.is_file()}


@contextmanager
def on(kind: str, tmp_path: Path) -> Iterator[Place]:
    """A site on a disk of this kind."""
    with made_site(tmp_path) as environment:
        environment["SMALL_DISK"] = kind
        before = children()
        with serving(environment, tmp_path / "server.log", PROGRAM) as url:
            (server,) = children() - before
            seen = Path(f"/proc/{server}/root") / str(tmp_path).lstrip("/")
            yield Place(Site(url, environment), seen, server)


def children() -> set[int]:
    """The processes that this one has started."""
    of_mine = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(one) for path in of_mine for one in path.read_text().split()}


def picture() -> bytes:
    """A picture that nothing makes smaller."""
    noise = Image.frombytes("RGB", (640, 640), Random(1).randbytes(640 * 640 * 3))
    found = BytesIO()
    noise.save(found, "PNG")
    return found.getvalue()


@pytest.fixture(autouse=True)
def on_sqlite(monkeypatch):
    """PostgreSQL keeps its files elsewhere; its own full disk is told to us as an error like it."""
    monkeypatch.delenv("PRESS_DATABASE_URL", raising=False)


def test_a_full_disk(tmp_path):
    with on("full", tmp_path) as place:
        key = run(place.site, DRAFT).strip()
        writer = Person(place.site.url)
        writer.sign_in("writer")
        page = writer.ask(FORM.format(key))
        token = page.form("headline").fields["csrfmiddlewaretoken"]
        assert {writer.ask(path).status for path in WARM} == {200}
        filler = place.folder / "filler"
        with pytest.raises(OSError, match="space"):
            fill(filler)
        media = place.media()
        read = [Person(place.site.url).ask(path) for path in (*WARM, *COLD)]
        assert [one.url for one in read if one.status != 200 or not one.is_whole] == []
        lost = writer.press(page, "headline", "_continue", headline="Typed on a full disk")
        assert lost.status == 503
        assert "no room left" in lost.text
        refused = writer.upload(UPLOAD, token, picture())
        assert (refused.status, "no room left" in json.loads(refused.text)["error"]) == (503, True)
        assert place.media() == media
        filler.unlink()
        saved = writer.press(lost, "headline")
        assert saved.status == 200
        assert saved.form("headline").fields["headline"].strip() == "Typed on a full disk"
        assert writer.upload(UPLOAD, token, picture()).status == 200
        assert len(place.media()) == len(media) + 1


def fill(path: Path) -> None:
    """Write until there is no room, to the last byte."""
    with path.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError as error:
                full = error
    raise full


def test_a_media_folder_that_cannot_be_written_to(tmp_path):
    with on("read-only", tmp_path) as place:
        key, pictured = run(place.site, DRAFT).strip(), run(place.site, PICTURED).strip()
        reader, writer = Person(place.site.url), Person(place.site.url)
        writer.sign_in("writer")
        page = writer.ask(FORM.format(key))
        token = page.form("headline").fields["csrfmiddlewaretoken"]
        shown = html.fromstring(reader.ask(pictured).text)
        sources = [one.split()[0] for text in shown.xpath("//@srcset") for one in text.split(",")]
        assert len(sources) > 3
        # None of these copies was made before, and none can be kept.
        assert {reader.ask(one).status for one in sources} == {200}
        media = place.media()
        assert not any("renditions" in one for one in media)
        saved = writer.press(page, "headline", "_continue", headline="Words have room")
        assert saved.status == 200
        refused = writer.upload(UPLOAD, token, picture())
        assert (refused.status, "can’t be written" in json.loads(refused.text)["error"]) == (
            503,
            True,
        )
        assert place.media() == media
        let_it_write(place, tmp_path / "media")
        assert writer.upload(UPLOAD, token, picture()).status == 200
        assert len(place.media()) == len(media) + 1
        stored = run(place.site, SAVED.format(key=key)).strip().split("|")
        assert stored[-1] == "Words have room"


def let_it_write(place: Place, folder: Path) -> None:
    """Give the right back, where the server sees it."""
    inside = ["nsenter", f"--target={place.server}", "--user", "--mount", "--preserve-credentials"]
    subprocess.run([*inside, "mount", "-o", "remount,bind,rw", str(folder)], check=True)
