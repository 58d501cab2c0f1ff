"""50 editions within ten seconds, while readers ask for 500 pages.

Each page is rendered at most once a generation, nobody waits for more than one render, and no
answer is older than a second. The one exception: an answer during whose render an edition begins
holds until then, and whoever asks next has it rendered anew. The figures of docs/performance.md:
`python -m pytest -s tests/soak/test_burst.py`.
"""

import json
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread

from tests.server import Site, made_site, serving
from tests.soak.script import run, start

EDITIONS, SECONDS, READERS, PAGES = 50, 10, 8, 500
# Every release carries one or two of these topics; what is published carries them all, so that it
# stands in the related releases of every page that is asked for.
FILL = """
from django.db import transaction
from benchmarks.scale import fill
with transaction.atomic():
    fill(420)
"""
PUBLISH = f"""
import time
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from releases import workflow
from releases.models import Topic
from tests.make import make_approved, make_contact, make_user
topics, contacts = tuple(Topic.objects.values_list("pk", flat=True)), (make_contact().pk,)
approved = [
    make_approved(headline=f"Burst {{n}} of the day", slug=f"burst-{{n}}",
                  topics=topics, contacts=contacts)
    for n in range(1, {EDITIONS} + 1)
]
publisher = make_user("publisher")
began = time.time()
for n, release in enumerate(approved, 1):
    edition = workflow.publish(release.pk, publisher, release.version)
    print(n, time.time(), edition.public_from.timestamp())
    time.sleep(max(0, began + n * {SECONDS} / {EDITIONS} - time.time()))
"""
# What is under embargo for longer than this test is asked for by all, again and again.
ABSENT = "/releases/not-there-yet/"
NEWEST = re.compile(rb"Burst (\d+) of the day")


@dataclass
class Reader:
    """One who asks for page after page; remembers when, how long it took, and the newest there."""

    pages: list[str]
    asked: list[tuple[str, float, float, int]] = field(default_factory=list)

    def read(self, site: str, stop: Event) -> None:
        """Ask until told to stop."""
        connection = HTTPConnection(site, timeout=30)
        while not stop.is_set():
            for page in self.pages:
                asked = time.time()
                connection.request("GET", page)
                answer = connection.getresponse()
                body = answer.read()
                assert answer.status == (404 if page == ABSENT else 200), page
                newest = max(map(int, NEWEST.findall(body)), default=0)
                self.asked.append((page, asked, time.time() - asked, newest))
                if stop.is_set():
                    return


def pages() -> list[str]:
    """The addresses that readers ask for; every one shows the newest release."""
    lists = ["/", "/releases/", "/feed.atom"]
    topics = [f"/topics/topic-{n}/" for n in range(38)]
    releases = [f"/releases/release-{n}/" for n in range(420)]
    return [*lists, *topics, *(f"{one}feed.atom" for one in topics), ABSENT, *releases]


def read_meanwhile(site: Site, url: str) -> tuple[list[Reader], dict[int, float], list[float]]:
    """Publish while readers ask; return what they saw, when each edition was there, and began."""
    asked, stop = pages(), Event()
    # Two start at the same place: they want the same page at the same time.
    places = [n // 2 * 2 * len(asked) // READERS for n in range(READERS)]
    readers = [Reader([ABSENT, *asked[place:], *asked[:place]]) for place in places]
    host = url.removeprefix("http://")
    threads = [Thread(target=one.read, args=(host, stop)) for one in readers]
    publishing = start(site, PUBLISH)
    published, begins = {0: 0.0}, []
    assert publishing.stdout
    for line in publishing.stdout:
        if len(published) == 1:
            for thread in threads:
                thread.start()
        number, moment, begin = line.split()
        published[int(number)] = float(moment)
        begins.append(float(begin))
    # A busy machine gets round to all of the pages a little later.
    latest = time.time() + 60
    while time.time() < latest and (
        time.time() < published[len(published) - 1] + 1.5
        or len({page for one in readers for page, *_rest in list(one.asked)}) < PAGES
    ):
        time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join()
    assert publishing.wait() == 0
    return readers, published, begins


def age(asked: float, newest: int, published: dict[int, float]) -> float:
    """For how long, when it was asked for, something newer than the answer had been published."""
    return max(0.0, asked - published.get(newest + 1, float("inf")))


def test_a_burst_of_editions(tmp_path):
    counted = tmp_path / "counted.jsonl"
    with made_site(tmp_path) as environment:
        environment["COUNTED"] = str(counted)
        program = "tests/soak/counting_server.py"
        with serving(environment, tmp_path / "server.log", program) as url:
            site = Site(url, environment)
            run(site, FILL)
            readers, published, begins = read_meanwhile(site, url)
    answers = [one for reader in readers for one in reader.asked]
    assert len(published) == EDITIONS + 1
    during = sum(asked < published[EDITIONS] for _page, asked, *_rest in answers)
    took = published[EDITIONS] - published[1]
    assert took < SECONDS * 1.5, "the machine is too busy for a burst"
    assert len({page for page, *_rest in answers}) >= PAGES
    ages = [age(asked, newest, published) for page, asked, _took, newest in answers
            if page != ABSENT]  # fmt: skip
    assert max(ages) <= 1
    told = tell(counted, begins)
    print(f"\n| {EDITIONS} editions | {took:.1f} s |\n| answers meanwhile | {during:,} |")
    print(figures(answers, ages, told))


def tell(counted: Path, begins: list[float]) -> list[dict]:
    """What the server told of itself, after looking at it."""
    told = [json.loads(line) for line in counted.read_text().splitlines()]
    assert max(len(one["renders"]) for one in told) == 1
    rendered = [one for one in told if one["renders"]]
    moments: dict[tuple, list[float]] = defaultdict(list)
    for one in rendered:
        moments[one["store"], one["path"]].append(one["renders"][0][0])
    assert len(moments) > PAGES
    for (_store, path), found in moments.items():
        for this, following in pairwise(sorted(found)):
            assert path == ABSENT or between(this, following, begins), (path, found)
    for one in rendered:
        # Who waited for another's render renders only where that one no longer holds.
        if one["waited"] > 0.05:
            began = one["renders"][0][0]
            former = max(m for m in moments[one["store"], one["path"]] if m < began)
            assert between(former, began, begins), one
    longest = max(took for one in rendered for _began, took in one["renders"])
    assert max(one["waited"] for one in told) <= longest + 0.05
    return told


def between(this: float, following: float, begins: list[float]) -> bool:
    """Whether an edition began after the one moment, and by the other."""
    return any(this < begin <= following for begin in begins)


def figures(answers: list, ages: list[float], told: list[dict]) -> str:
    """The figures of docs/performance.md."""
    waits = [took * 1000 for _page, _asked, took, _newest in answers]
    renders = [took * 1000 for one in told for _began, took in one["renders"]]
    shared = sum(not one["renders"] and one["waited"] > 0.001 for one in told)
    late = quantiles(waits, n=100)[-1]
    rows = [
        ("answers until every page was asked for", f"{len(answers):,}"),
        ("renders", f"{len(renders):,}"),
        ("answers that waited for another reader's render", f"{shared:,}"),
        ("generations in which something was rendered", f"{len({one['store'] for one in told}):,}"),
        ("a render", f"{median(renders):.0f} ms, at most {max(renders):.0f} ms"),
        ("an answer", f"{median(waits):.0f} ms, 99 of 100 within {late:.0f} ms"),
        ("the longest wait for an answer", f"{max(waits):.0f} ms"),
        ("the oldest answer", f"{max(ages):.2f} s"),
    ]
    return "\n".join(f"| {name} | {value} |" for name, value in rows)
