"""Answers a second, as ratios taken in one run: `python -m benchmarks.serving`.

- warm: a release page through the page cache, against the same bytes and headers from a bare
  WSGI function on the same server;
- in front: the same page through the shipped nginx, against nginx serving it as a static file;
- cold, again: a release page rendered by Django anew, as after a change elsewhere, against a
  Django view without middleware that answers with a constant;
- cold, first time: the same with release pages that this process has never rendered, each asked
  for once.

Both sides of a pair run at the same time and are asked in turn, so that noise hits both alike; the
ratio is the median of the rounds'. Needs wrk and nginx (Debian's packages wrk, nginx-light). Every
server listens on loopback, for as long as its pair takes.
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import nginx

SECONDS = 2
ROUNDS = 7
# Enough pages that none is asked for twice.
ARCHIVE = 24_000
PAGE = "/releases/remittances-share-of-gdp/"


@contextmanager
def server(module: str, env: dict[str, str]) -> Iterator[str]:
    """Run one application under granian as in production; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-log", module),
    ]
    process = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        yield wait(f"http://127.0.0.1:{port}{PAGE}")
    finally:
        process.terminate()
        process.wait(20)


def wait(address: str) -> str:
    """Return the address once it answers."""
    for _attempt in range(100):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise SystemExit(f"{address} does not answer")


def answers_a_second(address: str, script: Path | None = None) -> float:
    """Return what wrk counts in one round, with 16 connections; `script` chooses the pages."""
    asked = ["-s", str(script)] if script else []
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}", "-H", "Accept-Encoding: gzip", *asked, address]
    report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in report, report
    return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])


def compare(name: str, one: Callable[[], float], other: Callable[[], float]) -> None:
    """Print how often both sides answer, and the ratio."""
    one(), other()  # what a server does once, it has done
    rounds = [(one(), other()) for _round in range(ROUNDS)]
    ours, theirs = (statistics.median(side) for side in zip(*rounds, strict=True))
    ratio = statistics.median(left / right for left, right in rounds)
    print(f"{name:<18}{ours:>10,.0f}{theirs:>10,.0f} answers a second: {ratio:.2f}", flush=True)


def warm(env: dict[str, str]) -> None:
    """Compare the page cache with a bare function."""
    with (
        server("cepr_press.wsgi:application", env) as cached,
        server("benchmarks._constant:bare", env) as bare,
    ):
        compare("warm", lambda: answers_a_second(cached), lambda: answers_a_second(bare))


def in_front(env: dict[str, str], folder: Path) -> None:
    """Compare the page through the shipped nginx with a file that the same nginx serves."""
    with server("cepr_press.wsgi:application", env) as address:
        own = address.removesuffix(PAGE)
        with nginx.in_front([own], folder / "nginx") as front:
            request = urllib.request.Request(front + PAGE, headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(request, timeout=5) as answer:
                page = answer.read()
            with nginx.static(page, folder / "static-nginx") as file:
                compare(
                    "in front",
                    lambda: answers_a_second(front + PAGE),
                    lambda: answers_a_second(file),
                )


def cold(env: dict[str, str], folder: Path) -> None:
    """Compare pages rendered by Django with a constant: the same one anew, and new ones."""
    with (
        server("cepr_press.wsgi:django_application", env) as rendered,
        server("benchmarks._constant:django_view", env) as constant,
    ):
        compare(
            "cold, again", lambda: answers_a_second(rendered), lambda: answers_a_second(constant)
        )
        archive = rendered.removesuffix(PAGE)
        scripts = [walk(folder, number) for number in range(ROUNDS + 1)]
        compare(
            "cold, first time",
            lambda: answers_a_second(archive, scripts.pop()),
            lambda: answers_a_second(constant),
        )


def walk(folder: Path, number: int) -> Path:
    """Write wrk's script for one round: pages of the archive that no other round asks for."""
    share = ARCHIVE // (ROUNDS + 1)
    script = folder / f"walk-{number}.lua"
    script.write_text(
        f"local n, last = {share * number}, {share * (number + 1) - 1}\n"
        "function request()\n"
        "  if n < last then n = n + 1 end\n"
        '  return wrk.format("GET", "/releases/release-" .. n .. "/")\n'
        "end\n"
        "function done(summary) "
        f'if summary.requests >= {share} then io.write("Non-2xx: archive too small") end end\n'
    )
    return script


def main() -> None:
    """Make a site with a demo and an archive, and measure each pair."""
    if not shutil.which("wrk"):
        print("wrk is not installed: nothing measured.")
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        env = {**os.environ, "PRESS_VAR": name, "PRESS_DEBUG": "no"}
        archive = f"from benchmarks.scale import fill; fill({ARCHIVE})"
        for command in (
            ["migrate"], ["collectstatic", "--noinput"], ["load_demo"],
            ["shell", "--verbosity=0", "-c", archive],
        ):  # fmt: skip
            arguments = [sys.executable, "manage.py", *command]
            subprocess.run(arguments, env=env, check=True, stdout=subprocess.DEVNULL)
        warm(env)
        in_front(env, folder)
        cold(env, folder)


if __name__ == "__main__":
    main()
