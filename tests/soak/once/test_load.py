"""Ten thousand requests a second through nginx, while twenty editions are published.

Two processes of the application, PostgreSQL, nginx as shipped. wrk offers the load; readers beside
it look at what they are given. On a machine that could not answer twice as many while nothing
changes, half of what it can is offered instead, and said. The figures of docs/performance.md:
`python -m pytest -s tests/soak/once/test_load.py`.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from tests.nginx import in_front
from tests.server import Site, made_site, serving
from tests.soak.once.people import until
from tests.soak.script import start
from tests.with_postgres import server

RATE, SECONDS, CONNECTIONS, EDITIONS, READERS = 10_000, 30, 100, 20, 2
# All but the last two show the newest release.
PAGES = (
    "/", "/releases/", "/feed.atom", "/feed.json", "/topics/bolivia/", "/topics/trade/",
    "/releases/remittances-share-of-gdp/", "/contacts/",
)  # fmt: skip
LOOKED_AT = PAGES[:6]
NEWEST = re.compile(rb"Loaded (\d+) of the day")
PUBLISH = f"""
import time
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from releases import workflow
from releases.models import Topic
from tests.make import make_approved, make_contact, make_user
topics = tuple(Topic.objects.filter(slug__in=["bolivia", "trade"]).values_list("pk", flat=True))
contacts = (make_contact().pk,)
approved = [
    make_approved(headline=f"Loaded {{n}} of the day", slug=f"loaded-{{n}}",
                  topics=topics, contacts=contacts)
    for n in range(1, {EDITIONS} + 1)
]
publisher = make_user("publisher")
print("ready")
input()
began = time.time()
for n, release in enumerate(approved, 1):
    time.sleep(max(0, began + (n - 0.5) * {SECONDS} / {EDITIONS} - time.time()))
    workflow.publish(release.pk, publisher, release.version)
    print(n, time.time())
"""


@dataclass
class Reader:
    """One who goes round the pages; remembers when each was asked for, and the newest there."""

    host: str
    asked: list[tuple[float, int]]
    wrong: list[tuple[str, int]]

    @property
    def newest(self) -> int:
        """The number of the newest edition seen."""
        return max((newest for _asked, newest in self.asked), default=0)

    def read(self, stop: Event) -> None:
        """Ask until told to stop."""
        connection = HTTPConnection(self.host, timeout=30)
        while not stop.is_set():
            for page in LOOKED_AT:
                moment = time.time()
                connection.request("GET", page)
                answer = connection.getresponse()
                body = answer.read()
                if answer.status != 200:
                    self.wrong.append((page, answer.status))
                newest = max(map(int, NEWEST.findall(body)), default=0)
                self.asked.append((moment, newest))


@dataclass(frozen=True)
class Told:
    """What wrk tells: answers, broken connections, answers that are errors, and waits."""

    answers: int
    broken: int
    errors: int
    waits: str


@pytest.fixture
def place(tmp_path, monkeypatch) -> Iterator[Site]:
    """A site on a PostgreSQL of its own: two processes, nginx before them."""
    monkeypatch.delenv("TESTS_SHARED", raising=False)
    with server(fsync="on", synchronous_commit="on", full_page_writes="on") as database:
        monkeypatch.setenv("PRESS_DATABASE_URL", database.address)
        with made_site(tmp_path) as environment, ExitStack() as processes:
            logs = [tmp_path / "one.log", tmp_path / "other.log"]
            direct = [processes.enter_context(serving(environment, log)) for log in logs]
            with in_front(direct, tmp_path / "nginx") as url:
                yield Site(url, environment)


def test_ten_thousand_a_second_while_editions_are_published(place):
    publishing = start(place, PUBLISH)
    assert publishing.stdin and publishing.stdout
    assert publishing.stdout.readline() == "ready\n"
    stop = Event()
    readers = [Reader(urlsplit(place.url).netloc, [], []) for _n in range(READERS)]
    threads = [Thread(target=one.read, args=(stop,)) for one in readers]
    for thread in threads:
        thread.start()
    try:
        rate = min(RATE, read(offer(place.url, 1_000_000, 3).communicate()[0]).answers // 3 // 2)
        offering = offer(place.url, rate, SECONDS)
        publishing.stdin.write("\n")
        publishing.stdin.flush()
        printed, _none = offering.communicate(timeout=SECONDS + 60)
        published = dict(line.split() for line in publishing.stdout)
        until(lambda: readers[0].newest == EDITIONS, 30, "the last edition is not seen")
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        publishing.kill()
        publishing.wait()
    told = read(printed)
    moments = {int(number): float(moment) for number, moment in published.items()}
    answers = [one for reader in readers for one in reader.asked]
    ages = [age(moment, newest, moments) for moment, newest in answers]
    print(figures(told, rate, ages))
    assert len(moments) == EDITIONS
    assert [one for reader in readers for one in reader.wrong] == []
    assert (told.broken, told.errors) == (0, 0)
    assert told.answers >= 0.7 * rate * SECONDS
    # nginx looks at its clock once a turn, which takes a moment where many ask.
    assert max(ages) <= 1.1


def offer(url: str, rate: int, seconds: int) -> subprocess.Popen[str]:
    """Start wrk, to offer so many requests a second; raises RuntimeError where it is missing."""
    program = shutil.which("wrk")
    if not program:
        raise RuntimeError("wrk is missing: install it (on Debian: apt-get install wrk)")
    script = Path(__file__).with_name("offer.lua")
    command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}", "--timeout", "30", "--latency"]
    return subprocess.Popen(
        [*command, "-s", str(script), url],
        env={**os.environ, "RATE": str(rate), "PATHS": " ".join(PAGES)},
        stdout=subprocess.PIPE,
        text=True,
    )


def read(printed: str) -> Told:
    """Read what wrk printed."""
    found = re.search(r"(\d+) requests in", printed)
    assert found, printed
    broken = re.search(r"Socket errors: (.+)", printed)
    errors = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
    waits = re.findall(r"(50|99)%\s+(\S+)", printed)
    return Told(
        answers=int(found[1]),
        broken=sum(map(int, re.findall(r"\d+", broken[1]))) if broken else 0,
        errors=int(errors[1]) if errors else 0,
        waits=", ".join(f"{share} of 100 within {wait}" for share, wait in waits),
    )


def age(asked: float, newest: int, published: dict[int, float]) -> float:
    """For how long, when it was asked for, something newer than the answer had been published."""
    return max(0.0, asked - published.get(newest + 1, float("inf")))


def figures(told: Told, rate: int, ages: list[float]) -> str:
    """The figures of docs/performance.md."""
    rows = [
        ("offered", f"{rate:,} a second for {SECONDS} seconds"),
        ("answers", f"{told.answers:,} of {rate * SECONDS:,}"),
        ("broken connections; answers that are no 200", f"{told.broken}; {told.errors}"),
        ("an answer", told.waits),
        ("answers looked at", f"{len(ages):,}"),
        ("the oldest of them", f"{max(ages):.2f} s"),
    ]
    return "\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)
