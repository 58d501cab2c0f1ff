"""Metrics: for who brings the token, with labels that no reader can make more of."""

import logging

import pytest
from prometheus_client.parser import text_string_to_metric_families

from cepr_press.watch import counters, metrics
from tests.cepr_press.test_page_cache import ask
from tests.cepr_press.watched import application
from tests.make import make_edition

TOKEN = "only-for-this-test-0123456789"
BEARER = {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


@pytest.fixture
def app(db, settings, monkeypatch):
    settings.METRICS_TOKEN = TOKEN
    registered = metrics.registry.register
    added = []
    monkeypatch.setattr(
        metrics.registry, "register", lambda one: (added.append(one), registered(one))
    )
    with application() as app:
        yield app
    for one in added:
        metrics.registry.unregister(one)


def samples(app) -> dict[tuple, float]:
    """What is told: name and labels, and the value."""
    text = ask(app, "/metrics", **BEARER).text
    families = text_string_to_metric_families(text)
    return {
        (one.name, *sorted(one.labels.values())): one.value
        for family in families
        for one in family.samples
    }


def test_answers_are_counted_by_part_method_and_class(app):
    page = make_edition().get_absolute_url()
    before = samples(app)
    for path, method in [(page, "GET"), (page, "GET"), ("/desk/login/", "GET"), ("/no/", "HEAD")]:
        ask(app, path, method=method)
    after = samples(app)
    more = {name: after[name] - before.get(name, 0) for name in after}
    assert more["press_requests_total", "2xx", "GET", "newsroom"] == 2
    assert more["press_requests_total", "2xx", "GET", "desk"] == 1
    assert more["press_requests_total", "4xx", "HEAD", "newsroom"] == 1
    assert more["press_request_seconds_count", "newsroom"] == 3
    assert more["press_page_cache_total", "kept"] == more["press_page_cache_total", "rendered"] == 1


def test_what_readers_send_makes_no_label(app):
    ask(app, "/desk/login/")
    before = samples(app).keys()
    for n in range(30):
        ask(app, f"/other-{n}/", method=f"ODD{n}", query=f"q={n}")
        ask(app, f"/desk/other-{n}/", HTTP_HOST=f"host-{n}.example")
    added = samples(app).keys() - before
    assert ("press_requests_total", "4xx", "newsroom", "other") in added
    assert len(added) <= 20
    assert not any("-2" in str(label) for name in added for label in name)


def test_the_state_of_the_process_is_told(app):
    ask(app, "/")
    found = samples(app)
    assert found["press_generation",] == app.app.generation
    assert found["press_disk_free_bytes",] > 0
    assert found["press_build", "0.1.0"] == 1
    assert found["process_resident_memory_bytes",] > 1_000_000


def test_warnings_are_counted():
    def so_far() -> float:
        return counters.registry.get_sample_value("press_log_records_total", {"level": "error"})

    record = logging.makeLogRecord({"levelname": "ERROR", "levelno": logging.ERROR})
    handler = counters.CountingHandler()
    handler.handle(record)
    before = so_far()
    handler.handle(record)
    assert so_far() == before + 1


@pytest.mark.parametrize(
    "headers", [{}, {"HTTP_AUTHORIZATION": TOKEN}, {"HTTP_AUTHORIZATION": "Bearer \udce9"}]
)
def test_others_get_what_any_address_gives_that_is_not_there(app, headers):
    there, nowhere = ask(app, "/metrics", **headers), ask(app, "/nothing", **headers)
    assert there.status == nowhere.status == 404
    assert there.body == nowhere.body
    assert b"press_" not in there.body


def test_without_a_token_there_are_none(db, settings):
    settings.METRICS_TOKEN = ""
    before = counters.registry.get_sample_value("press_page_cache_total", {"outcome": "passed"})
    with application() as app:
        assert ask(app, "/metrics", HTTP_AUTHORIZATION="Bearer ").status == 404
    after = counters.registry.get_sample_value("press_page_cache_total", {"outcome": "passed"})
    assert after == before
