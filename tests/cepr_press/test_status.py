"""The status line: administrators see how the site is, and what needs doing."""

import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from cepr_press.backup.folder import last_backup, name_of
from tests.cepr_press.test_page_cache import NOON
from tests.cepr_press.test_settings import PRODUCTION, check
from tests.forms import page_of
from tests.releases.desk.steps import signed_in
from tests.selection import long_but


@pytest.fixture
def backups(settings, tmp_path) -> Path:
    folder = settings.BACKUPS = tmp_path / "backups"
    folder.mkdir()
    return folder


def back_up(folder: Path, at) -> None:
    """Leave a backup that was made at this moment."""
    (folder / name_of(at)).write_bytes(b"backup")


def shown(user) -> tuple[str, list[str]] | None:
    """The line and what needs doing, or None where there is no status."""
    page = page_of(signed_in(user).get("/desk/"))
    found = page.find_class("front-status")
    to_do = [li.text_content() for part in page.find_class("front-to-do") for li in part.iter("li")]
    if not found:
        assert not to_do
        return None
    return found[0].text_content(), to_do


def test_a_site_that_is_well_says_so_in_one_line(administrator, backups):
    with time_machine.travel(NOON, tick=False):
        back_up(backups, NOON - timedelta(days=3))
        back_up(backups, NOON - timedelta(hours=9))  # 3:00 UTC, the evening before in New York
        line, to_do = shown(administrator)
    assert line.startswith("Version 0.1.0 · last backup Mon 5 May 2031, 23:00 New York · ")
    assert line.endswith("free · nothing needs doing")
    assert to_do == []


@pytest.mark.parametrize("role", ["writer", "editor", "publisher"])
def test_it_is_for_administrators(request, backups, administrator, role):
    assert shown(administrator)
    assert shown(request.getfixturevalue(role)) is None


def test_no_backup_and_an_old_one_are_told(administrator, backups):
    assert last_backup() is None
    line, (sentence,) = shown(administrator)
    assert "no backup" in line
    assert "There is no backup" in sentence
    with time_machine.travel(NOON, tick=False):
        back_up(backups, NOON - timedelta(hours=37))
        assert "37 hours old" in shown(administrator)[1][0]
        back_up(backups, NOON - timedelta(hours=36))
        assert shown(administrator)[1] == []


def test_a_backup_that_is_being_written_is_none_yet(backups):
    (backups / ".press-part.zip").write_bytes(b"half")
    assert last_backup() is None


def test_a_full_disk_is_told(administrator, backups, monkeypatch):
    back_up(backups, NOON)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(100, 99, 2 * 1024**2))
    with time_machine.travel(NOON, tick=False):
        line, (sentence,) = shown(administrator)
    assert "2.0\xa0MB free" in line
    assert "almost full" in sentence


def test_migrations_and_guards_that_are_missing_are_told(administrator, backups):
    back_up(backups, NOON)
    MigrationRecorder(connection).record_unapplied("contacts", "0001_initial")
    drop = "DROP TRIGGER releases_topic_insert_counts"
    with connection.cursor() as cursor:
        on = " ON releases_topic" if connection.vendor == "postgresql" else ""
        cursor.execute(drop + on)
    with time_machine.travel(NOON, tick=False):
        assert shown(administrator)[1] == [
            "1 migration is not applied: run manage.py migrate.",
            "The database lacks guards of editions: run manage.py reinstall_guards.",
        ]


def test_the_status_costs_few_questions(administrator, publisher, backups):
    client, other = signed_in(administrator), signed_in(publisher)
    for one in (client, other):
        one.get("/desk/")
    with CaptureQueriesContext(connection) as theirs:
        other.get("/desk/")
    with CaptureQueriesContext(connection) as ours:
        client.get("/desk/")
    assert len(ours) - len(theirs) <= 5


@pytest.mark.parametrize(
    ("variable", "number"),
    long_but(
        [("PRESS_OFFICE_PHONE", 101), ("PRESS_OFFICE_EMAIL", 101), ("PRESS_DONATION_HOSTS", 102)],
        ("PRESS_DONATION_HOSTS", 102),
    ),
)
def test_what_is_invented_is_warned_of_in_production(tmp_path, variable, number):
    deploy = ("--deploy", "--fail-level", "WARNING")
    variables = {name: text for name, text in PRODUCTION.items() if name != variable}
    done = check(tmp_path, *deploy, **variables)
    assert done.returncode != 0
    assert f"cepr_press.W{number}" in done.stderr
    assert f"Set {variable}" in done.stderr
    assert check(tmp_path, **variables).returncode == 0
