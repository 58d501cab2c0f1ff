"""Which tests are asked when: by the suite, by `make soak`, on SQLite, on PostgreSQL.

The suite leaves out what is marked `long`, and on PostgreSQL also what is marked
`long_on_postgresql`, and what browsers, the desk and formats make of rows; `make soak` asks for
these with --long, and for property tests once more, with all their examples. Who names a single
test gets it. What asks no database is asked once, on SQLite: on PostgreSQL the answer would be the
same.
"""

from collections.abc import Iterable

import pytest
from django.test import TransactionTestCase

#: Who has one of these, asks a database; pytest-django keeps all others from it.
ASKS = {"db", "transactional_db", "site"}
#: Folders of what is made of rows, when other tests have asked for these on both databases.
MADE_OF_ROWS = {"browser", "desk", "formats"}


def long_but(values: Iterable[object], *quick: object) -> list[object]:
    """Values to parametrize a test with: all but the quick ones are left to `make soak`.

    One of several arguments is a tuple.
    """
    return [one if one in quick else _long(one) for one in values]


def _long(value: object) -> object:
    several = value if isinstance(value, tuple) else (value,)
    return pytest.param(*several, marks=pytest.mark.long)


def asked(item: pytest.Item, *, long: bool, postgresql: bool) -> bool:
    """Whether this run asks the test."""
    if "soak" in folders(item):
        return True
    if postgresql and not asks_a_database(item):
        return False
    left = marked(item, "long") or (postgresql and is_long_on_postgresql(item))
    return left or marked(item, "hypothesis") if long else not left


def is_long_on_postgresql(item: pytest.Item) -> bool:
    """Whether it is left to `make soak` there, and not on SQLite."""
    return marked(item, "long_on_postgresql") or bool(MADE_OF_ROWS & folders(item))


def folders(item: pytest.Item) -> set[str]:
    """The folders of the project that it is in."""
    return set(item.nodeid.partition("::")[0].split("/")[:-1])


def marked(item: pytest.Item, *names: str) -> bool:
    """Whether it has one of these marks."""
    return any(item.get_closest_marker(name) for name in names)


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test's fixtures, its marks or its class let it ask one."""
    fixtures = set(getattr(item, "fixturenames", ()))
    of_django = issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
    return bool(fixtures & ASKS) or marked(item, "django_db") or of_django
