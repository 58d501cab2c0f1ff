"""Processes that publish and edit without end and are killed (-9): run within a site's environment.

The parent is warm; each child is a fork of it with a connection of its own, so that a kill costs
a tenth of a second. What the database holds is checked after every tenth.
"""

import os
import random
import signal
import time
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from cepr_press import generation
from releases import publishing, workflow
from releases.content import Content, Figure, read
from releases.models import Edition, Release, Topic
from releases.snapshots import from_snapshot
from tests.make import make_contact, make_picture, make_topic, make_user

# A child that nobody kills ends by itself: seconds.
LONGEST = 20
# From the beginning of a child's first act to its end, in seconds.
SPAN = 0.25
DAY = timedelta(days=1)
MARKED = ("headline", "subhead", "summary", "body")


class Office:
    """The people, topics and contacts with whom all of it is done."""

    def __init__(self) -> None:
        self.writer, self.editor = make_user("writer"), make_user("editor")
        self.publisher = make_user("publisher")
        self.topics = (make_topic("Killed").pk, make_topic("Kept").pk)
        self.contacts = (make_contact().pk, make_contact().pk)
        self.picture = make_picture().pk

    def text(self, mark: str) -> dict:
        """Every field of a text with the same mark: half of one and half of another would show."""
        return {
            "headline": f"Headline {mark}",
            "subhead": f"Subhead {mark}",
            "summary": f"Summary {mark}",
            "body": f"<p>Body {mark}</p>",
            "topics": self.topics,
            "contacts": self.contacts,
            "figures": (Figure(self.picture, f"Alt {mark}", "", ""),),
        }

    def write(self, mark: str) -> None:
        """A new draft."""
        content = Content(slug=f"killed-{mark}", dateline="Lima", **self.text(mark))
        workflow.create(self.writer, content)

    def go_on(self, pk: int, mark: str, at: datetime | None) -> None:
        """Take a release one step further, from wherever a kill has left it."""
        release = Release.objects.get(pk=pk)
        seen = release.version
        if release.editions.scheduled(timezone.now()).exists():
            workflow.take_back(pk, self.publisher, seen)
        elif release.stage == "draft":
            workflow.submit(pk, self.writer, seen)
        elif release.stage == "in_review":
            workflow.approve(pk, self.editor, seen)
        elif publishing.is_published_as(release, read(release)):
            content = replace(read(release), **self.text(mark))
            workflow.save(pk, self.writer, seen, content)
        else:
            workflow.publish(pk, self.publisher, seen, at, "correction", f"Note {mark}")

    def withdraw(self, pk: int) -> None:
        """Take a public release away."""
        release = Release.objects.get(pk=pk)
        workflow.withdraw(pk, self.publisher, release.version, "error")

    def act(self, chance: random.Random, mark: str) -> None:
        """One of all that; what the rules refuse is refused."""
        killed = list(
            Release.objects.filter(slug__startswith="killed-").values_list("pk", flat=True)
        )
        kind = chance.choices(["write", "go on", "schedule", "withdraw", "topic"], [2, 14, 3, 1, 1])
        try:
            if kind == ["write"] or not killed:
                self.write(mark)
            elif kind == ["topic"]:
                Topic.objects.filter(pk=self.topics[0]).update(description=f"About {mark}")
            elif kind == ["withdraw"]:
                self.withdraw(chance.choice(killed))
            else:
                at = timezone.now() + DAY if kind == ["schedule"] else None
                self.go_on(chance.choice(killed), mark, at)
        except workflow.Refused:
            return


def live(office: Office, number: int, told: int) -> NoReturn:
    """The life of a child: a byte for each act that it begins."""
    signal.alarm(LONGEST)
    chance = random.Random(number)
    try:
        for n in range(10_000):
            os.write(told, b".")
            office.act(chance, f"{number}-{n}-end")
    finally:
        os._exit(1)


def kill_one(office: Office, number: int, chance: random.Random) -> int:
    """Fork a child, kill it at any moment after its first act began; return how many it began."""
    listening, telling = os.pipe()
    child = os.fork()
    if not child:
        live(office, number, telling)
    os.close(telling)
    begun = len(os.read(listening, 1))
    time.sleep(chance.random() * SPAN)
    os.kill(child, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "the child ended by itself"
    begun += len(os.read(listening, 10_000))
    os.close(listening)
    return begun


def marks(one: Release | Edition) -> set[str]:
    """The marks in a text and in what is said with its picture."""
    texts = [getattr(one, name) for name in MARKED] + [row.alt for row in one.figures.all()]
    return {text.removesuffix("</p>").rpartition(" ")[2] for text in texts}


def check_release(release: Release) -> None:
    """Each act counts the version up by one and writes one line; the last revision is the text."""
    last = release.revisions.first()
    assert last and read(release) == from_snapshot(last.schema, last.snapshot), release.pk
    assert release.acts.count() == release.version, release.pk
    assert len(marks(release)) == 1, release.pk
    editions = list(release.editions.order_by("number"))
    assert [one.number for one in editions] == list(range(1, len(editions) + 1)), release.pk
    for one in editions[-1:]:
        assert (one.public_until is None) != hasattr(one, "withdrawal"), one.pk
    assert all(one.public_until for one in editions[:-1]), release.pk
    for one in editions:
        assert len(marks(one)) == 1, one.pk
        assert (one.topics.count(), one.contacts.count(), one.figures.count()) == (2, 2, 1), one.pk
        assert bool(one.note) == (one.number > 1), one.pk
        assert release.addresses.filter(slug=one.slug, language=one.language).exists(), one.pk


def spans() -> list[tuple]:
    return list(Edition.objects.order_by("pk").values_list("pk", "public_from", "public_until"))


def check_all(since: datetime) -> None:
    """Check every release that changed since then."""
    changed = Release.objects.filter(slug__startswith="killed-", changed_at__gte=since)
    for release in changed:
        check_release(release)


def main(kills: int, seed: int) -> None:
    """Kill so many; print what was done. Raises AssertionError where something is half done."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    office, chance = Office(), random.Random(seed)
    began = since = timezone.now()
    number, stood, acts = generation.current(), spans(), 0
    for n in range(1, kills + 1):
        connection.close()
        acts += kill_one(office, n, chance)
        now_number, now_stood = generation.current(), spans()
        assert now_number >= number, "the generation went back"
        assert now_number > number or now_stood == stood, "an edition without a generation"
        number, stood = now_number, now_stood
        if n % 10 == 0:
            checked = timezone.now()
            check_all(since)
            since = checked
    check_all(began - DAY)
    with transaction.atomic():
        connection.check_constraints()
    made = Edition.objects.filter(release__slug__startswith="killed-").count()
    print(kills, acts, made, User.objects.count())
