"""A process that publishes is killed at any moment: every release is wholly before or after."""

import random
import subprocess
import urllib.request
from contextlib import suppress

from tests.server import running_site
from tests.soak.script import run, start

ROUNDS = 12
PUBLISH = """
from itertools import count
from tests import make
make.number = count({first})
for n in range(200):
    edition = make.make_edition()
    make.make_next_edition(edition, headline=f"Changed {{n}}")
    print(n)
"""
# Each act counts the version up by one and writes one line; the last revision is the text.
CHECK = """
from cepr_press.generation import current
from releases.content import read
from releases.models import Edition, Release
from releases.snapshots import from_snapshot
for release in Release.objects.all():
    last = release.revisions.first()
    assert read(release) == from_snapshot(last.schema, last.snapshot), release.pk
    assert release.acts.count() == release.version, release.pk
    editions = list(release.editions.order_by("number"))
    assert [one.number for one in editions] == list(range(1, len(editions) + 1)), release.pk
    assert sum(one.public_until is None for one in editions) == bool(editions), release.pk
    for one in editions:
        assert one.topic_links.count() and one.contact_links.count(), one.pk
        assert release.addresses.filter(slug=one.slug, language=one.language).exists(), one.pk
print(current(), Edition.objects.count())
"""
FRESH = """
from django.test import Client
from releases.models import Edition
from django.utils import timezone
public = Edition.objects.public(timezone.now()).filter(language="en").order_by("-pk")[:20]
for edition in public:
    print(edition.get_absolute_url(), edition.headline)
"""


def test_nothing_is_half_done_after_a_kill(tmp_path):
    chance = random.Random(20261123)
    with running_site(tmp_path) as site:
        generation = editions = 0
        for first in range(ROUNDS):
            process = start(site, PUBLISH.format(first=(first + 1) * 100_000))
            assert process.stdout.readline()
            for _line in range(chance.randrange(3)):
                process.stdout.readline()
            # Then somewhere within the next transactions.
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.random() / 5)
            process.kill()
            process.wait()
            now_generation, now_editions = map(int, run(site, CHECK).split())
            assert now_generation > generation
            assert now_editions > editions
            generation, editions = now_generation, now_editions
        for line in run(site, FRESH).splitlines():
            path, headline = line.split(" ", 1)
            with urllib.request.urlopen(site.url + path, timeout=5) as answer:
                assert headline in answer.read().decode()
