"""A reader before the page cache, as the application server runs it, who asks in every way."""

import gzip
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import brotli
from django.db import connection

from cepr_press.page_cache import App
from tests.releases.newsroom.walk import Answer, addresses

UNPACK = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress}
#: What mails and trackers hang on an address; it makes no page of its own.
JUNK = "utm_source=mail&q=%3Cb%3E&page=2&before=" + "9" * 200
#: How a page that may be kept is asked for, besides plainly: the method, more query, headers.
WAYS: dict[str, tuple[str, str, dict[str, str]]] = {
    "HEAD": ("HEAD", "", {}),
    "junk": ("GET", JUNK, {}),
    "br": ("GET", "", {"HTTP_ACCEPT_ENCODING": "br"}),
    "gzip": ("GET", "", {"HTTP_ACCEPT_ENCODING": "gzip"}),
    "by nginx": ("GET", "", {"HTTP_X_ACCEL": "yes"}),
    "signed in elsewhere": ("GET", "", {"HTTP_COOKIE": "sessionid=x", "HTTP_RANGE": "bytes=0-9"}),
}


class Statements:
    """Counts what the database is sent; to keep each statement would take longer than to ask."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.number += 1
        return execute(*statement)


class Reader:
    """Asks a WSGI application, and remembers each page's former ETag as a browser would."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.tags: dict[str, str] = {}

    def ask(self, address: str, method: str = "GET", way: str = "", **headers: str) -> Answer:
        """Ask for one address; the body comes unpacked."""
        path, _mark, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": unquote(path).encode().decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **headers,
        }
        started: list = []
        statements = Statements()
        with connection.execute_wrapper(statements):
            parts = self.app(environ, lambda *answer: started.append(answer))
            body = b"".join(parts)
            getattr(parts, "close", lambda: None)()
        said = tuple(sorted(started[0][1]))
        status = int(started[0][0][:3])
        answer = Answer(address, status, said, body, statements.number, way or method)
        unpack = UNPACK[answer.header("Content-Encoding") if body else ""]
        return Answer(address, status, said, unpack(body), statements.number, answer.way)

    def walk(self) -> list[Answer]:
        """The answers of every address, and of each in every way that may differ."""
        return [answer for address in addresses() for answer in self._each_way(address)]

    def walk_again(self) -> list[Answer]:
        """The plain answers of every address, and what one is told who has the former page."""
        return [answer for address in addresses() for answer in self._plain_and_former(address)]

    def plainly(self) -> dict[str, Answer]:
        """The plain answer of every address of the newsroom; the desk's forms differ each time."""
        public = (address for address in addresses() if not address.startswith("/desk/"))
        return {address: self.ask(address) for address in public}

    def _plain_and_former(self, address: str) -> list[Answer]:
        former = self.tags.get(address)
        plain = self.ask(address)
        if former:
            return [plain, self.ask(address, way="former", HTTP_IF_NONE_MATCH=former)]
        return [plain]

    def _each_way(self, address: str) -> list[Answer]:
        """Plainly, as one who has the former page, and (where it is kept) in all other ways.

        HEAD also where it is not kept, but for what isn't there: test_walk.py asks for that by HEAD
        beside what has never been.
        """
        found = self._plain_and_former(address)
        if tag := found[0].header("ETag"):
            self.tags[address] = tag
            found.append(self.ask(address, way="same", HTTP_IF_NONE_MATCH=tag))
        for way, (method, query, headers) in WAYS.items():
            if tag or (way == "HEAD" and found[0].status != 404):
                mark = "&" if "?" in address else "?"
                asked = f"{address}{mark}{query}" if query else address
                found.append(self.ask(asked, method, way, **headers))
        return found
