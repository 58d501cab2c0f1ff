"""Files are made once, by one at a time, and known by all that they show."""

from collections.abc import Iterator
from dataclasses import replace
from threading import Event, Thread

import pytest
import time_machine
from django.utils import timezone

from contacts.models import Contact
from releases.formats import FORMATS, made
from tests.cepr_press.test_page_cache import app
from tests.make import make_edition
from tests.releases.newsroom.reader import Reader

__all__ = ["app"]


@pytest.fixture
def written(monkeypatch) -> list[str]:
    """The headlines of the texts that were written, in their order."""
    found: list[str] = []
    text = FORMATS["txt"]

    def write(facts):
        found.append(facts.headline)
        return text.make(facts)

    counted = {**FORMATS, "txt": replace(text, make=write)}
    monkeypatch.setattr("releases.newsroom.downloads.FORMATS", counted)
    return found


@pytest.mark.django_db
def test_a_file_is_made_once(stranger, written):
    edition = make_edition(headline="Once")
    for _ in range(3):
        assert b"Once" in stranger.get(f"/releases/{edition.slug}.txt").content
    assert written == ["Once"]


@pytest.mark.django_db
def test_another_phone_number_is_another_file(stranger, written):
    edition = make_edition(headline="Twice")
    address = f"/releases/{edition.slug}.txt"
    stranger.get(address)
    Contact.objects.update(phone="+12025550177")
    assert b"(202) 555-0177" in stranger.get(address).content
    assert len(written) == 2


def test_one_thread_makes_it_and_the_others_wait():
    store, at_work, may_end = made.Made(), Event(), Event()
    times: list[str] = []
    found: list[bytes] = []

    def make() -> bytes:
        times.append("made")
        at_work.set()
        assert may_end.wait(timeout=10)
        return b"file"

    threads = [Thread(target=lambda: found.append(store.get("key", make))) for _ in range(4)]
    threads[0].start()
    assert at_work.wait(timeout=10)
    for thread in threads[1:]:
        thread.start()
    may_end.set()
    for thread in threads:
        thread.join(timeout=10)
    assert (times, found) == (["made"], [b"file"] * 4)
    assert store.turns == {}


def test_who_fails_leaves_the_turn_to_the_next():
    store = made.Made()

    def fail() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):
        store.get("key", fail)
    assert store.get("key", lambda: b"file") == b"file"


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(made, "MOST_BYTES", 100)
    store = made.Made()
    for n in range(10):
        store.get(str(n), lambda: b"x" * 30)
    assert (list(store.files), store.size) == (["7", "8", "9"], 90)
    store.get("large", lambda: b"x" * 60)
    assert "large" not in store.files


# --- The page cache in front ----------------------------------------------------------------------


@pytest.fixture
def clock(db) -> Iterator[None]:
    """A clock that stands, so that the generation is asked for once."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def test_the_page_cache_keeps_files_as_they_are(app, clock):
    edition = make_edition()
    reader = Reader(app)
    for suffix in FORMATS:
        address = f"/releases/{edition.slug}.{suffix}"
        first = reader.ask(address, HTTP_ACCEPT_ENCODING="br")
        again = reader.ask(address, HTTP_ACCEPT_ENCODING="br")
        assert first.body == again.body
        assert again.queries == 0
        compressed = again.header("Content-Encoding")
        assert compressed == ("" if suffix in ("pdf", "docx", "zip") else "br")


def test_a_very_large_file_pushes_no_page_out(app, clock, monkeypatch):
    monkeypatch.setattr("cepr_press.page_cache.LARGEST", 1000)
    edition = make_edition()
    reader = Reader(app)
    address = f"/releases/{edition.slug}.pdf"
    assert reader.ask(address).body[:5] == reader.ask(address).body[:5] == b"%PDF-"
    assert reader.ask(address).queries > 0
    assert "no-cache" in reader.ask(address).header("Cache-Control")
