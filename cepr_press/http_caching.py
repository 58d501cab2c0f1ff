"""What HTTP says about a kept answer: for how long, in which encoding, and to whom it is news.

HTTP caching follows RFC 9111, the stale windows RFC 5861, encodings and conditional requests
RFC 9110, sections 12.5.3 and 13. All spans are whole seconds.
"""

import gzip
from functools import lru_cache
from typing import Any

import brotli
from django.conf import settings
from django.utils.http import parse_http_date_safe

Environ = dict[str, Any]
Headers = list[tuple[str, str]]

# In the order in which we like them; "" is the answer as it is.
ENCODINGS = ("br", "gzip", "")
# How long browsers, and caches in front, may use an answer without asking again.
FRESH = 1
# The same for caches that are told when something changes (PRESS_PURGE_URL), and how long such
# a cache may still give an answer while it fetches the next one.
TOLD_FRESH, TOLD_STALE = 3600, 60
# How long readers may go on reading where the application does not answer.
BROKEN = 24 * 3600
# Beyond this a transition bounds nothing.
FAR = TOLD_FRESH + BROKEN
# One name for all there is: a publication changes its page, the lists, the feeds, its neighbours.
KEY = "newsroom"


@lru_cache(maxsize=256)
def chosen_encoding(accepted: str) -> str:
    """Return the encoding of ENCODINGS that an Accept-Encoding header asks for.

    One that is not named, or has the weight 0, is not wanted (`*` names the rest).
    """
    weights: dict[str, float] = {}
    for item in accepted.lower().split(","):
        name, _semicolon, parameter = item.partition(";")
        try:
            weights[name.strip()] = float(parameter.partition("=")[2] or 1)
        except ValueError:
            weights[name.strip()] = 0
    others = weights.get("*", 0)
    return next((one for one in ("br", "gzip") if weights.get(one, others) > 0), "")


def compressed(body: bytes, encoding: str) -> bytes:
    """Return the body in this encoding; the same bytes every time, so that its ETag is too."""
    if encoding == "br":
        packed: bytes = brotli.compress(body, quality=5)
        return packed
    return gzip.compress(body, 6, mtime=0) if encoding == "gzip" else body


@lru_cache(maxsize=1024)
def cache_control(left: int, told: bool) -> str:
    """Return Cache-Control for an answer that holds for `left` more seconds.

    `told` says that caches in front hear of changes. No time for which anybody may use the
    answer, fresh or stale, goes beyond `left`.
    """
    left = max(left, 0)
    fresh = min(TOLD_FRESH if told else FRESH, left)
    stale = min(TOLD_STALE if told else 0, left - fresh)
    broken = min(BROKEN, left - fresh)
    return (
        f"public, max-age={min(FRESH, left)}, s-maxage={fresh}, "
        f"stale-while-revalidate={stale}, stale-if-error={broken}"
    )


def freshness(environ: Environ, until: float, asked: float, now: float, told: bool) -> Headers:
    """Return the headers that say how long an answer may be used that holds until `until`.

    `asked` is when the request came, `now` when the answer goes out, `told` as for cache_control().
    nginx counts in whole seconds, so that its one second may last nearly two. Where ours asks
    (deploy/nginx.conf), it is told to use the answer to the end of the second in which it asked;
    what it hands on may then be that much older. X-Accel-Expires comes last: nginx before 1.23
    reads no stale-if-error after it.
    """
    if "HTTP_X_ACCEL" not in environ:
        return [("Cache-Control", cache_control(int(min(until - now, FAR)), told))]
    second = int(asked)
    held = second + 1 <= until
    left = min(until - max(second + 1 if held else now, now), FAR)
    expires = f"@{second}" if held else "0"
    return [
        ("Cache-Control", cache_control(int(left), told)),
        ("X-Accel-Expires", expires),
    ]


def names() -> Headers:
    """Return the headers under which caches in front can find an answer to drop it."""
    return [("Surrogate-Key", KEY), ("Cache-Tag", KEY)] if settings.PURGE_URL else []


def has_it(environ: Environ, etag: str, modified: int) -> bool:
    """Return whether the request's conditions say that the reader has this answer already."""
    tags = environ.get("HTTP_IF_NONE_MATCH")
    if tags is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return etag in known or "*" in known
    date = environ.get("HTTP_IF_MODIFIED_SINCE")
    since = parse_http_date_safe(date) if date else None
    return since is not None and modified <= since


def unkept(headers: Headers) -> Headers:
    """Return the headers of an answer that is not kept: nobody else is to keep it either.

    What does not exist now may exist in a second, and what was withdrawn may come back; an answer
    that says how long it holds is left as it is.
    """
    if any(name.lower() == "cache-control" for name, _value in headers):
        return headers
    return [*headers, ("Cache-Control", "no-cache")]
