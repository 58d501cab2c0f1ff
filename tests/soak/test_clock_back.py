"""The machine's clock is put back under load: nothing is taken from readers, staff are told why.

The kernel's clock is everybody's, so these processes get one of their own (libfaketime), which is
put back, and right again, while they run. A server of PostgreSQL keeps the right time.
"""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.server import Site, made_site, serving
from tests.soak.once.people import Answer, Person, readers, until
from tests.soak.script import run

HOUR = 3600
DESK = "/desk/releases/release"
#: What happens before the clock is put back. Prints the keys of two releases to act on later.
STORY = """
from datetime import UTC, datetime
from django.utils import timezone
from releases import workflow
from releases.models import Release
from tests.make import *

def publish(release):
    return workflow.publish(release.pk, make_user("publisher"), release.version)

def corrected(edition, **fields):
    release = make_approved_again(edition, **fields)
    note = ("correction", "A figure was wrong.")
    return workflow.publish(release.pk, make_user("publisher"), release.version, None, *note)

topic = make_topic("Clock Topic", slug="clock")
publish(make_approved(slug="published", headline="Published", topics=(topic.pk,)))
first = publish(make_approved(slug="mended", headline="The Former Words"))
corrected(first, headline="The Mended Words")
gone = publish(make_approved(slug="gone", headline="Withdrawn Words"))
release = Release.objects.get(pk=gone.release_id)
workflow.withdraw(release.pk, make_user("publisher"), release.version, "error", "Wrong.")
make_edition(datetime.fromtimestamp({lift}, UTC), slug="lifted", headline="Lifted Words")
make_edition(datetime.fromtimestamp({later}, UTC), slug="later", headline="Later Words")
print(Release.objects.get(slug="published").pk)
print(make_approved_again(first.release.editions.get(number=2), headline="Mended Again").pk)
print(make_approved(slug="planned", headline="Planned Words").pk)
"""
#: The people whom it makes have other names than those of the story.
NEXT = """
from datetime import UTC, datetime
from itertools import count
from tests import make
make.number = count(1000)
make.make_edition(datetime.fromtimestamp({moment}, UTC), slug="next", headline="Next Words")
"""
PUBLIC = {
    "/releases/published/": "Published",
    "/releases/mended/": "The Mended Words",
    "/releases/lifted/": "Lifted Words",
    "/topics/clock/": "Published",
    "/": "Lifted Words",
    "/feed.atom": "Lifted Words",
}
#: Nobody has asked for these before the clock is put back.
COLD = {
    "/releases/": "Lifted Words",
    "/feed.json": "Lifted Words",
    "/releases/lifted.txt": "Lifted Words",
    "/releases/mended/editions/": "Correction",
    "/corrections/": "A figure was wrong.",
    "/topics/clock/feed.atom": "Published",
    "/search/?q=lifted+words": "/releases/lifted/",
}
NOT_PUBLIC = ("Later Words", "Withdrawn Words", "The Former Words")


class Clock:
    """The clock of these processes: a file that says how far it is off."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "clock"
        self.put(0)

    def put(self, seconds: int) -> None:
        """Let it be off by so many seconds from now on; it is never seen half written."""
        fresh = self.file.with_suffix(".fresh")
        fresh.write_text(f"{seconds:+d}\n")
        fresh.rename(self.file)

    def environment(self) -> dict[str, str]:
        """What makes a process go by it. Raises RuntimeError where libfaketime is missing."""
        found = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
        if found is None:
            raise RuntimeError("libfaketime is missing (on Debian: apt-get install faketime)")
        return {
            "LD_PRELOAD": str(found),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }


@dataclass
class Place:
    """A site whose server goes by a clock of its own."""

    environment: dict[str, str]
    clock: Clock
    folder: Path

    @contextmanager
    def served(self) -> Iterator[str]:
        own = self.clock.environment()
        with serving({**self.environment, **own}, self.folder / "server.log") as url:
            yield url


@pytest.fixture
def place(tmp_path) -> Iterator[Place]:
    with made_site(tmp_path) as environment:
        yield Place(environment, Clock(tmp_path), tmp_path)


def begun(place: Place, url: str) -> list[str]:
    """Let the story happen and its release be lifted, read all that is warm; return the keys."""
    lift = math.ceil(time.time()) + 20
    site = Site(url, place.environment)
    keys = run(site, STORY.format(lift=lift, later=lift + HOUR)).split()
    until(lambda: Person(url).ask("/releases/lifted/").status == 200, 40, "it is not lifted")
    assert time.time() >= lift
    shows(url, PUBLIC)
    return keys


def shows(url: str, pages: dict[str, str]) -> None:
    """Every page shows its words, and none of what is not public, or no more."""
    for path, words in pages.items():
        answer = Person(url).ask(path)
        assert answer.status == 200, (path, answer.text[:500])
        assert words in answer.text, path
        assert [one for one in NOT_PUBLIC if one in answer.text] == [], path
    assert Person(url).ask("/releases/gone/").status == 410
    assert Person(url).ask("/releases/later/").status == 404


def test_readers_lose_nothing_and_all_goes_on_by_itself(place):
    with place.served() as url:
        begun(place, url)
        with readers(url, tuple(PUBLIC)) as answers:
            place.clock.put(-HOUR)
            time.sleep(2)
            shows(url, PUBLIC | COLD)
    assert len(answers) > 50
    assert {one.status for one in answers} == {200}
    assert all(one.is_whole for one in answers)
    assert all(PUBLIC[path_of(one, url)] in one.text for one in answers)
    # A process that has never known the right time.
    with place.served() as url:
        shows(url, PUBLIC | COLD)
        place.clock.put(0)
        moment = math.ceil(time.time()) + 20
        run(Site(url, place.environment), NEXT.format(moment=moment))
        until(lambda: Person(url).ask("/releases/next/").status == 200, 40, "it never goes on")
        assert time.time() >= moment
        shows(url, PUBLIC | COLD)


def path_of(answer: Answer, url: str) -> str:
    return answer.url.removeprefix(url)


def test_staff_are_told_why_and_what_they_do_is_done_or_refused(place):
    with place.served() as url:
        published, mended, planned = begun(place, url)
        publisher, administrator = Person(url), Person(url)
        publisher.sign_in("publisher")
        administrator.sign_in("administrator")
        assert "clock" not in administrator.ask("/desk/").text
        place.clock.put(-HOUR)
        until(lambda: "clock" in administrator.ask("/desk/").text, 3, "nobody is told")
        assert "The clock of this machine was put back" in publisher.ask("/desk/").text

        page = publisher.ask(f"{DESK}/{mended}/publish/")
        done = publisher.press(page, "when", when="now", reason="correction", note="Once more.")
        assert done.status == 200, done.text
        until(lambda: "Mended Again" in Person(url).ask("/releases/mended/").text, 2, "not seen")

        page = publisher.ask(f"{DESK}/{published}/withdraw/")
        done = publisher.press(page, "reason", reason="error")
        assert done.status == 200, done.text
        until(lambda: Person(url).ask("/releases/published/").status == 410, 2, "still there")

        # By the clock it is to come; readers are past it.
        between = datetime.now(UTC) - timedelta(minutes=30)
        page = publisher.ask(f"{DESK}/{planned}/publish/")
        done = publisher.press(page, "when", when="later", **entered(page, between))
        assert "The clock of this machine was put back" in done.text
        assert Person(url).ask("/releases/planned/").status == 404

        place.clock.put(0)
        until(lambda: "clock" not in publisher.ask("/desk/").text, 3, "it is still told")
        done = publisher.press(page, "when", when="now")
        until(lambda: Person(url).ask("/releases/planned/").status == 200, 2, "not seen")
        assert Person(url).ask("/releases/published/").status == 410
        assert "Mended Again" in Person(url).ask("/releases/mended/").text


def entered(page: Answer, moment: datetime) -> dict[str, str]:
    """What the form's fields of a moment take for it, in UTC."""
    names = sorted(name for name in page.form("when").fields if name.startswith("at"))
    day, hour, zone = (next(n for n in names if n.endswith(end)) for end in ("_0", "_1", "_2"))
    return {day: f"{moment:%Y-%m-%d}", hour: f"{moment:%H:%M}", zone: "UTC"}
