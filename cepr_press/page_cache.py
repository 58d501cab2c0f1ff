"""The page cache in front of Django: a finished answer is served without entering Django.

An answer is kept under (generation, host, address, encoding). It is right as long as the
generation stands (asked at most every CHECK seconds, and at once after this process has taken a
request that may change something) and the next transition has not come. One thread renders an
address; others that want it wait for that render. What is kept is bounded in bytes.

Kept: 200s of the newsroom. Not kept: anything of the desk, anything with a cookie or `no-store`,
and answers for addresses that do not exist, of which there are endlessly many.
HTTP caching follows RFC 9111, conditional requests RFC 9110, section 13.
"""

import gzip
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import Error, connection
from django.http.request import split_domain_port, validate_host
from django.utils.http import http_date, parse_http_date_safe

from cepr_press import generation
from cepr_press.transitions import next_change

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

# How old, in seconds, this process's knowledge of the generation may be.
CHECK = 0.5
# How long, in seconds, browsers and caches in front may use an answer without asking again.
FRESH = 1
MOST_BYTES = 64 * 1024 * 1024
BYPASSED = ("/desk/", "/embargo/", "/media/", "/static/")
PARAMETERS = frozenset({"before", "after"})
LONGEST_VALUE = 100
CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A finished answer in one encoding.

    `headers` go with the whole of it, `bare` with a 304; `closing` is what both say in the last
    moments before a transition, when nobody may keep the answer any longer.
    """

    status: str
    headers: Headers
    bare: Headers
    closing: Headers
    body: bytes
    etag: str
    modified: int
    until: float


class Store:
    """The answers of one generation, bounded in bytes; the oldest go first."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, ...], Answer] = {}
        self.rendering: dict[tuple[str, ...], Lock] = {}
        self.size = 0
        self.lock = Lock()

    def put(self, key: tuple[str, ...], answer: Answer) -> None:
        """Keep an answer, and drop the oldest ones beyond the bound."""
        with self.lock:
            former = self.answers.pop(key, None)
            self.size += len(answer.body) - (len(former.body) if former else 0)
            self.answers[key] = answer
            while self.size > MOST_BYTES and len(self.answers) > 1:
                oldest = next(iter(self.answers))
                self.size -= len(self.answers.pop(oldest).body)

    def lock_for(self, key: tuple[str, ...]) -> Lock:
        """Return the lock that whoever renders this address holds."""
        with self.lock:
            return self.rendering.setdefault(key, Lock())


class PageCache:
    """WSGI middleware (PEP 3333): `PageCache(application)` is an application again."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.store = Store()
        self.former = Store()
        self.generation: int | None = None
        self.checked = 0.0
        self.proxy = settings.SECURE_PROXY_SSL_HEADER

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or let Django render and keep that."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._changing(environ, start_response)
        now = time.time()
        if not 0 <= now - self.checked < CHECK:
            self._check(now)
        query = environ.get("QUERY_STRING", "")
        if query:
            query = normalised(query)
        scheme = environ["wsgi.url_scheme"] if self.proxy is None else self._scheme(environ)
        encoding = "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else ""
        host, path = environ.get("HTTP_HOST", ""), environ["PATH_INFO"]
        answer = self.store.answers.get((scheme, host, path, query, encoding))
        if answer is not None and now < answer.until:
            return respond(environ, start_response, answer, now)
        if path.startswith(BYPASSED) or not allowed_host(host):
            return self.app(environ, start_response)
        # From here on it is a page of the newsroom: what it does not know, Django need not see.
        environ["QUERY_STRING"] = query
        return self._rendered(environ, start_response, (scheme, host, path, query), encoding)

    def _scheme(self, environ: Environ) -> str:
        """Return the scheme as Django will see it (SECURE_PROXY_SSL_HEADER).

        A page asked for by plain http, which Django redirects, is another one than by https.
        """
        name, secure = self.proxy or ("", "")
        said = environ.get(name)
        if said is None:
            return str(environ["wsgi.url_scheme"])
        return "https" if said.split(",")[0].strip() == secure else "http"

    def _changing(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let a request through that may change something; the next one then asks again."""
        try:
            return self.app(environ, start_response)
        finally:
            self.checked = 0.0

    def _check(self, now: float) -> None:
        """Ask for the generation; a new one starts with an empty store.

        With the database away, what is kept goes on being served until it is back.
        """
        self.checked = now
        try:
            present: int | None = generation.current()
        except Error:
            # Outside a request nobody else drops a connection that broke; the next check opens one.
            connection.close()
            return
        if present != self.generation:
            self.generation, self.former, self.store = present, self.store, Store()

    def _rendered(
        self,
        environ: Environ,
        start_response: StartResponse,
        address: tuple[str, ...],
        encoding: str,
    ) -> Iterable[bytes]:
        """Render and keep, one thread an address; whoever waited finds it kept."""
        store = self.store
        with store.lock_for(address):
            answer = store.answers.get((*address, encoding))
            now = time.time()
            if answer is None or now >= answer.until:
                status, headers, body = render(self.app, environ)
                if not keepable(status, headers):
                    start_response(status, unkept(headers))
                    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
                answer = self._keep(store, address, encoding, (status, headers, body), now)
        return respond(environ, start_response, answer, time.time())

    def _keep(
        self,
        store: Store,
        address: tuple[str, ...],
        encoding: str,
        rendered: tuple[str, Headers, bytes],
        began: float,
    ) -> Answer:
        """Store the answer in each encoding; return the one asked for."""
        change = next_change(datetime.fromtimestamp(began, UTC))
        until = change.timestamp() if change else float("inf")
        for name in ("", "gzip"):
            key = (*address, name)
            former = self.former.answers.get(key)
            store.put(key, encoded(rendered, name, until, int(began), former))
        return store.answers[(*address, encoding)]


@lru_cache(maxsize=256)
def allowed_host(host: str) -> bool:
    """Return whether ALLOWED_HOSTS has this Host header; Django refuses the others itself."""
    return bool(host) and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def normalised(query: str) -> str:
    """Return the query with known parameters only, in one order.

    Anything else can then neither miss what is kept nor be kept as a page of its own.
    """
    known = {
        name: value
        for name, value in parse_qsl(query)
        if name in PARAMETERS and len(value) <= LONGEST_VALUE
    }
    return urlencode(sorted(known.items()))


def render(app: App, environ: Environ) -> tuple[str, Headers, bytes]:
    """Run the application for the whole answer, as for a GET; return status, headers, body."""
    started: list[Any] = []

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        started[:] = [status, headers]

    parts = app({**environ, "REQUEST_METHOD": "GET"}, start_response)
    try:
        body = b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return started[0], started[1], body


def keepable(status: str, headers: Headers) -> bool:
    """Return whether an answer is the same for everybody and worth keeping."""
    names = {name.lower(): value for name, value in headers}
    return (
        status.startswith("200")
        and "set-cookie" not in names
        and "cookie" not in names.get("vary", "").lower()
        and "no-store" not in names.get("cache-control", "")
    )


def unkept(headers: Headers) -> Headers:
    """Return the headers of an answer that is not kept: nobody else is to keep it either.

    What does not exist now may exist in a second; an answer that says how long it holds is left
    as it is.
    """
    if any(name.lower() == "cache-control" for name, _value in headers):
        return headers
    return [*headers, ("Cache-Control", "no-cache")]


def encoded(
    rendered: tuple[str, Headers, bytes],
    encoding: str,
    until: float,
    now: int,
    former: Answer | None,
) -> Answer:
    """Return the answer in one encoding, with its validators.

    Last-Modified stays what it was where these very bytes were served before: it follows from the
    page alone, and says nothing of what is planned.
    """
    status, headers, body = rendered
    body = gzip.compress(body, 6, mtime=0) if encoding else body
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    modified = former.modified if former and former.etag == etag else now
    own = {"content-length", "content-encoding", "cache-control", "etag", "last-modified", "vary"}
    kept = [(name, value) for name, value in headers if name.lower() not in own]
    kept += [("ETag", etag), ("Last-Modified", http_date(modified)), ("Vary", "Accept-Encoding")]
    if encoding:
        kept.append(("Content-Encoding", encoding))
    length = [("Content-Length", str(len(body)))]
    fresh = [("Cache-Control", f"public, max-age={FRESH}")]
    return Answer(
        status=status,
        headers=kept + fresh + length,
        bare=kept + fresh,
        closing=[*kept, ("Cache-Control", "public, max-age=0"), *length],
        body=body,
        etag=etag,
        modified=modified,
        until=until,
    )


def respond(
    environ: Environ, start_response: StartResponse, answer: Answer, now: float
) -> Iterable[bytes]:
    """Send the answer, or 304 where the reader has it; never fresh beyond the next transition."""
    closing = answer.until - now < FRESH
    if (CONDITIONS & environ.keys()) and has_it(environ, answer):
        start_response("304 Not Modified", answer.closing if closing else answer.bare)
        return []
    start_response(answer.status, answer.closing if closing else answer.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


def has_it(environ: Environ, answer: Answer) -> bool:
    """Return whether the request's conditions say that the reader has this answer already."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return answer.etag in known or "*" in known
    since = parse_http_date_safe(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return since is not None and answer.modified <= since
