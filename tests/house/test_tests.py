"""The tests themselves: each asserts something, and none steps aside."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, below, bites, called, offences

#: Checks that do nothing unless they stand in a `with`, or are handed a function to call.
CONTEXTS = {
    "assertNumQueries", "django_assert_num_queries", "django_assert_max_num_queries",
    "assertRaises", "raises",
}  # fmt: skip
WAYS_OUT = {"skip", "skipif", "skipUnless", "skipIf", "importorskip", "xfail"}


def bare(source: Source) -> Iterator[str]:
    """A count of queries that is called without `with` asserts nothing."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Expr(value=ast.Call(args=arguments) as call) if (
                called(call) in CONTEXTS and len(arguments) < 2
            ):
                yield source.at(node, f"{called(call)} without `with` asserts nothing")


def steps_aside(source: Source) -> Iterator[str]:
    """What a test needs is a need of the suite: a missing browser fails, it does not skip."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in WAYS_OUT:
            match node.value:
                case ast.Name(id="pytest" | "unittest") | ast.Attribute(attr="mark"):
                    yield source.at(node, f"{node.attr} lets a test step aside")


@pytest.mark.parametrize("rule", [bare, steps_aside], ids=lambda rule: rule.__name__)
def test_tests_keep_the_rules(rule):
    assert offences(rule, below("tests", ".py")) == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (bare, "def test(self):\n    self.assertNumQueries(1)"),
        (bare, "def test(django_assert_num_queries):\n    django_assert_num_queries(6)"),
        (bare, "def test():\n    pytest.raises(ValueError)"),
        (steps_aside, "@pytest.mark.skip\ndef test(): ..."),
        (steps_aside, "@pytest.mark.skipif(True, reason='x')\ndef test(): ..."),
        (steps_aside, "def test():\n    pytest.skip('no browser')"),
    ],
)
def test_each_rule_catches_its_offender(rule, text):
    assert bites(rule, text, "tests/releases/test_home.py")


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (bare, "with django_assert_num_queries(6):\n    client.get('/')"),
        (bare, "self.assertNumQueries(6, read)"),
        (steps_aside, "found.skip(1)\npytest.fail('no browser')"),
    ],
)
def test_no_rule_is_stricter_than_it_says(rule, text):
    assert not bites(rule, text, "tests/releases/test_home.py")
