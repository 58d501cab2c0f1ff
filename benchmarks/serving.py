"""Answers a second, as ratios taken in one run: `python -m benchmarks.serving`.

- warm: a release page through the page cache, against the same bytes and headers from a bare
  WSGI function on the same server;
- cold: the same page rendered by Django each time, against a Django view without middleware that
  answers with a constant;
- in front: the same page through the shipped nginx, against nginx serving it as a static file.
Needs wrk and nginx (Debian's packages wrk, nginx-light). Every server listens on loopback, for a
few seconds.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.nginx import in_front, static

SECONDS = 4
ROUNDS = 3
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


def answers_a_second(address: str) -> float:
    """Return the best of some rounds of wrk with 16 connections."""
    command = ["wrk", "-t1", "-c16", f"-d{SECONDS}", "-H", "Accept-Encoding: gzip", address]
    found = []
    for _round in range(ROUNDS):
        report = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert "Non-2xx" not in report, report
        found.append(float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]))
    return max(found)


def measure_nginx(env: dict[str, str], folder: Path, rates: dict[str, float]) -> None:
    """Measure the page through the shipped nginx, and as a file that the same nginx serves."""
    with server("cepr_press.wsgi:application", env) as address:
        own = address.removesuffix(PAGE)
        with in_front([own], folder / "nginx") as front:
            request = urllib.request.Request(front + PAGE, headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(request, timeout=5) as answer:
                page = answer.read()
            rates["through nginx"] = answers_a_second(front + PAGE)
        with static(page, folder / "static-nginx") as front:
            rates["static file"] = answers_a_second(front)
    for name in ("through nginx", "static file"):
        print(f"{name:<16}{rates[name]:>10,.0f} answers a second")


def main() -> None:
    """Measure each pair one after the other; print answers a second and ratios."""
    if not shutil.which("wrk"):
        print("wrk is not installed: nothing measured.")
        return
    with TemporaryDirectory() as folder:
        env = {**os.environ, "PRESS_VAR": folder, "PRESS_DEBUG": "no"}
        for command in (["migrate"], ["collectstatic", "--noinput"], ["load_demo"]):
            arguments = [sys.executable, "manage.py", *command]
            subprocess.run(arguments, env=env, check=True, stdout=subprocess.DEVNULL)
        rates = {}
        for name, module in {
            "page cache": "cepr_press.wsgi:application",
            "bare function": "benchmarks._constant:bare",
            "cold page": "cepr_press.wsgi:django_application",
            "constant view": "benchmarks._constant:django_view",
        }.items():
            with server(module, env) as address:
                rates[name] = answers_a_second(address)
                print(f"{name:<16}{rates[name]:>10,.0f} answers a second")
        measure_nginx(env, Path(folder), rates)
    pairs = (
        ("page cache", "bare function"),
        ("cold page", "constant view"),
        ("through nginx", "static file"),
    )
    for one, other in pairs:
        print(f"{one} / {other}: {rates[one] / rates[other]:.2f}")


if __name__ == "__main__":
    main()
