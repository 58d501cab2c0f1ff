"""How long it took: told to staff, and to the log where it was long."""

import logging
import re

import pytest

from tests.make import make_edition
from tests.releases.desk.steps import signed_in

TIMING = re.compile(r'total;dur=[\d.]+, db;dur=[\d.]+;desc="(\d+) statements"')


def test_staff_are_told_at_the_desk(writer):
    told = TIMING.fullmatch(signed_in(writer).get("/desk/").headers["Server-Timing"])
    assert int(told[1]) > 3


def test_nobody_else_is_and_no_page_of_the_newsroom(writer, stranger):
    page = make_edition().get_absolute_url()
    client = signed_in(writer)
    assert "Server-Timing" in client.get("/desk/news/").headers
    for who, path in [(stranger, "/desk/login/"), (stranger, "/desk/"), (stranger, page),
                      (client, page), (client, "/")]:  # fmt: skip
        assert "Server-Timing" not in who.get(path).headers
    assert "Cookie" not in client.get(page).headers.get("Vary", "")


@pytest.mark.parametrize(("threshold", "told"), [(0, False), (1e-6, True), (60_000, False)])
def test_a_slow_statement_is_logged_without_its_values(stranger, settings, caplog, threshold, told):
    edition = make_edition(slug="planted-slug")
    settings.SLOW_QUERY_MS = threshold
    with caplog.at_level(logging.WARNING, "press.queries"):
        stranger.get(edition.get_absolute_url())
    lines = [one.getMessage() for one in caplog.records if one.name == "press.queries"]
    assert bool(lines) == told
    assert not any("planted-slug" in line for line in lines)
    assert not told or any('"slug" = %s' in line for line in lines)
