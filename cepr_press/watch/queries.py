"""What the database was asked, and how long that took: a log of slow statements, Server-Timing."""

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cepr_press.watch import counters
from cepr_press.watch.seen import Seen, begin, current

log = logging.getLogger("press.queries")

View = Callable[[HttpRequest], HttpResponse]
# As many characters of a statement as the log gets.
LONGEST = 2000


def watched(get_response: View) -> View:
    """Time every statement of a request; note the pattern of its address for the log."""

    def middleware(request: HttpRequest) -> HttpResponse:
        seen = current()
        if seen is None:  # not by the door, as in Django's own server and the tests
            begin(seen := Seen())
        with connection.execute_wrapper(partial(_timed, seen, settings.SLOW_QUERY_MS)):
            response = get_response(request)
        seen.route = request.resolver_match.route if request.resolver_match else ""
        return response

    return middleware


def _timed(
    seen: Seen,
    slow: int,
    execute: Callable[..., Any],
    sql: str,
    params: Any,
    many: bool,
    context: Any,
) -> Any:
    """Run a statement and note how long it took (Django's `execute_wrapper`).

    One that took `slow` milliseconds is logged, without its values; 0: none is.
    """
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = time.perf_counter() - began
        seen.queries += 1
        seen.query_seconds += took
        if slow and took * 1000 >= slow:
            counters.slow.inc()
            log.warning("A statement took %d ms: %s", took * 1000, sql[:LONGEST])


def server_timing(get_response: View) -> View:
    """Tell staff at the desk how long an answer took (W3C Server Timing); nobody else.

    In milliseconds. Newsroom pages are the same for everybody, and carry none.
    """
    desk = reverse("admin:index")

    def middleware(request: HttpRequest) -> HttpResponse:
        began, seen = time.perf_counter(), current() or Seen()
        asked_before, spent_before = seen.queries, seen.query_seconds
        response = get_response(request)
        if request.path.startswith(desk) and request.user.is_staff:
            took = (time.perf_counter() - began) * 1000
            spent = (seen.query_seconds - spent_before) * 1000
            asked = seen.queries - asked_before
            response.headers["Server-Timing"] = (
                f'total;dur={took:.1f}, db;dur={spent:.1f};desc="{asked} statements"'
            )
        return response

    return middleware
