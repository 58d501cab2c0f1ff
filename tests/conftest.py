"""What every test may use: the cast, and a world in which nothing is left behind."""

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
from tests.make import make_user

# A busy machine is no fault of the code: no example of a property test is timed.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

#: Who has one of these, asks a database; pytest-django keeps all others from it.
ASKS = {"db", "transactional_db", "site"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Ask what asks no database once, on SQLite: on PostgreSQL the answer would be the same."""
    if connection.vendor != "postgresql":
        return
    without = [one for one in items if not asks_a_database(one)]
    config.hook.pytest_deselected(items=without)
    items[:] = [one for one in items if asks_a_database(one)]


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test's fixtures or marks let it ask one, or it starts processes of its own."""
    if "soak" in item.path.parts:
        return True
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & ASKS) or item.get_closest_marker("django_db") is not None


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
