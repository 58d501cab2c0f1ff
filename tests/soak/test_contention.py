"""Two editors autosave and save, a publisher publishes, eight readers read: thirty seconds, and
no error of any kind, on either side of the server."""

import re
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode

from lxml import html

from tests.server import PASSWORD, running_site
from tests.soak.script import run

SECONDS = 30
READERS = 8
DESK = "/desk/releases/release"
READ = ("/", "/releases/", "/feed.atom", "/topics/", "/sitemap.xml", "/releases/contended-0/")
WRONG = re.compile(r"locked|Traceback|OperationalError|IntegrityError|deadlock", re.IGNORECASE)
MAKE = """
from django.contrib.auth.models import User
from releases import workflow
from tests.make import make_content, make_user
make_user("editor", "editor2")
writer = User.objects.get(username="writer")
for n in range(2):
    print(workflow.create(writer, make_content(slug=f"contended-{n}", headline="At first")).pk)
"""
SET_PASSWORD = """
from django.contrib.auth.models import User
user = User.objects.get(username="editor2")
user.set_password({password!r})
user.save()
"""
COUNT = """
from releases.models import Edition, Release
for release in Release.objects.filter(pk__in={keys}):
    print(release.revisions.count(), release.editions.count())
"""


@dataclass
class Person:
    """Somebody at a browser of his or her own; each answer is counted."""

    url: str
    answers: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self.browser = urllib.request.build_opener(cookies)

    def ask(self, path: str, data: dict[str, object] | None = None) -> str:
        """Get a page, or send a form; a refusal is an answer as well."""
        sent = urlencode(data, doseq=True).encode() if data is not None else None
        try:
            with self.browser.open(f"{self.url}{path}", sent, timeout=30) as answer:
                text = answer.read().decode()
                self.answers[f"{answer.status}"] += 1
        except HTTPError as error:
            text = error.read().decode()
            self.answers[f"{error.code} {path}"] += 1
        return text

    def sign_in(self, name: str) -> None:
        form = fields(self.ask("/desk/login/"), "login-form")
        self.ask("/desk/login/", {**form, "username": name, "password": PASSWORD})


def fields(page: str, form: str) -> dict[str, object]:
    """What a form of the page would send; each with the values that were shown."""
    found: dict[str, object] = {}
    for one in html.fromstring(page).xpath(f"//form[@id='{form}']//*[@name]"):
        name = one.get("name")
        if "__prefix__" in name or one.get("type") in ("checkbox", "radio", "file", "submit"):
            continue
        if one.tag == "textarea":
            found[name] = (one.text or "").removeprefix("\n")
        elif one.tag == "select":
            found[name] = one.xpath(".//option[@selected]/@value")
        elif one.tag != "button":
            found[name] = one.get("value", "")
    return found


def edit(person: Person, key: int, turn: int) -> None:
    """Type for a while, be there, save; who comes second keeps what stands in the form."""
    form = fields(person.ask(f"{DESK}/{key}/change/"), "release_form")
    for letter in range(3):
        form["headline"] = f"Headline {turn} {letter} {id(person)}"
        person.ask(f"{DESK}/{key}/autosave/", form)
        person.ask(f"{DESK}/{key}/here/", form)
    page = person.ask(f"{DESK}/{key}/change/", {**form, "_save": ""})
    if "release-collision" in page:
        again = fields(page, "release_form")
        mine = {
            f"choice-{name.removeprefix('asked-')}": "mine" for name in again if "asked-" in name
        }
        person.ask(f"{DESK}/{key}/change/", {**again, **mine, "_save": ""})


def publish(person: Person, key: int, turn: int) -> None:
    """Publish what stands there, urgently, as a typing error of the last edition."""
    form = fields(person.ask(f"{DESK}/{key}/change/"), "release_form")
    person.ask(
        f"{DESK}/{key}/publish-urgently/",
        {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"], "seen": form["seen"], "when": "now",
         "why": f"Turn {turn}.", "reason": "typo"},
    )  # fmt: skip


def read(person: Person, _key: int, turn: int) -> None:
    """Look at the newsroom."""
    person.ask(READ[turn % len(READ)])


def at_work(work: Callable[[Person, int, int], None], person: Person, key: int) -> threading.Thread:
    """Somebody who does this over and over until the time is up."""
    ends = time.monotonic() + SECONDS

    def go_on() -> None:
        turn = 0
        while time.monotonic() < ends:
            work(person, key, turn)
            turn += 1

    thread = threading.Thread(target=go_on)
    thread.start()
    return thread


def test_people_at_work_do_not_get_in_each_others_way(tmp_path):
    with running_site(tmp_path) as site:
        keys = [int(one) for one in run(site, MAKE).split()]
        run(site, SET_PASSWORD.format(password=PASSWORD))
        staff = [Person(site.url) for _ in range(3)]
        for person, name in zip(staff, ("editor", "editor2", "publisher"), strict=True):
            person.sign_in(name)
        readers = [Person(site.url) for _ in range(READERS)]
        # Both editors at one release, and the publisher with them.
        jobs = [(edit, staff[0]), (edit, staff[1]), (publish, staff[2])]
        jobs += [(read, person) for person in readers]
        for thread in [at_work(work, person, keys[0]) for work, person in jobs]:
            thread.join()
        counts = [
            tuple(map(int, one.split())) for one in run(site, COUNT.format(keys=keys)).splitlines()
        ]
        log = (tmp_path / "server.log").read_text()

    answers = sum((person.answers for person in (*staff, *readers)), Counter())
    # Before the first edition its page is not there; all else is answered well.
    answers.pop("404 /releases/contended-0/", None)
    assert set(answers) == {"200"}, answers
    assert WRONG.search(log) is None, log[-3000:]
    revisions, editions = counts[0]
    assert revisions > 5
    assert editions > 1
    assert min(person.answers["200"] for person in readers) > 20
