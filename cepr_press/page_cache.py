"""The page cache in front of Django: a finished answer is served without entering Django.

An answer is kept under (generation, host, address, encoding). It is right as long as the
generation stands (asked at most every CHECK seconds, anew in each second of the clock, and at
once after this process has taken a request that may change something) and the next transition has
not come. One thread renders an address; others that want it wait for that render and get its
answer, also where it is one that is not kept. What is kept is bounded in bytes.

Kept: 200s of the newsroom. Not kept: anything of the desk, anything with a cookie or `no-store`,
and answers for addresses that do not exist, of which there are endlessly many.

Until when an answer holds is asked by the newsroom's time, which never goes back
(releases/timekeeping.py); here it is learned and kept. HTTP goes by the machine's clock.
What HTTP says about them stands in cepr_press/http_caching.py.
"""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http.request import split_domain_port, validate_host
from django.utils.http import http_date

from cepr_press import generation, mark
from cepr_press.http_caching import (
    BROKEN,
    ENCODINGS,
    Environ,
    Headers,
    chosen_encoding,
    compressed,
    freshness,
    has_it,
    names,
    unkept,
)
from cepr_press.page_store import Answer, Rendered, Store
from cepr_press.purge import purge_later
from cepr_press.questions import normalised
from cepr_press.transitions import next_change
from releases import timekeeping

StartResponse = Callable[..., Any]
App = Callable[[Environ, StartResponse], Iterable[bytes]]

# How old, in seconds, this process's knowledge of the generation may be.
CHECK = 0.5
# No single answer may push all others out: what is larger (a press kit full of pictures) is made of
# the parts that are kept elsewhere, each time.
LARGEST = 4 * 1024 * 1024
# Types whose bytes are packed already: they are kept as they are.
PACKED = ("application/pdf", "application/zip", "application/vnd.")
BYPASSED: tuple[str, ...] = ("/desk/", "/embargo/", "/media/", "/static/", "/.well-known/")
# Each click is counted: no answer of the way out is kept, and what it is asked stays as it was.
DONATIONS = ("/donate/", *(f"/{code}/donate/" for code, _name in settings.LANGUAGES))
BYPASSED += DONATIONS


class PageCache:
    """WSGI middleware (PEP 3333): `PageCache(application)` is an application again.

    `keep` is told of a moment by which something may have begun or ended that readers see.
    """

    def __init__(self, app: App, keep: Callable[[datetime], None] = mark.keep) -> None:
        self.app, self.keep = app, keep
        self.store = Store()
        self.former = Store()
        self.generation: int | None = None
        # When the database was asked last which generation stands, and when it last said so.
        self.checked = self.known = 0.0
        # Until when the page rendered last holds: another end says that something came to pass.
        self.until: float | None = None
        self.away = False
        self.checking = Lock()
        self.proxy = settings.SECURE_PROXY_SSL_HEADER

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer from what is kept, or let Django render and keep that."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            if environ["PATH_INFO"].startswith(DONATIONS):
                # What is counted there shows on no page.
                return self._passed_on(environ, start_response)
            return self._changing(environ, start_response)
        now = time.time()
        self.look(now)
        query = environ.get("QUERY_STRING", "")
        if query:
            query = normalised(query, environ["PATH_INFO"])
        scheme = environ["wsgi.url_scheme"] if self.proxy is None else self._scheme(environ)
        encoding = chosen_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        host, path = environ.get("HTTP_HOST", ""), environ["PATH_INFO"]
        answer = self.store.answers.get((scheme, host, path, query, encoding))
        if answer is not None and now < answer.until and timekeeping.known.earliest < answer.until:
            environ["press.cache"] = "kept"
            return respond(environ, start_response, answer, now, now)
        if path.startswith(BYPASSED) or not allowed_host(host):
            return self._passed_on(environ, start_response)
        # From here on it is a page of the newsroom: what it does not know, Django need not see.
        environ["QUERY_STRING"] = query
        address = (scheme, host, path, query)
        return self._rendered(environ, start_response, address, encoding, now)

    def _passed_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let Django answer; what does not say how long it may be kept, nobody keeps."""

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            return start_response(status, unkept(headers), exc_info)

        return self.app(environ, start)

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
        """Let a request through that may change something; then ask again.

        The next reader does that, unless caches in front wait to be told.
        """
        self.look(time.time())
        try:
            return self.app(environ, start_response)
        finally:
            with self.checking:
                self.checked = 0.0
            if settings.PURGE_URL:
                self._check(time.time())

    def look(self, now: float) -> None:
        """Ask for the generation where what is known of it is too old."""
        if stale(self.checked, now):
            self._check(now)

    def _check(self, now: float) -> None:
        """Ask for the generation; a new one starts with an empty store.

        Whoever comes meanwhile waits, and never uses what was known in an earlier second. With
        the database away nobody waits for it: what is kept goes on being served until it is back,
        for a day at most.
        """
        if not self.checking.acquire(blocking=not self.away):
            return
        try:
            if stale(self.checked, now):
                self._ask(now)
        finally:
            self.checking.release()

    def _ask(self, now: float) -> None:
        """Ask the database for the generation; whoever calls holds the lock."""
        try:
            present, timekeeping.known.mark = generation.with_mark()
        except Error:
            # Outside a request nobody else drops a connection that broke; the next check opens
            # one. Asked again in a while, counted from here: waiting for it took time.
            connection.close()
            self.away, self.checked = True, max(now, time.time())
            if self.checked - self.known > BROKEN:
                self.store = Store()
            return
        changed, first = present != self.generation, self.generation is None
        if changed:
            self.generation = present
            self.former, self.store = self.store, Store()
        # Only now: until it is known that one has asked, others wait, and find the new store.
        self.away, self.checked, self.known = False, now, now
        if changed:
            self.keep(timekeeping.now())
            if not first:
                purge_later()

    def _rendered(
        self,
        environ: Environ,
        start_response: StartResponse,
        address: tuple[str, ...],
        encoding: str,
        asked: float,
    ) -> Iterable[bytes]:
        """Render and keep, one thread an address; whoever waited finds it kept."""
        store = self.store
        with store.turn(address) as turn:
            answer = store.answers.get((*address, encoding))
            now = timekeeping.now().timestamp()
            if answer is None or now >= answer.until:
                rendered = turn.left_for(asked, now)
                if rendered is None:
                    rendered = render(self.app, environ)
                    if keepable(*rendered):
                        environ["press.cache"] = "rendered"
                        answer = self._keep(store, address, encoding, rendered, now)
                        return respond(environ, start_response, answer, asked, time.time())
                    if turn.wanted > 1 and same_for_all(rendered[1]):
                        turn.leave(rendered, holds_until(now))
                status, headers, body = rendered
                start_response(status, unkept(headers))
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        environ["press.cache"] = "shared"
        return respond(environ, start_response, answer, asked, time.time())

    def _keep(
        self,
        store: Store,
        address: tuple[str, ...],
        encoding: str,
        rendered: Rendered,
        began: float,
    ) -> Answer:
        """Store the answer in each encoding; return the one asked for."""
        until = holds_until(began)
        if until != self.until:
            self.until = until
            self.keep(datetime.fromtimestamp(began, UTC))
        plain = self.former.answers.get((*address, ""))
        unchanged = plain is not None and plain.body == rendered[2]
        for name in ENCODINGS:
            key = (*address, name)
            former = self.former.answers.get(key)
            store.put(key, encoded(rendered, name, until, int(began), former, unchanged))
        return store.answers[(*address, encoding)]


def stale(checked: float, now: float) -> bool:
    """Return whether what was known at `checked` has to be asked for anew.

    Also in a new second of the clock: nginx in front may use an answer to the end of the second,
    so that the two together are never older than one.
    """
    return not 0 <= now - checked < CHECK or int(now) != int(checked)


@lru_cache(maxsize=256)
def allowed_host(host: str) -> bool:
    """Return whether ALLOWED_HOSTS has this Host header; Django refuses the others itself."""
    return bool(host) and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def holds_until(began: float) -> float:
    """Return until when an answer holds that was rendered from `began` on.

    Where the database has gone since, nobody knows, and it is given this once.
    """
    try:
        change = next_change(datetime.fromtimestamp(began, UTC))
    except Error:
        connection.close()
        return began
    return change.timestamp() if change else float("inf")


def render(app: App, environ: Environ) -> Rendered:
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


def keepable(status: str, headers: Headers, body: bytes) -> bool:
    """Return whether an answer is the same for everybody and worth keeping."""
    return status.startswith("200") and same_for_all(headers) and len(body) <= LARGEST


def packed(headers: Headers) -> bool:
    """Return whether nothing is won by compressing an answer with these headers."""
    return any(name.lower() == "content-type" and one.startswith(PACKED) for name, one in headers)


def same_for_all(headers: Headers) -> bool:
    """Return whether an answer with these headers may be given to another reader too."""
    names = {name.lower(): value for name, value in headers}
    return (
        "set-cookie" not in names
        and "cookie" not in names.get("vary", "").lower()
        and "no-store" not in names.get("cache-control", "")
    )


def encoded(
    rendered: Rendered,
    encoding: str,
    until: float,
    now: int,
    former: Answer | None,
    unchanged: bool,
) -> Answer:
    """Return the answer in one encoding, with its validators.

    `unchanged` says that `former` was made of the same bytes: they are not compressed again.

    Last-Modified stays what it was where these very bytes were served before: it follows from the
    page alone, and says nothing of what is planned.
    """
    status, headers, body = rendered
    if packed(headers):
        encoding = ""
    body = former.body if former and unchanged else compressed(body, encoding)
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    modified = former.modified if former and former.etag == etag else now
    own = {"content-length", "content-encoding", "cache-control", "etag", "last-modified", "vary"}
    kept = [(name, value) for name, value in headers if name.lower() not in own]
    kept += [("ETag", etag), ("Last-Modified", http_date(modified)), ("Vary", "Accept-Encoding")]
    if encoding:
        kept.append(("Content-Encoding", encoding))
    return Answer(
        status=status,
        headers=kept + names(),
        length=[("Content-Length", str(len(body)))],
        body=body,
        etag=etag,
        modified=modified,
        until=until,
        told=bool(settings.PURGE_URL),
    )


def respond(
    environ: Environ, start_response: StartResponse, answer: Answer, asked: float, now: float
) -> Iterable[bytes]:
    """Send the answer, or 304 where the reader has it; never fresh beyond the next transition.

    `asked` is when the request came: what it knew of the generation is as old.
    """
    fresh = freshness(environ, answer.until, asked, now, answer.told)
    if has_it(environ, answer.etag, answer.modified):
        start_response("304 Not Modified", [*answer.headers, *fresh])
        return []
    start_response(answer.status, [*answer.headers, *fresh, *answer.length])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]
