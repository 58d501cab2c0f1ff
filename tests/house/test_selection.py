"""No test falls between the suite and `make soak`, and none that asks a database misses one."""

from dataclasses import dataclass
from itertools import combinations

import pytest
from django.test import SimpleTestCase, TestCase

from tests.selection import asked, long_but

MARKS = ("long", "long_on_postgresql", "hypothesis", "django_db")
SETS = [one for size in range(len(MARKS) + 1) for one in combinations(MARKS, size)]


@dataclass
class Item:
    """As much of a collected test as is asked about."""

    marks: tuple[str, ...] = ()
    fixturenames: tuple[str, ...] = ()
    nodeid: str = "tests/releases/test_one.py::test_it"
    cls: type | None = None

    def get_closest_marker(self, name: str) -> str | None:
        return name if name in self.marks else None


def times(item: Item, *, postgresql: bool) -> tuple[bool, bool]:
    """Whether the suite asks it, and whether `make soak` does."""
    suite, soak = (asked(item, long=long, postgresql=postgresql) for long in (False, True))
    return suite, soak


@pytest.mark.parametrize("marks", SETS, ids=" ".join)
@pytest.mark.parametrize("fixtures", [(), ("db",), ("site",), ("tmp_path",)])
@pytest.mark.parametrize("path", ["tests/releases/workflow/test_one.py", "tests/browser/test_a.py"])
def test_each_is_asked_where_its_answer_may_differ(marks, fixtures, path):
    item = Item(marks, fixtures, f"{path}::test_it")
    assert any(times(item, postgresql=False))
    asks = "django_db" in marks or bool({"db", "site"} & {*fixtures})
    assert any(times(item, postgresql=True)) == asks


def test_what_is_not_long_is_in_the_suite():
    assert times(Item(), postgresql=False) == (True, False)
    assert times(Item(("django_db",)), postgresql=True) == (True, False)
    assert times(Item(("django_db", "long_on_postgresql")), postgresql=False) == (True, False)


@pytest.mark.parametrize(("cls", "asks"), [(TestCase, True), (SimpleTestCase, False)])
def test_a_class_of_django_asks_a_database_where_django_lets_it(cls, asks):
    assert any(times(Item(cls=cls), postgresql=True)) == asks


def test_a_property_is_tried_in_both_with_more_examples_by_soak():
    assert times(Item(("hypothesis",)), postgresql=False) == (True, True)


@pytest.mark.parametrize("long", [False, True])
def test_what_is_below_soak_is_asked_by_whoever_goes_there(long):
    item = Item(nodeid="tests/soak/test_burst.py::test_it")
    assert asked(item, long=long, postgresql=True)


def test_all_names_but_the_quick_ones_are_long():
    first, second = long_but(("draft", "planned"), "planned")
    assert ([mark.name for mark in first.marks], first.values) == (["long"], ("draft",))
    assert second == "planned"
