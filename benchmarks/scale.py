"""What a cold page costs with 1,000 and with 100,000 releases: `python -m benchmarks.scale`.

Both archives are made in SQLite files of their own; each page is rendered by Django without the
page cache. The archives are asked in turn, so that noise hits both alike; what is compared is the
best round's median. Pages that were rendered before are kept by their values, so that it is the
queries that are measured.
"""

import os
import statistics
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

SMALL, LARGE = 1_000, 100_000
TOPICS = 40
RUNS, ROUNDS = 30, 3
PARAGRAPH = (
    "<p>" + "The paper estimates what one more point of interest costs a budget. " * 6 + "</p>\n"
)


def repeated(edition: Any) -> dict[str, Any]:
    """Return what a topic's link repeats of its edition."""
    return {name: getattr(edition, name) for name in ("language", "kind", "dated")}


def fill(count: int) -> None:
    """Store `count` public releases over the years, two topics and one contact each."""
    from contacts.models import Contact
    from releases.models import Edition, EditionContact, EditionTopic, Release, Topic

    topics = Topic.objects.bulk_create(
        Topic(name_en=f"Topic {n}", slug=f"topic-{n}") for n in range(TOPICS)
    )
    contact = Contact.objects.create(name="Press Desk", slug="press-desk", phone="+12025550123")
    start = datetime(2000, 1, 1, 12, tzinfo=UTC)
    for first in range(0, count, 2_000):
        numbers = range(first, min(first + 2_000, count))
        releases = Release.objects.bulk_create(Release(headline=f"Release {n}") for n in numbers)
        moments = [start + timedelta(hours=n * 200_000 // count) for n in numbers]
        editions = Edition.objects.bulk_create(
            Edition(
                release=release,
                number=1,
                headline=f"Release {n} on budgets and interest",
                slug=f"release-{n}",
                summary="What one more point of interest costs.",
                body=PARAGRAPH * 8,
                dated=moment.date(),
                public_from=moment,
                made_at=moment,
            )
            for n, release, moment in zip(numbers, releases, moments, strict=True)
        )
        EditionTopic.objects.bulk_create(
            EditionTopic(edition=edition, topic=topics[t], **repeated(edition))
            for n, edition in zip(numbers, editions, strict=True)
            for t in {n % TOPICS, n * 7 % 5}
        )
        EditionContact.objects.bulk_create(
            EditionContact(edition=edition, contact=contact) for edition in editions
        )


def measure(count: int) -> dict[str, float]:
    """Return the median milliseconds of each page."""
    from django.test import Client

    middle = f"/releases/release-{count // 2}/"
    pages = {
        "home": "/",
        "release": middle,
        "topic": "/topics/topic-7/",
        "feed": "/feed.atom",
        "topics": "/topics/",
        "contact": "/contacts/press-desk/",
        "list": "/releases/",
        "deepest list page": f"/releases/?before={date(2000, 1, 9)}",
    }
    client = Client()
    medians = {}
    for name, path in pages.items():
        times = []
        for _ in range(RUNS):
            began = time.perf_counter()
            answer = client.get(path)
            times.append((time.perf_counter() - began) * 1000)
            assert answer.status_code == 200, (path, answer.status_code)
        medians[name] = statistics.median(times[3:])
    return medians


def child(count: int, *, filled: bool) -> None:
    """Make one archive, or print its medians (a process of its own, with its own database)."""
    import django
    from django.core.management import call_command
    from django.db import transaction

    django.setup()
    if filled:
        for name, median in measure(count).items():
            print(f"{name}\t{median}")
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        fill(count)


def run(folder: str, count: int, act: str) -> dict[str, float]:
    """Run a child for the archive in `folder`; return what it printed."""
    env = {
        **os.environ,
        "PRESS_VAR": f"{folder}/{count}",
        "PRESS_DEBUG": "no",
        "PRESS_ALLOWED_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "cepr_press.settings",
    }
    command = [sys.executable, "-m", "benchmarks.scale", act, str(count)]
    lines = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    rows = (line.split("\t") for line in lines.stdout.splitlines())
    return {name: float(median) for name, median in rows}


def best(rounds: list[dict[str, float]]) -> dict[str, float]:
    """Return each page's best figure."""
    return {name: min(one[name] for one in rounds) for name in rounds[0]}


def main() -> None:
    """Measure both archives in turn and print the ratios."""
    with TemporaryDirectory() as folder:
        for count in (SMALL, LARGE):
            run(folder, count, "fill")
        found = [[run(folder, count, "measure") for count in (SMALL, LARGE)] for _ in range(ROUNDS)]
    small, large = (best(list(side)) for side in zip(*found, strict=True))
    print(f"{'cold page':<20}{SMALL:>10,}{LARGE:>12,}   ratio")
    for name, one in small.items():
        print(f"{name:<20}{one:>7.2f} ms{large[name]:>9.2f} ms{large[name] / one:>8.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        child(int(sys.argv[2]), filled=sys.argv[1] == "measure")
    else:
        main()
