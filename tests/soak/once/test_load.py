"""Ten thousand requests a second through nginx, while twenty editions are published.

Two processes of the application, PostgreSQL, nginx as shipped. wrk offers the load; readers beside
it look at what they are given. So many are offered on every machine; four fifths of them have to
be answered, or, where that is less, a third of what this one answers at the moment while nothing
changes. The figures of docs/performance.md: `python -m pytest -s tests/soak/once/test_load.py`.
"""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest

from tests.nginx import in_front
from tests.server import Site, made_site, serving
from tests.soak.once.people import until
from tests.soak.script import start
from tests.with_postgres import server

RATE, SECONDS, EDITIONS, READERS = 10_000, 30, 20, 4
# Those that offer the load, and those who come all at once. Each may need a second one, to the
# application: 1,024, which nginx had, are too few for 800. Below 1,000, so that wrk gets them
# wherever it runs.
CONNECTIONS, AT_ONCE = 100, 800
# As fast as the machine can.
UNBOUND = 1_000_000
# All but the last two show the newest release.
PAGES = (
    "/", "/releases/", "/feed.atom", "/feed.json", "/topics/bolivia/", "/topics/trade/",
    "/releases/remittances-share-of-gdp/", "/contacts/",
)  # fmt: skip
LOOKED_AT = PAGES[:6]
NEWEST = re.compile(rb"Loaded (\d+) of the day")
# Spread over nine tenths of the time: the last is there before the load ends. Their distance is no
# whole or half second, so that they come in all parts of one.
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
    time.sleep(max(0, began + 0.9 * n * {SECONDS} / {EDITIONS} - time.time()))
    workflow.publish(release.pk, publisher, release.version)
    print(n, time.time())
"""


@dataclass
class Reader:
    """One who goes round the pages; remembers when each was asked for, and the newest there."""

    host: str
    asked: list[tuple[float, int]] = field(default_factory=list)
    wrong: list[tuple[str, int]] = field(default_factory=list)

    @property
    def newest(self) -> int:
        """The number of the newest edition seen."""
        return max((newest for _asked, newest in self.asked), default=0)

    def read(self, stop: Event) -> None:
        """Ask until told to stop, some fifty times a second: the load is wrk's to make."""
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
                stop.wait(0.015)


@dataclass(frozen=True)
class Told:
    """What wrk tells: answers, broken connections, answers that are errors, and waits."""

    answers: int
    broken: int
    errors: int
    waits: str


@dataclass(frozen=True)
class Seen:
    """What came of it: what wrk tells, when it ended, and which edition was there by when."""

    told: Told
    ended: float
    published: dict[int, float]


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Iterator[Site]:
    """A site on a PostgreSQL of its own: two processes, nginx before them."""
    folder = tmp_path_factory.mktemp("load")
    with (
        pytest.MonkeyPatch.context() as patch,
        server(fsync="on", synchronous_commit="on", full_page_writes="on") as database,
    ):
        patch.delenv("TESTS_SHARED", raising=False)
        patch.setenv("PRESS_DATABASE_URL", database.address)
        with made_site(folder) as environment, ExitStack() as processes:
            logs = [folder / "one.log", folder / "other.log"]
            direct = [processes.enter_context(serving(environment, log)) for log in logs]
            with in_front(direct, folder / "nginx") as url:
                yield Site(url, environment)


def test_nobody_is_refused_where_many_come_at_once(place):
    """None of the pages is there yet, so that all of them are handed on."""
    told = read(offer(place.url, UNBOUND, 5, AT_ONCE).communicate()[0])
    assert told.answers >= AT_ONCE
    assert (told.broken, told.errors) == (0, 0)


def test_ten_thousand_a_second_while_editions_are_published(place):
    readers = [Reader(urlsplit(place.url).netloc) for _n in range(READERS)]
    before = capacity(place.url)
    seen = offered(place, readers)
    can = min(before, capacity(place.url))
    told, moments = seen.told, seen.published
    answers = [one for reader in readers for one in reader.asked]
    ages = [age(moment, newest, moments) for moment, newest in answers]
    print(figures(told, ages))
    assert len(moments) == EDITIONS
    assert moments[EDITIONS] < seen.ended, "the machine is too busy to publish"
    assert [one for reader in readers for one in reader.wrong] == []
    assert (told.broken, told.errors) == (0, 0)
    # Publishing, rendering and reading take their part of a machine that has little to spare.
    assert told.answers >= min(0.8 * RATE, can / 3) * SECONDS
    assert len(ages) > 5 * EDITIONS
    assert max(ages) <= 1


def capacity(url: str) -> int:
    """How many requests a second this machine answers at the moment, while nothing changes."""
    return read(offer(url, UNBOUND, 3).communicate()[0]).answers // 3


def offered(place: Site, readers: list[Reader]) -> Seen:
    """Offer the load and publish, while these read."""
    publishing, stop = start(place, PUBLISH), Event()
    assert publishing.stdin and publishing.stdout
    with ThreadPoolExecutor(len(readers)) as pool:
        try:
            assert publishing.stdout.readline() == "ready\n"
            reading = [pool.submit(one.read, stop) for one in readers]
            offering = offer(place.url, RATE, SECONDS)
            publishing.stdin.write("\n")
            publishing.stdin.flush()
            printed, _none = offering.communicate(timeout=SECONDS + 60)
            ended = time.time()
            published = dict(line.split() for line in publishing.stdout)
            for one in readers:
                until(lambda one=one: one.newest == EDITIONS, 30, "the last edition is not seen")
        finally:
            stop.set()
            publishing.kill()
            publishing.wait()
        for one in reading:
            one.result()
    moments = {int(number): float(moment) for number, moment in published.items()}
    return Seen(read(printed), ended, moments)


def offer(
    url: str, rate: int, seconds: int, connections: int = CONNECTIONS
) -> subprocess.Popen[str]:
    """Start wrk, to offer so many requests a second; raises RuntimeError where it is missing."""
    program = shutil.which("wrk")
    if not program:
        raise RuntimeError("wrk is missing: install it (on Debian: apt-get install wrk)")
    script = Path(__file__).with_name("offer.lua")
    command = [program, "-t1", f"-c{connections}", f"-d{seconds}", "--timeout", "30", "--latency"]
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
    waits = re.findall(r"^ +(50|99)%\s+(\S+)", printed, re.MULTILINE)
    return Told(
        answers=int(found[1]),
        broken=sum(map(int, re.findall(r"\d+", broken[1]))) if broken else 0,
        errors=int(errors[1]) if errors else 0,
        waits=", ".join(f"{share} of 100 within {wait}" for share, wait in waits),
    )


def age(asked: float, newest: int, published: dict[int, float]) -> float:
    """For how long, when it was asked for, something newer than the answer had been published."""
    return max(0.0, asked - published.get(newest + 1, float("inf")))


def figures(told: Told, ages: list[float]) -> str:
    """The figures of docs/performance.md."""
    rows = [
        ("offered", f"{RATE:,} a second for {SECONDS} seconds, on {CONNECTIONS} connections"),
        ("answers", f"{told.answers:,} of {RATE * SECONDS:,}"),
        ("broken connections; answers that are no 200", f"{told.broken}; {told.errors}"),
        ("an answer", told.waits),
        ("answers looked at", f"{len(ages):,}"),
        ("the oldest of them", f"{max(ages):.2f} s"),
    ]
    return "\n" + "\n".join(f"| {name} | {value} |" for name, value in rows)
