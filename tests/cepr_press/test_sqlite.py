"""Placeholders are what Django promises, however often a statement is run."""

import pytest
from django.db import connection

STATEMENTS = [
    ("SELECT '100%%', %s", ["%s"], ("100%", "%s")),
    ("SELECT %s, '%%s'", ["a"], ("a", "%s")),
    ("SELECT %s, '?'", ["?"], ("?", "?")),
    ("SELECT %(one)s, '100%%'", {"one": "b"}, ("b", "100%")),
    ("SELECT '100%'", None, ("100%",)),
]


@pytest.mark.parametrize(("statement", "values", "found"), STATEMENTS)
def test_a_statement_run_twice_says_the_same(db, statement, values, found):
    for _time in range(2):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            assert cursor.fetchone() == found


def test_other_values_are_other_values(db):
    for value in ("one", "other"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", [value])
            assert cursor.fetchone() == (value,)
