"""The shipped nginx before two processes: right to the second, and there while they are not."""

import math
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from http.client import RemoteDisconnected
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.nginx import in_front
from tests.server import Site, made_site, serving
from tests.soak.once.people import until
from tests.soak.script import run, start
from tests.soak.test_lift import PATHS, SCHEDULE, SLUG, found_at, shown

# Each script is a process of its own, and makes people of its own.
NUMBERS = """
from itertools import count
from tests import make
make.number = count({first})
"""
# Prints the moment after which nobody can have asked before the act was done.
PUBLISH = """
import time
from tests.make import make_edition, make_topic
make_edition(slug="published-now", topics=(make_topic("Only Here", slug="only-here").pk,))
print(time.time())
"""
WITHDRAW = """
import time
from releases import workflow
from releases.models import Release
from tests.make import make_user
release = Release.objects.get(slug="published-now")
workflow.withdraw(release.pk, make_user("publisher"), release.version, "error", "Wrong.")
print(time.time())
"""


@dataclass
class Front:
    """Two processes and nginx before them."""

    site: Site
    processes: ExitStack
    direct: list[str]
    url: str
    folder: Path


@pytest.fixture(scope="module")
def front(tmp_path_factory) -> Iterator[Front]:
    folder = tmp_path_factory.mktemp("front")
    with made_site(folder) as environment, ExitStack() as processes:
        logs = [folder / "one.log", folder / "other.log"]
        direct = [processes.enter_context(serving(environment, log)) for log in logs]
        with in_front(direct, folder / "nginx") as url:
            yield Front(Site(url, environment), processes, direct, url, folder)


def lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def ask(url: str, **headers: str) -> tuple[int, dict[str, str]]:
    """Return the status and the headers that a reader gets."""
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, lowered(answer.headers)
    except HTTPError as error:
        return error.code, lowered(error.headers)


def seconds_until(process: subprocess.Popen[str], urls: set[str], there: bool) -> float:
    """Ask until all say so; return how long after the script's act one was last asked in vain."""
    words, waiting = ("published-now", "Only Here"), set(urls)
    asked_in_vain = ended = 0.0
    done = 0.0
    while waiting and (not ended or time.time() < ended + 5):
        if not ended and process.poll() is not None:
            done, ended = float(process.communicate()[0]), time.time()
        for url in sorted(waiting):
            asked = time.time()
            if shown(url, words) == there:
                waiting.remove(url)
            else:
                asked_in_vain = asked
    if not ended:
        done = float(process.communicate()[0])
    assert not waiting
    return asked_in_vain - done


def test_a_release_is_everywhere_at_its_second_directly_and_through_nginx(front):
    moment = math.ceil(time.time()) + 9
    sitemap = run(front.site, SCHEDULE.format(moment=moment, slug=SLUG)).strip()
    urls = {url + path for url in (*front.direct, front.url) for path in (*PATHS, sitemap)}
    late = found_at(urls, moment)
    assert all(0 <= seconds <= 1 for seconds in late.values()), late


def test_a_change_elsewhere_is_seen_through_nginx_within_a_second(front):
    urls = {f"{front.url}{path}" for path in ("/", "/feed.atom", "/topics/only-here/")}
    publishing = start(front.site, NUMBERS.format(first=1000) + PUBLISH)
    assert seconds_until(publishing, urls, there=True) <= 1
    # The feed goes on to say that it was withdrawn.
    urls.remove(f"{front.url}/feed.atom")
    withdrawing = start(front.site, NUMBERS.format(first=2000) + WITHDRAW)
    assert seconds_until(withdrawing, urls, there=False) <= 1
    assert ask(f"{front.url}/topics/only-here/")[0] == 404
    assert ask(f"{front.url}/releases/published-now/")[0] == 410


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip;q=0.8", "gzip"), ("br;q=0, gzip;q=0", None)],
)
def test_each_encoding_is_kept_apart(front, accepted, encoding):
    answers = [ask(f"{front.url}/", **{"Accept-Encoding": accepted})[1] for _each in range(2)]
    assert [one.get("content-encoding") for one in answers] == [encoding] * 2
    assert "x-accel-expires" not in answers[0]
    assert answers[0]["cache-control"].startswith("public, max-age=1, ")


def test_a_reader_who_has_the_page_is_told_so(front):
    _status, headers = ask(f"{front.url}/")
    assert ask(f"{front.url}/", **{"If-None-Match": headers["etag"]})[0] == 304


def test_each_request_has_a_name_of_its_own_that_the_log_has_too(front):
    names = [ask(f"{front.url}/", **{"X-Request-ID": "forged-by-a-reader"})[1] for _each in "ab"]
    found = {one["x-request-id"] for one in names}
    assert len(found) == 2
    assert "forged-by-a-reader" not in found
    desk = ask(f"{front.url}/desk/login/")[1]["x-request-id"]
    names = (*found, desk)
    until(lambda: all(name in logged(front) for name in names), 10, "a name is not in the log")


def test_the_log_says_neither_who_nor_what_for(front):
    secret = "planted-in-an-address"
    for path in (f"/embargo/{secret}/", f"/desk/{secret}/", f"/search/?q={secret}", "/topics/"):
        ask(front.url + path, **{"User-Agent": secret, "Referer": f"https://a.example/{secret}"})
    # nginx writes its line when the reader has the answer already.
    until(lambda: "GET /topics/ 200" in logged(front), 10, "the last of them is not in the log")
    log = logged(front)
    assert "GET /embargo/... 404" in log
    assert "GET /desk/... " in log
    assert secret not in log
    assert "127.0.0.1" not in log


def logged(front) -> str:
    return (front.folder / "nginx" / "access.log").read_text()


def test_who_watches_from_elsewhere_learns_of_health_and_of_nothing_else(front):
    for path in ("live", "ready"):
        status, headers = ask(f"{front.url}/health/{path}")
        assert (status, headers["cache-control"]) == (200, "no-store")
    assert ask(f"{front.url}/metrics", Authorization="Bearer x")[0] == 404


def test_an_unknown_host_is_told_nothing(front):
    with pytest.raises(RemoteDisconnected):
        ask(f"{front.url}/", Host="elsewhere.example")


def test_readers_read_on_while_the_application_is_down_but_not_beyond_a_lift(front):
    """The last in this file: it stops both processes."""
    moment = math.ceil(time.time()) + 14
    code = SCHEDULE.format(moment=moment, slug="lifted-while-down")
    code = code.replace("Lifted Topic", "Down Topic").replace('"lifted"', '"down"')
    run(front.site, NUMBERS.format(first=3000) + code)
    time_known = time.time() + 1.1
    while time.time() < time_known:
        assert ask(f"{front.url}/")[0] == 200
    front.processes.close()
    down, old = time.time(), 0
    while time.time() < moment - 1.5:
        status, headers = ask(f"{front.url}/")
        assert status == 200
        old += headers["cache-control"] == "no-cache"
        assert old or time.time() < down + 1.1
    assert old > 10
    while time.time() < moment:
        ask(f"{front.url}/")
    status, headers = ask(f"{front.url}/")
    assert (status, headers["retry-after"], headers["cache-control"]) == (503, "10", "no-store")
