"""The application server of bin/server.py, whose page cache tells what it did.

Each answer becomes a line of JSON in the file that COUNTED names: the renders it took, how long it
waited for its turn, and in which of the cache's stores (one a generation). Only what is public in
cepr_press/page_cache.py is looked at: its Store hands out turns, its PageCache stands between two
WSGI applications.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from runpy import run_path
from threading import local
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: What the present thread's request has cost so far.
here = local()


def counting_store(store: type) -> type:
    """A store that knows its number, and how long each thread waits for a turn."""
    numbers = count()

    class Store(store):
        def __init__(self) -> None:
            super().__init__()
            self.number = next(numbers)

        @contextmanager
        def turn(self, address: tuple[str, ...]) -> Iterator[Any]:
            here.store, began = self.number, time.time()
            with super().turn(address) as turn:
                here.waited = time.time() - began
                yield turn

    return Store


def rendering(app: Any) -> Any:
    """The application, all of whose answer is timed."""

    def timed(environ: dict[str, Any], start_response: Any) -> Any:
        began = time.time()
        try:
            return [b"".join(app(environ, start_response))]
        finally:
            here.renders.append((began, time.time() - began))

    return timed


def telling(cache: Any, path: str) -> Any:
    """The page cache, each of whose answers becomes a line in this file."""
    lines = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def told(environ: dict[str, Any], start_response: Any) -> Any:
        here.renders, here.store, here.waited = [], None, 0.0
        try:
            return cache(environ, start_response)
        finally:
            line = {"path": environ["PATH_INFO"], "store": here.store}
            line |= {"waited": here.waited, "renders": here.renders}
            os.write(lines, json.dumps(line).encode() + b"\n")

    return told


def load() -> Any:
    """Return the application with its counters; runs in the worker."""
    os.setpgid(0, 0)
    # The worker alone needs Django, which has to be set up before the page cache is there.
    from cepr_press import wsgi  # noqa: PLC0415

    # isort: split
    from cepr_press import page_cache  # noqa: PLC0415

    page_cache.Store = counting_store(page_cache.Store)
    cache = page_cache.PageCache(rendering(wsgi.django_application))
    return telling(cache, os.environ["COUNTED"])


if __name__ == "__main__":
    run_path(str(ROOT / "bin" / "server.py"), run_name="server")["serve"](int(sys.argv[1]), load)
