"""The whole application as the server runs it: the door, the page cache, Django."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from cepr_press.page_cache import PageCache
from cepr_press.watch.door import Door


@contextmanager
def application() -> Iterator[Door]:
    """Yield it; the test's transaction outlives each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Door(PageCache(WSGIHandler()))
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
