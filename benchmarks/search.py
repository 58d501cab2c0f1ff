"""What a search costs among 20,000 releases: `python -m benchmarks.search`.

Each question is asked once: a page that was never asked for, rendered by Django without the page
cache. Beside it, in turns and so under the same noise: a Django view without middleware that
answers a constant, plain LIKE for the same words, and, on PostgreSQL, that database's own ranking.
Pages are measured in processor time of this process; LIKE, the ranking and our own query, which
the database does, by the clock.

The database is a file of its own, or that of PRESS_DATABASE_URL, which has to be empty: for
PostgreSQL, `python -m tests.with_postgres python -m benchmarks.search`.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from tempfile import TemporaryDirectory

RELEASES = 20_000
ROUNDS = 60
SEED = 7
RANKING = """
SELECT id FROM releases_edition WHERE to_tsvector('english', headline || ' ' || body)
    @@ plainto_tsquery('english', %s)
ORDER BY ts_rank(to_tsvector('english', headline || ' ' || body), plainto_tsquery('english', %s)) DESC
LIMIT 10
"""  # noqa: E501


def fill(count: int, chance: random.Random) -> list[str]:
    """Store and index `count` public releases, their words drawn like a language's.

    Returns words of which each stands in some ten to some hundred of them.
    """
    from contacts.models import Contact
    from releases.models import Edition, EditionContact, EditionTopic, Release, Topic
    from releases.search.index import index_all

    drawn = [f"{chance.choice('bdfgklmnprst')}{n:x}ar" for n in range(20_000)]
    topic = Topic.objects.create(name_en="Budgets", slug="budgets")
    contact = Contact.objects.create(name="Press Desk", slug="press-desk", phone="+12025550123")
    start = datetime(2000, 1, 1, 12, tzinfo=UTC)
    for first in range(0, count, 2_000):
        numbers = range(first, min(first + 2_000, count))
        releases = Release.objects.bulk_create(Release() for _ in numbers)
        editions = []
        for n, release in zip(numbers, releases, strict=True):
            words = [drawn[int(chance.paretovariate(0.6)) % len(drawn)] for _ in range(300)]
            moment = start + timedelta(hours=n * 200_000 // count)
            editions.append(
                Edition(
                    release=release, number=1, headline=" ".join(words[:8]), slug=f"release-{n}",
                    summary=" ".join(words[8:20]), body=f"<p>{' '.join(words[20:])}</p>",
                    dated=moment.date(), public_from=moment, made_at=moment,
                )
            )  # fmt: skip
        Edition.objects.bulk_create(editions)
        EditionTopic.objects.bulk_create(
            EditionTopic(edition=one, topic=topic, language="en", dated=one.dated)
            for one in editions
        )
        EditionContact.objects.bulk_create(
            EditionContact(edition=one, contact=contact) for one in editions
        )
    index_all()
    return chance.sample(drawn[100:2_000], ROUNDS)


def milliseconds(act: Callable[[], object], clock: Callable[[], float]) -> float:
    """How long an act takes."""
    began = clock()
    act()
    return (clock() - began) * 1000


def like(word: str) -> list[int]:
    """Ask by LIKE, the newest first."""
    from django.utils import timezone

    from releases.models import Edition

    found = Edition.objects.public(timezone.now()).filter(body__icontains=word)
    return list(found.newest_first().values_list("pk", flat=True)[:10])


def ranking(word: str) -> list[tuple]:
    """Ask PostgreSQL's own full-text search, the best first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(RANKING, [word, word])
        return cursor.fetchall()


def measure(questions: list[str]) -> dict[str, float]:
    """Return the median milliseconds of each way to answer, all asked in turn."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.db import connection
    from django.test import RequestFactory
    from django.utils import timezone

    from benchmarks._constant import django_view
    from releases.search.question import read
    from releases.search.searching import search

    page, requests = WSGIHandler(), RequestFactory(headers={"host": "localhost"})

    def asked(application: Callable, word: str) -> bytes:
        environ = requests.get("/search/", {"q": word}).environ
        return b"".join(application(environ, lambda *_answer: None))

    ways: dict[str, tuple[Callable[[str], object], Callable[[], float]]] = {
        "a constant": (lambda word: asked(django_view, word), time.process_time),
        "the search page": (lambda word: asked(page, word), time.process_time),
        "search() alone": (lambda word: search(timezone.now(), ["en"], read(word)), time.time),
        "LIKE": (like, time.time),
    }
    if connection.vendor == "postgresql":
        ways["PostgreSQL's ranking"] = (ranking, time.time)
    found: dict[str, list[float]] = {name: [] for name in ways}
    for word in questions:
        for name, (act, clock) in ways.items():
            found[name].append(milliseconds(lambda: act(word), clock))  # noqa: B023
    # The first ones load templates and prepare queries.
    return {name: statistics.median(times[10:]) for name, times in found.items()}


def main(count: int) -> None:
    """Fill, measure, print each figure and its ratio to what it stands beside."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("migrate", verbosity=0)
    found = measure(fill(count, random.Random(SEED)))
    print(f"{count:,} releases, medians of {ROUNDS - 10} questions")
    for name, one in found.items():
        print(f"{name:<22}{one:>9.3f} ms")
    print(f"the page is {found['a constant'] / found['the search page']:.3f} × a constant")
    for name in ("LIKE", "PostgreSQL's ranking"):
        if name in found:
            print(f"search() is {found[name] / found['search() alone']:.1f} × as fast as {name}")


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        os.environ |= {
            "PRESS_VAR": folder,
            "PRESS_DEBUG": "no",
            "DJANGO_SETTINGS_MODULE": "cepr_press.settings",
        }
        main(int(sys.argv[1]) if len(sys.argv) > 1 else RELEASES)
