"""The page cache: right to the second, the same for everybody, one render an address."""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Event, Thread

import brotli
import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from cepr_press import generation, mark, page_cache, page_store
from cepr_press.page_cache import PageCache
from tests.make import make_appeal, make_edition, make_next_edition, make_release, make_topic

UNPACK = {None: bytes, "gzip": gzip.decompress, "br": brotli.decompress}
NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


class Answer:
    """What a reader got."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body
        unpack = UNPACK[self.headers.get("content-encoding") if body else None]
        self.text = unpack(body).decode(errors="replace")
        control = self.headers.get("cache-control", "")
        self.spans = {name: int(n) for name, n in re.findall(r"([a-z-]+)=(\d+)", control)}


def ask(app, path, query="", method="GET", **headers) -> Answer:
    """Ask a WSGI application as a reader would."""
    started = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        **headers,
    }
    body = b"".join(app(environ, lambda *answer: started.append(answer)))
    return Answer(started[0][0], started[0][1], body)


@pytest.fixture
def app(db) -> Iterator[PageCache]:
    """The cache before Django; the test's transaction outlives each request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield PageCache(WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@time_machine.travel(NOON, tick=False)  # in a new second it would ask whether anything changed
def test_a_second_reader_costs_no_query(app):
    make_appeal(heading="Give to Us")
    edition = make_edition(headline="Read Me")
    first = ask(app, edition.get_absolute_url())
    assert "Give to Us" in first.text
    with CaptureQueriesContext(
        connection,
    ) as queries:
        second = ask(app, edition.get_absolute_url())
    assert "Read Me" in first.text
    assert second.text == first.text
    assert len(queries) == 0


def test_a_release_appears_at_its_second_and_not_before(app):
    with time_machine.travel(NOON - timedelta(seconds=10), tick=False) as clock:
        edition = make_edition(at=NOON, headline="At Noon Exactly")
        address = edition.get_absolute_url()
        assert ask(app, address).status == 404
        assert "At Noon Exactly" not in ask(app, "/").text
        clock.move_to(NOON - timedelta(microseconds=1))
        assert ask(app, address).status == 404
        assert "At Noon Exactly" not in ask(app, "/").text
        clock.move_to(NOON)
        assert "At Noon Exactly" in ask(app, address).text
        assert "At Noon Exactly" in ask(app, "/").text


def test_a_rename_is_right_to_the_second(app):
    with time_machine.travel(NOON - timedelta(seconds=10), tick=False) as clock:
        first = make_edition(at=NOON - timedelta(days=1), slug="old")
        make_next_edition(first, NOON, slug="new")
        seen = {}
        for step in (-10, -1, 0, 1):
            clock.move_to(NOON + timedelta(seconds=step))
            seen[step] = [ask(app, f"/releases/{slug}/").status for slug in ("old", "new")]
        assert seen == {-10: [200, 404], -1: [200, 404], 0: [301, 200], 1: [301, 200]}
        assert ask(app, "/releases/old/").headers["cache-control"] == "no-cache"


def test_the_choice_of_two_editions_passes_the_cache(app):
    second = make_next_edition(make_edition(slug="two"), headline="Again")
    leads = ask(app, second.get_editions_url(), "after=2&before=1&utm_source=x")
    assert (leads.status, leads.headers["location"]) == (302, second.get_changes_url())


def test_the_way_out_passes_the_cache_and_keeps_its_question(app):
    make_appeal("winter")
    make_edition(slug="the-slug")
    for path, status in (("/donate/winter/", 303), ("/es/donate/winter/", 404)):
        answers = [ask(app, path, "from=the-slug") for _each in range(2)]
        assert [one.status for one in answers] == [status] * 2
    found = ask(app, "/donate/winter/", "from=the-slug").headers
    assert "utm_content=the-slug" in found["location"]
    assert found["cache-control"] == "no-store"


def test_the_end_of_an_appeal_is_a_transition(app):
    with time_machine.travel(NOON - timedelta(seconds=5), tick=False) as clock:
        make_appeal(heading="Until Noon", ends_at=NOON)
        address = make_edition().get_absolute_url()
        assert "Until Noon" in ask(app, address).text
        clock.move_to(NOON)
        assert "Until Noon" not in ask(app, address).text


def test_a_change_is_seen_at_once_after_a_request_that_may_change_something(app):
    edition = make_edition(headline="First Words")
    with time_machine.travel(NOON, tick=False):
        assert "First Words" in ask(app, edition.get_absolute_url()).text
        make_next_edition(edition, headline="Other Words")
        ask(app, "/", method="POST")
        assert "Other Words" in ask(app, edition.get_absolute_url()).text


def test_a_change_by_another_process_is_seen_within_a_second(app):
    edition = make_edition(headline="First Words")
    with time_machine.travel(NOON, tick=False) as clock:
        assert "First Words" in ask(app, edition.get_absolute_url()).text
        make_next_edition(edition, headline="Other Words")
        clock.shift(1)
        assert "Other Words" in ask(app, edition.get_absolute_url()).text


def test_what_readers_cannot_see_does_not_move_the_generation(db):
    topic = make_topic()
    before = generation.current()
    make_release(topics=(topic.pk,), contacts=())
    assert generation.current() == before
    topic.description = "More."
    topic.save()
    assert generation.current() > before


def test_conditional_requests(app):
    address = make_edition().get_absolute_url()
    plain = ask(app, address)
    packed = ask(app, address, HTTP_ACCEPT_ENCODING="gzip")
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    for condition, status in [
        ({"HTTP_IF_NONE_MATCH": plain.headers["etag"]}, 304),
        ({"HTTP_IF_NONE_MATCH": f'"x", W/{plain.headers["etag"]}'}, 304),
        ({"HTTP_IF_NONE_MATCH": "*"}, 304),
        ({"HTTP_IF_NONE_MATCH": '"x"'}, 200),
        ({"HTTP_IF_MODIFIED_SINCE": plain.headers["last-modified"]}, 304),
        ({"HTTP_IF_MODIFIED_SINCE": "Thu, 01 Jan 2015 00:00:00 GMT"}, 200),
        ({"HTTP_IF_MODIFIED_SINCE": "yesterday"}, 200),
    ]:
        answer = ask(app, address, **condition)
        assert answer.status == status, condition
        assert (answer.body == b"") == (status == 304)


def test_scheduling_leaves_the_validators_of_other_pages_alone(app):
    with time_machine.travel(NOON, tick=False) as clock:
        make_edition()
        before = ask(app, "/")
        clock.shift(60)
        make_edition(at=NOON + timedelta(days=1))
        after = ask(app, "/")
        assert after.headers["etag"] == before.headers["etag"]
        assert after.headers["last-modified"] == before.headers["last-modified"]


def test_head_has_the_headers_and_no_body(app):
    whole = ask(app, "/")
    head = ask(app, "/", method="HEAD")
    assert head.body == b""
    assert head.headers["content-length"] == str(len(whole.body))
    assert head.headers["etag"] == whole.headers["etag"]


def test_junk_in_the_query_neither_misses_nor_poisons(app):
    make_edition()
    # In a new second it would ask whether anything has changed.
    with time_machine.travel(NOON, tick=False), CaptureQueriesContext(connection) as queries:
        plain, asked = ask(app, "/releases/"), len(queries)
        junk = ask(app, "/releases/", "utm_source=mail&before=" + "x" * 500)
    assert junk.text == plain.text
    assert len(queries) == asked > 0
    assert ask(app, "/releases/", "before=2020-01-01").text != plain.text


def test_an_unknown_host_is_refused_and_never_kept(app):
    assert ask(app, "/", HTTP_HOST="elsewhere.example").status == 400
    assert "elsewhere.example" not in ask(app, "/").text
    assert len(app.store.answers) == 3


def test_the_desk_is_never_kept(app):
    assert ask(app, "/desk/login/").status == 200
    assert not app.store.answers


@pytest.mark.parametrize("path", ["/desk/releases/release/", "/embargo/x/", "/media/x/y"])
def test_what_is_not_the_newsrooms_keeps_its_query(db, path):
    asked = []

    def listening(environ, start_response):
        asked.append(environ["QUERY_STRING"])
        start_response("200 OK", [])
        return [b""]

    ask(PageCache(listening), path, "q=rates&stage__exact=draft")
    assert asked == ["q=rates&stage__exact=draft"]


def test_what_does_not_exist_is_never_kept(app):
    answer = ask(app, "/releases/nothing-here/")
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-cache")
    assert not app.store.answers


def test_what_is_kept_is_bounded(monkeypatch):
    monkeypatch.setattr(page_store, "MOST_BYTES", 100)
    store = page_store.Store()
    for n in range(50):
        body = b"x" * 40
        store.put((str(n),), page_store.Answer("200 OK", [], [], body, "", 0, 0.0, told=False))
    assert list(store.answers) == [("48",), ("49",)]
    assert store.size == 80


class Slow:
    """An application that renders as long as the test wants, and notes each render."""

    def __init__(self, status: str, *headers: tuple[str, str]) -> None:
        self.status, self.headers = status, list(headers)
        self.renders: list[str] = []
        self.may_finish = Event()

    def __call__(self, environ, start_response):
        self.renders.append(environ["PATH_INFO"])
        self.may_finish.wait(10)
        start_response(self.status, self.headers)
        return [b"page"]


def asked_at_once(app: PageCache, slow: Slow, readers: int, **headers: str) -> list[Answer]:
    """The answers of readers who all ask for one address while it is rendered."""
    answers: list[Answer] = []

    def read() -> None:
        answers.append(ask(app, "/", **headers))

    threads = [Thread(target=read) for _ in range(readers)]
    for thread in threads:
        thread.start()
    while sum(turn.wanted for turn in app.store.turns.values()) < readers:
        assert any(thread.is_alive() for thread in threads)
    slow.may_finish.set()
    for thread in threads:
        thread.join(10)
    return answers


@pytest.fixture
def alone(monkeypatch) -> None:
    """No database: nothing changes, nothing is planned."""
    monkeypatch.setattr(page_cache, "next_change", lambda after: None)
    monkeypatch.setattr(mark, "last_change", lambda by: None)
    monkeypatch.setattr(generation, "with_mark", lambda: (1, None))


@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "410 Gone", "301 Moved"])
def test_an_address_is_rendered_once_however_many_ask(alone, status):
    slow = Slow(status)
    app = PageCache(slow)
    answers = asked_at_once(app, slow, 8)
    assert slow.renders == ["/"]
    assert [(one.status, one.body) for one in answers] == [(int(status[:3]), b"page")] * 8
    assert app.store.turns == {}
    ask(app, "/")
    assert len(slow.renders) == (1 if status == "200 OK" else 2)


@pytest.mark.parametrize("header", [("Set-Cookie", "a=b"), ("Vary", "Cookie")])
def test_what_is_one_readers_own_is_given_to_nobody_else(alone, header):
    slow = Slow("404 Not Found", header)
    assert len(asked_at_once(PageCache(slow), slow, 4)) == 4
    assert len(slow.renders) == 4


def test_what_is_left_to_those_who_wait_does_not_outlive_a_transition(alone, monkeypatch):
    monkeypatch.setattr(page_cache, "next_change", lambda after: after)
    slow = Slow("404 Not Found")
    asked_at_once(PageCache(slow), slow, 4)
    assert len(slow.renders) == 4


def test_a_render_that_goes_on_into_the_next_second_is_held_for_the_one_it_was_asked_in(alone):
    """Otherwise two waits add up: the render, and the second for which nginx uses it."""
    with time_machine.travel(NOON + timedelta(seconds=0.9), tick=False) as clock:
        slow = Slow("200 OK")

        def going_on(environ, start_response):
            page = slow(environ, start_response)
            clock.shift(0.4)
            return page

        answers = asked_at_once(PageCache(going_on), slow, 2, HTTP_X_ACCEL="yes")
    held = {one.headers["x-accel-expires"] for one in answers}
    assert (len(answers), held) == (2, {f"@{int(NOON.timestamp())}"})


def test_who_comes_while_a_change_is_taken_note_of_sees_it(alone, monkeypatch):
    """Otherwise what nginx is given then, and uses to the end of the second, is too old by two."""
    present, seen = 1, []

    def counting(environ, start_response):
        start_response("200 OK", [])
        return [str(present).encode()]

    def keep(moment):
        if present == 2:
            seen.append(ask(app, "/").text)

    monkeypatch.setattr(generation, "with_mark", lambda: (present, None))
    app = PageCache(counting, keep)
    with time_machine.travel(NOON, tick=False) as clock:
        assert ask(app, "/").text == "1"
        present = 2
        clock.shift(1)
        assert ask(app, "/").text == "2"
    assert seen == ["2"]


def test_plain_http_is_another_page_than_https(db, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def redirecting(environ, start_response):
        https = environ.get("HTTP_X_FORWARDED_PROTO") == "https"
        start_response("200 OK" if https else "301 Moved", [])
        return [b""]

    app = PageCache(redirecting)
    assert ask(app, "/", HTTP_X_FORWARDED_PROTO="https").status == 200
    assert ask(app, "/").status == 301
    assert ask(app, "/", HTTP_X_FORWARDED_PROTO="http").status == 301
