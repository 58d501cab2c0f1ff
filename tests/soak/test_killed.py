"""Processes that publish and edit are killed 200 times: every release is wholly before or after."""

import json
import re
import urllib.request
from hashlib import sha256
from threading import Event, Thread

from tests.server import Site, running_site
from tests.soak.script import run

KILLS = 200
KILL = f"from tests.soak.victims import main; main({KILLS}, 20261123)"
# Every public page, rendered by another process without the page cache, under the same host name.
FRESH = """
import json, logging
from hashlib import sha256
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation
from contacts.models import Contact
from releases.models import Edition, Topic
from tests.releases.newsroom.walk import newsroom
logging.disable()
plain = [leaf for leaf in newsroom() if leaf.name.startswith("newsroom:") and not leaf.wanted]
public = Edition.objects.public(timezone.now())
found = {address for one in public for address in (one.get_absolute_url(), one.get_permanent_url())}
found |= {one.get_absolute_url() for one in Edition.objects.withdrawn(timezone.now())}
for code, _name in settings.LANGUAGES:
    with translation.override(code):
        found |= {leaf.path({}) for leaf in plain}
        for row in (*Topic.objects.all(), *Contact.objects.all()):
            found.add(row.get_absolute_url())
        found |= {one.get_absolute_url() + "feed.atom" for one in Topic.objects.all()}
client = Client(headers={"host": HOST})
for address in sorted(found):
    answer = client.get(address)
    print(json.dumps([address, answer.status_code, sha256(answer.content).hexdigest()]))
"""
WATCHED = ("/", "/releases/", "/feed.atom", "/topics/", "/corrections/", "/sitemap.xml")


def ask(url: str) -> tuple[int, bytes]:
    """The status and the body that a reader gets."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def read_on(site: Site, stop: Event, told: list[int]) -> None:
    """Read without pause, so that the server has pages from before and between."""
    while not stop.is_set():
        for path in WATCHED:
            status, page = ask(site.url + path)
            told.append(status)
            for link in re.findall(rb'href="(/releases/killed-[^"?#]+/)"', page)[:3]:
                told.append(ask(site.url + link.decode())[0])


def fresh(site: Site) -> dict[str, tuple[int, str]]:
    """What another process renders of each page."""
    host = site.url.removeprefix("http://")
    lines = run(site, FRESH.replace("HOST", repr(host))).splitlines()
    return {address: (status, digest) for address, status, digest in map(json.loads, lines)}


def served(site: Site, addresses: set[str]) -> dict[str, tuple[int, str]]:
    """What the running server has of each page, asked twice: the second is what it keeps."""
    found = {}
    for address in addresses:
        answers = [ask(site.url + address) for _each in range(2)]
        assert answers[0] == answers[1], address
        found[address] = (answers[1][0], sha256(answers[1][1]).hexdigest())
    return found


def test_nothing_is_half_done_after_200_kills(tmp_path):
    with running_site(tmp_path) as site:
        stop, told = Event(), []
        reader = Thread(target=read_on, args=(site, stop, told))
        reader.start()
        try:
            kills, acts, editions, _users = map(int, run(site, KILL, 300).split())
        finally:
            stop.set()
            reader.join()
        assert (kills, editions > KILLS / 20, acts > KILLS) == (KILLS, True, True)
        assert len(told) > 200
        assert set(told) <= {200, 410}
        pages = fresh(site)
        assert {status for status, _digest in pages.values()} <= {200, 404, 410}
        assert sum(status == 200 for status, _digest in pages.values()) > 100
        kept = served(site, set(pages))
        assert {at: kept[at] for at in pages if kept[at] != pages[at]} == {}
        print(f"\n{kills} kills, {acts} acts begun, {editions} editions, {len(pages)} pages equal")
