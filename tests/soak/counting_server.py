"""The application server of bin/server.py, whose page cache tells what it did.

Each render and each answer becomes a line of JSON in the file that COUNTED names. Only what is
public in cepr_press/page_cache.py is looked at: its Store hands out turns, its PageCache stands
between two WSGI applications.
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


def load() -> Any:
    """Return the application with its counters; runs in the worker."""
    os.setpgid(0, 0)
    # The worker alone needs Django, which has to be set up before the page cache is there.
    from cepr_press import wsgi  # noqa: PLC0415

    # isort: split
    from cepr_press import page_cache  # noqa: PLC0415

    numbers, here = count(), local()
    lines = os.open(os.environ["COUNTED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    class Store(page_cache.Store):
        """A store that knows its number, and how long each thread waits for a turn."""

        def __init__(self) -> None:
            super().__init__()
            self.number = next(numbers)

        @contextmanager
        def turn(self, address: tuple[str, ...]) -> Iterator[page_cache.Turn]:
            here.store, began = self.number, time.time()
            with super().turn(address) as turn:
                here.waited = time.time() - began
                yield turn

    def rendering(environ: dict[str, Any], start_response: Any) -> Any:
        began = time.time()
        try:
            # All of it, as the cache asks for it.
            return [b"".join(wsgi.django_application(environ, start_response))]
        finally:
            here.renders.append(time.time() - began)

    page_cache.Store = Store
    cache = page_cache.PageCache(rendering)

    def counting(environ: dict[str, Any], start_response: Any) -> Any:
        here.renders, here.store, here.waited, began = [], None, 0.0, time.time()
        try:
            return cache(environ, start_response)
        finally:
            told = {
                "path": environ["PATH_INFO"], "store": here.store, "waited": here.waited,
                "took": time.time() - began, "renders": here.renders,
            }  # fmt: skip
            os.write(lines, json.dumps(told).encode() + b"\n")

    return counting


if __name__ == "__main__":
    run_path(str(ROOT / "bin" / "server.py"), run_name="server")["serve"](int(sys.argv[1]), load)
