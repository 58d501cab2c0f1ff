"""The outermost layer: names each request, times it, and answers what watches the site.

Health and metrics are answered here, before the page cache and Django: whoever watches comes by
any host and by plain http, and has to get an answer while the database is away.
"""

import json
import logging
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from cepr_press.http_caching import Environ, Headers
from cepr_press.page_cache import PageCache, StartResponse
from cepr_press.watch import counters, metrics
from cepr_press.watch.health import Health
from cepr_press.watch.seen import Seen, begin, named_by, part_of_site

log = logging.getLogger("press.requests")

HEADER = "X-Request-ID"
# Status, content type, body.
Said = tuple[str, str, bytes]
# Nobody keeps what is true for a moment, and no browser makes a page of it.
STRICT: Headers = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
]


class Door:
    """WSGI middleware (PEP 3333) around the page cache."""

    def __init__(self, app: PageCache) -> None:
        self.app = app
        health = Health(app)
        self.own: dict[str, Callable[[Environ], Said | None]] = {
            "/health/live": lambda environ: in_json("200 OK", {"status": "ok"}),
            "/health/ready": lambda environ: in_json(*health.ready()),
        }
        # Asked here once: a setting costs as much as the rest of what is done for a kept answer.
        self.behind_proxy = settings.BEHIND_PROXY
        self.counted, self.logged = bool(settings.METRICS_TOKEN), settings.LOG_REQUESTS
        if self.counted:
            metrics.watch_process(app)
            self.own["/metrics"] = metrics.answer

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let the site answer; note how that went."""
        seen = Seen(named_by(environ.get("HTTP_X_REQUEST_ID") if self.behind_proxy else None))
        begin(seen)
        said = "500 Internal Server Error"

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            nonlocal said
            said = status
            return start_response(status, [*headers, (HEADER, seen.id)], exc_info)

        try:
            # Few addresses are its own, and most answers are kept: no step more than these.
            if environ["PATH_INFO"] in self.own:
                return self._answered(environ, start)
            return self.app(environ, start)
        finally:
            if self.counted or self.logged:
                self._noted(environ, seen, said)

    def _answered(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.app(environ, start)
        answer = self.own[environ["PATH_INFO"]](environ)
        if answer is None:
            return self.app(environ, start)
        status, kind, body = answer
        start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), *STRICT])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _noted(self, environ: Environ, seen: Seen, status: str) -> None:
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        cache = environ.get("press.cache", "passed")
        if self.counted:
            counters.count(part_of_site(path), method, status[:1], cache, seen.seconds)
        if self.logged:
            log.info("answered", extra={"told": {
                "part": part_of_site(path), "method": method, "status": int(status[:3]),
                "milliseconds": round(seen.seconds * 1000, 1), "cache": cache,
                "queries": seen.queries, "route": seen.route, "path": shown(path, status, cache),
            }})  # fmt: skip


def shown(path: str, status: str, cache: str) -> str:
    """Return the address where it is one of a public page, else "": others may hold a secret."""
    public = cache != "passed" and status[:3] in ("200", "304")
    return path if public else ""


def in_json(status: str, facts: dict[str, object]) -> Said:
    """Return facts as an answer in JSON."""
    return status, "application/json", json.dumps(facts).encode()
