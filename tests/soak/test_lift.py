"""A real server with warm pages, and a release whose second comes: never early, hardly late."""

import math
import time
import urllib.request
from contextlib import suppress
from urllib.error import HTTPError

from tests.server import Site, running_site
from tests.soak.script import run

SLUG = "lifted-to-the-second"
PATHS = ("/", "/releases/", "/feed.atom", "/topics/lifted/", "/topics/", f"/releases/{SLUG}/")
SCHEDULE = """
from datetime import UTC, datetime
from tests.make import make_edition, make_topic
topic = make_topic("Lifted Topic", slug="lifted")
edition = make_edition(datetime.fromtimestamp({moment}, UTC), slug="{slug}", topics=(topic.pk,))
print(f"/sitemap-{{edition.dated.year}}.xml")
"""


def shown(site: Site, path: str) -> bool:
    """Whether a reader who asks now finds the release there."""
    with suppress(HTTPError), urllib.request.urlopen(site.url + path, timeout=5) as answer:
        text = answer.read().decode()
        return SLUG in text or "Lifted Topic" in text
    return False


def test_a_release_is_everywhere_at_its_second_and_nowhere_before(tmp_path):
    with running_site(tmp_path) as site:
        moment = math.ceil(time.time()) + 8
        sitemap = run(site, SCHEDULE.format(moment=moment, slug=SLUG)).strip()
        waiting, found = {*PATHS, sitemap}, {}
        rounds = 0
        while waiting and time.time() < moment + 5:
            rounds += time.time() < moment - 1
            for path in sorted(waiting):
                if shown(site, path):
                    found[path] = time.time() - moment
            waiting -= found.keys()
        assert rounds > 10, "the pages were not warm"
        assert waiting == set()
        assert all(0 <= late <= 1 for late in found.values()), found
