"""What every test may use: the cast, and a world in which nothing is left behind."""

import gc

import hypothesis
import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from donations.counting import waiting
from donations.known import known
from donations.visitors import recent
from releases import timekeeping
from releases.formats import made
from releases.newsroom import months, parts
from tests import selection
from tests.begun import begun
from tests.examples import ALL, SOME
from tests.make import make_user


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="only what `make test` leaves out")


def pytest_configure(config: pytest.Config) -> None:
    """No example of a property test is timed: a busy machine is no fault of the code."""
    hypothesis.settings.register_profile(
        "ours",
        max_examples=ALL if config.getoption("long") else SOME,
        deadline=None,
        suppress_health_check=[hypothesis.HealthCheck.too_slow],
    )
    hypothesis.settings.load_profile("ours")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what this run asks: tests/selection.py."""
    if any("::" in one for one in config.args):
        return
    long, postgresql = config.getoption("long"), connection.vendor == "postgresql"
    others = [one for one in items if not selection.asked(one, long=long, postgresql=postgresql)]
    config.hook.pytest_deselected(items=others)
    items[:] = [one for one in items if one not in set(others)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was imported stays: the garbage collector need not look through it ever again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Each process has a database of its own, which begins with its tables made."""
    with begun():
        yield


@pytest.fixture(autouse=True)
def world(settings, tmp_path):
    """Quick password hashes, plain static files, a media folder that goes away, nothing kept."""
    parts.kept.clear()
    months.kept.clear()
    made.kept.clear()
    known.clear()
    recent.seen.clear()
    waiting.arrived.clear()
    waiting.sums.clear()
    timekeeping.known.mark = None
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def writer(db) -> User:
    return make_user("writer")


@pytest.fixture
def editor(db) -> User:
    return make_user("editor")


@pytest.fixture
def publisher(db) -> User:
    return make_user("publisher")


@pytest.fixture
def administrator(db) -> User:
    return make_user("administrator")


@pytest.fixture
def stranger(db) -> Client:
    """A reader without an account."""
    return Client()
