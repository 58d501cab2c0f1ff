"""Caches in front are told of each change, and an answer never waits for them."""

import json
import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue
from threading import Thread
from threading import enumerate as enumerate_threads

import pytest
from django.core.management import CommandError, call_command

from cepr_press import purge
from cepr_press.page_cache import PageCache
from tests.cepr_press.test_page_cache import app, ask
from tests.make import make_edition, make_topic

__all__ = ["app"]


@pytest.fixture
def told(settings, monkeypatch) -> Iterator[Queue]:
    """What a hook that really listens was told: headers and body of each message."""
    messages: Queue = Queue()

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            messages.put((dict(self.headers), json.loads(body)))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.PURGE_URL = f"http://127.0.0.1:{server.server_port}/purge"
    settings.PURGE_TOKEN = "a token"
    monkeypatch.setattr(purge, "WAITS", (0.0,))
    yield messages
    server.shutdown()
    server.server_close()


def changing(environ, start_response):
    """An application that publishes by POST."""
    if environ["PATH_INFO"] == "/publish/":
        make_edition()
    start_response("200 OK", [])
    return [b"done"]


def test_a_publication_is_told(db, told):
    site = PageCache(changing)
    ask(site, "/")
    ask(site, "/draft/", method="POST")
    assert told.empty()
    assert ask(site, "/publish/", method="POST").status == 200
    headers, body = told.get(timeout=10)
    assert headers["Authorization"] == "Bearer a token"
    assert headers["Surrogate-Key"] == headers["Cache-Tag"] == "newsroom"
    assert body == {"tags": ["newsroom"]}


def test_a_hook_that_does_not_listen_breaks_nothing_and_is_logged(db, told, settings, caplog):
    settings.PURGE_URL = "http://127.0.0.1:9/purge"
    site = PageCache(changing)
    ask(site, "/")
    assert ask(site, "/publish/", method="POST").status == 200
    with caplog.at_level(logging.ERROR):
        purge.purge_later()
        for thread in [one for one in enumerate_threads() if one.name == "purge"]:
            thread.join(10)
    assert "not told" in caplog.text


def test_a_script_tells_by_a_command(told, capsys):
    call_command("purge")
    assert told.get(timeout=10)[1] == {"tags": ["newsroom"]}
    assert capsys.readouterr().out == "Told.\n"


@pytest.mark.parametrize(
    ("address", "words"), [("", "PRESS_PURGE_URL"), ("http://127.0.0.1:9/", "not told")]
)
def test_the_command_says_what_went_wrong(settings, address, words):
    settings.PURGE_URL = address
    with pytest.raises(CommandError, match=words):
        call_command("purge")


def test_without_a_hook_nobody_is_told(db, told, settings):
    settings.PURGE_URL = ""
    site = PageCache(changing)
    ask(site, "/")
    ask(site, "/publish/", method="POST")
    make_topic()
    assert told.empty()
