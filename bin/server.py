"""The application server on this machine: `PYTHONPATH=. python bin/server.py PORT`.

What granian's own command does, but for one thing. Ctrl-C reaches every process of the terminal,
so that granian's worker is told to stop twice, by the terminal and by granian; most times that
makes it hang. Here the worker leaves the terminal's group and is told once, by granian.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


def load() -> Any:
    """Return the WSGI application; runs in the worker."""
    os.setpgid(0, 0)
    from cepr_press.wsgi import application  # noqa: PLC0415 -- the worker alone needs Django

    return application


def serve(port: int, load: Callable[[], Any]) -> None:
    """Serve what `load` returns on this port of loopback, until told to stop."""
    # One process: the page cache is shared by all readers. Four threads, since a request that
    # waits for the database leaves the interpreter to the others; more would only queue for it.
    Granian(
        "cepr_press.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_level=LogLevels.warning,
        workers_kill_timeout=10,
    ).serve(target_loader=load, wrap_loader=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]), load)
