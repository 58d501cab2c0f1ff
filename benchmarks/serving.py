"""Answers a second, as ratios taken in one run: `python -m benchmarks.serving`.

- warm: a release page through the page cache, against the same bytes and headers from a bare
  WSGI function on the same server;
- in front: the same page through the shipped nginx, against nginx serving its compressed bytes as
  a static file of a bare name;
- as a site: the same, against the page as nginx serves it from a static site: at the same address
  (its folder's index), in the encoding that the reader takes, with the same headers;
- cold, again: a release page rendered by Django anew, as after a change elsewhere, against a
  Django view without middleware that answers with a constant;
- cold, first time: the same with release pages that this process has never rendered, each asked
  for once.

Both sides of a pair run at the same time and are asked in turn, so that noise hits both alike. Two
ratios are printed, each the median of the rounds': of answers a second, and of answers a second of
processor time, which those who share the machine change less.

Needs wrk and nginx (Debian's packages wrk, nginx-light). Every server listens on loopback, for as
long as its pair takes.
"""

import gzip
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import nginx

SECONDS = 1
ROUNDS = 15
# Enough pages that none is asked for twice.
ARCHIVE = 32_000
PAGE = "/releases/remittances-share-of-gdp/"
# What nginx says of a file by itself.
PLAIN_FILES = {
    *("server", "date", "connection", "content-type", "content-length"),
    *("content-encoding", "last-modified"),
}


@dataclass(frozen=True)
class Side:
    """One side of a pair: what is asked, who answers, and which pages (by scripts of wrk)."""

    address: str
    processes: tuple[int, ...]
    scripts: tuple[Path, ...] = ()

    def rates(self, number: int) -> tuple[float, float]:
        """Return one round's answers a second, by the clock and by the processors."""
        script = ["-s", str(self.scripts[number])] if self.scripts else []
        command = ["wrk", "-t1", "-c16", f"-d{SECONDS}", "-H", "Accept-Encoding: gzip"]
        began = sum(map(used, self.processes))
        report = subprocess.run(
            [*command, *script, self.address], check=True, capture_output=True, text=True
        ).stdout
        spent = sum(map(used, self.processes)) - began
        assert "Non-2xx" not in report, report
        count = int(re.search(r"(\d+) requests in", report)[1])
        return float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1]), count / spent


def used(process: int) -> float:
    """Return the seconds of processor time that a process and its children have used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(used(int(child)) for child in children)


@contextmanager
def server(module: str, env: dict[str, str]) -> Iterator[Side]:
    """Run one application under granian as in production."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-log", module),
    ]
    process = subprocess.Popen(command, env=env, start_new_session=True)
    try:
        yield Side(wait(f"http://127.0.0.1:{port}{PAGE}"), (process.pid,))
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


def compare(name: str, one: Side, other: Side) -> None:
    """Print how often both sides answer, and the ratios."""
    one.rates(ROUNDS), other.rates(ROUNDS)  # what a server does once, it has done
    rounds = [(*one.rates(number), *other.rates(number)) for number in range(ROUNDS)]
    ours, _, theirs, _ = (statistics.median(column) for column in zip(*rounds, strict=True))
    clock = statistics.median(a / c for a, _, c, _ in rounds)
    processor = statistics.median(b / d for _, b, _, d in rounds)
    print(f"{name:<18}{ours:>10,.0f}{theirs:>10,.0f}{clock:>8.2f}{processor:>8.2f}", flush=True)


def warm(env: dict[str, str]) -> None:
    """Compare the page cache with a bare function."""
    with (
        server("cepr_press.wsgi:application", env) as cached,
        server("benchmarks._constant:bare", env) as bare,
    ):
        compare("warm", cached, bare)


def in_front(env: dict[str, str], folder: Path) -> None:
    """Compare the page through the shipped nginx with files that the same nginx serves.

    Twice: a file of the page's compressed bytes, and what a site of files needs to answer as the
    page does.
    """
    with server("cepr_press.wsgi:application", env) as site:
        own = site.address.removesuffix(PAGE)
        with nginx.in_front([own], folder / "nginx") as front:
            ours = Side(front + PAGE, (master(folder / "nginx"), *site.processes))
            request = urllib.request.Request(ours.address, headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(request, timeout=5) as answer:
                page, headers = answer.read(), dict(answer.headers)
            sent = " ".join(
                f"add_header {name} '{text.replace(chr(39), chr(34))}';"
                for name, text in headers.items()
                if name.lower() not in PLAIN_FILES
            )
            index = f"{PAGE}index.html"
            with nginx.static({"page": page}, folder / "file") as file:
                compare("in front", ours, Side(f"{file}/page", (master(folder / "file"),)))
            files = {index: gzip.decompress(page), f"{index}.gz": page}
            settings = f"gzip_static on; etag off; {sent}"
            with nginx.static(files, folder / "site", settings) as file:
                compare("as a site", ours, Side(file + PAGE, (master(folder / "site"),)))


def master(folder: Path) -> int:
    """Return the process of the nginx that runs in this folder."""
    return int((folder / "nginx.pid").read_text())


def cold(env: dict[str, str], folder: Path) -> None:
    """Compare pages rendered by Django with a constant: the same one anew, and new ones."""
    with (
        server("cepr_press.wsgi:django_application", env) as rendered,
        server("benchmarks._constant:django_view", env) as constant,
    ):
        compare("cold, again", rendered, constant)
        archive = rendered.address.removesuffix(PAGE)
        scripts = tuple(walk(folder, number) for number in range(ROUNDS + 1))
        compare("cold, first time", Side(archive, rendered.processes, scripts), constant)


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
        print(f"{'answers a second':<20}{'ours':>8}{'theirs':>10}   ratio   of processor time")
        warm(env)
        in_front(env, folder)
        cold(env, folder)


if __name__ == "__main__":
    main()
