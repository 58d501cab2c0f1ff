"""A real server with warm pages, and a release whose second comes: never early, hardly late."""

import math
import time
import urllib.request
from contextlib import suppress
from urllib.error import HTTPError

from tests.server import running_site
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


def shown(url: str, words: tuple[str, ...] = (SLUG, "Lifted Topic")) -> bool:
    """Whether a reader who asks now finds any of these words there."""
    with suppress(HTTPError), urllib.request.urlopen(url, timeout=5) as answer:
        text = answer.read().decode()
        return any(word in text for word in words)
    return False


def found_at(urls: set[str], moment: int) -> dict[str, float]:
    """Ask without pause until all have it; return how late, in seconds, each was.

    Late is the last request that came after the moment and was answered without; a negative
    number says that an answer had it before its moment.
    """
    late = dict.fromkeys(urls, 0.0)
    waiting, rounds = set(urls), 0
    while waiting and time.time() < moment + 5:
        rounds += time.time() < moment - 1
        for url in sorted(waiting):
            asked = time.time()
            if not shown(url):
                late[url] = max(asked - moment, 0)
                continue
            waiting.remove(url)
            late[url] = min(late[url], time.time() - moment)
    assert rounds > 10, "the pages were not warm"
    assert not waiting
    return late


def test_a_release_is_everywhere_at_its_second_and_nowhere_before(tmp_path):
    with running_site(tmp_path) as site:
        moment = math.ceil(time.time()) + 8
        sitemap = run(site, SCHEDULE.format(moment=moment, slug=SLUG)).strip()
        late = found_at({site.url + path for path in (*PATHS, sitemap)}, moment)
        assert all(0 <= seconds <= 1 for seconds in late.values()), late
