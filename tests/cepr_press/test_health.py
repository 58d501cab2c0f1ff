"""Health: who watches learns whether a process can work, and nothing else."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from tests.cepr_press.test_page_cache import NOON, ask
from tests.cepr_press.watched import application
from tests.make import make_edition


@pytest.fixture
def app(db):
    with application() as app:
        yield app


def ready(app, **headers) -> tuple[int, dict]:
    answer = ask(app, "/health/ready", **headers)
    return answer.status, json.loads(answer.body)


def refuse(*_anything):
    """What a database does that is away."""
    raise OperationalError("away: password=very-secret host=db.internal")


class Full(FileSystemStorage):
    """A folder on a disk without room."""

    def _save(self, name, content):
        raise OSError(28, "No space left on device")


class Forgetful(FileSystemStorage):
    """A folder that takes what it cannot give back."""

    def _open(self, name, mode="rb"):
        raise PermissionError(13, "Permission denied")


def use(settings, storage: type) -> None:
    """Let this be the storage of media."""
    backend = f"{__name__}.{storage.__name__}"
    settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": backend}}


def test_live_asks_nothing_and_is_never_kept(app):
    with CaptureQueriesContext(connection) as queries, connection.execute_wrapper(refuse):
        answer = ask(app, "/health/live")
    assert (answer.status, json.loads(answer.body)) == (200, {"status": "ok"})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"
    assert (len(queries), app.app.store.answers) == (0, {})


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
def test_whoever_watches_comes_by_any_host_and_is_told_no_more_by_head(app, settings, path):
    settings.SECURE_SSL_REDIRECT = True
    answer = ask(app, path, HTTP_HOST="10.0.0.7:8000")
    assert answer.status == 200
    assert ask(app, path, method="HEAD").body == b""
    assert ask(app, path, method="POST").status != 200


def test_a_process_that_can_work_is_ready(app):
    status, facts = ready(app)
    age = facts.pop("generation_age")
    assert (status, age < 1) == (200, True)
    assert facts == {"status": "ok", "database": "ok", "media": "ok", "generation": "ok"}
    assert default_storage.listdir("health") == ([], [])


def test_without_its_database_it_is_not_ready_and_pages_are_still_read(app, monkeypatch):
    # On PostgreSQL the test's own transaction would go with the connection; tests/soak/once
    # takes a real server away.
    monkeypatch.setattr(connection, "close", lambda: None)
    with time_machine.travel(NOON, tick=False) as clock:
        page = make_edition(headline="Still Here").get_absolute_url()
        assert "Still Here" in ask(app, page).text
        assert ready(app)[0] == 200
        with connection.execute_wrapper(refuse):
            clock.shift(2)
            status, facts = ready(app)
            assert (status, facts["database"], facts["generation"]) == (503, "away", "ok")
            clock.shift(4)
            facts = ready(app)[1]
            assert (facts["generation"], facts["generation_age"]) == ("old", 6.0)
            assert "Still Here" in ask(app, page).text
            assert "secret" not in json.dumps(facts)
        clock.shift(2)
        assert ready(app)[0] == 200


@pytest.mark.parametrize(
    ("storage", "words"), [(Full, "not writable"), (Forgetful, "not readable")]
)
def test_without_its_media_it_is_not_ready(app, settings, storage, words):
    with time_machine.travel(NOON, tick=False) as clock:
        assert ready(app)[1]["media"] == "ok"
        use(settings, storage)
        clock.shift(10)
        status, facts = ready(app)
    assert (status, facts["status"], facts["media"]) == (503, "not ready", words)


def test_before_migrate_it_is_not_ready(app):
    with time_machine.travel(NOON, tick=False) as clock:
        MigrationRecorder(connection).record_unapplied("contacts", "0001_initial")
        assert ready(app)[1]["database"] == "not migrated"
        MigrationRecorder(connection).record_applied("contacts", "0001_initial")
        clock.shift(1)
        assert ready(app)[1]["database"] == "ok"


def test_asking_often_costs_nothing(app):
    with time_machine.travel(NOON, tick=False) as clock:
        ready(app)
        with CaptureQueriesContext(connection) as queries:
            for _each in range(50):
                ready(app)
        assert len(queries) == 0
        clock.shift(timedelta(seconds=1))
        with CaptureQueriesContext(connection) as queries:
            ready(app)
        assert 0 < len(queries) <= 2
