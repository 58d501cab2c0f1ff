"""A site is backed up, restored on another database, backed up there, and restored again.

On PostgreSQL the way is PostgreSQL → SQLite → PostgreSQL; on SQLite all three are SQLite.
"""

import json
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest

from tests.cepr_press.backup.sites import OwnSite, migrated_site, own_site
from tests.selection import long_but

# Asked on both databases; on PostgreSQL by `make soak`.
pytestmark = [pytest.mark.django_db, pytest.mark.long_on_postgresql]


@dataclass(frozen=True)
class Way:
    """The site at the beginning, in between and at the end, and the archives between them."""

    first: OwnSite
    between: OwnSite
    last: OwnSite
    there: Path
    back: Path


@pytest.fixture(scope="module")
def way(tmp_path_factory) -> Iterator[Way]:
    home = tmp_path_factory.mktemp("backup")
    with (
        migrated_site(home / "first") as first,
        own_site(home / "between", sqlite=True) as between,
        own_site(home / "last") as last,
    ):
        first.tell("fill")
        there = first.backup()
        between.manage("restore", str(there))
        back = between.backup()
        last.manage("restore", str(back))
        yield Way(first, between, last, there, back)


def members(archive: Path) -> dict[str, bytes]:
    """All parts of an archive but its manifest, which names its own making."""
    with ZipFile(archive) as packed:
        names = set(packed.namelist()) - {"manifest.json"}
        return {name: packed.read(name) for name in names}


def manifest(archive: Path) -> dict:
    with ZipFile(archive) as packed:
        return json.loads(packed.read("manifest.json"))


def test_every_row_and_file_is_equal(way):
    rows = way.first.tell("rows")
    assert [name for name, of_table in rows.items() if not of_table] == [], "what isn't there"
    assert way.between.tell("rows") == rows
    assert way.last.tell("rows") == rows
    assert members(way.there) == members(way.back)
    assert len(rows["files"]) == 3
    # Two pictures are the same to the byte: the archive has that content once.
    assert sum(name.startswith("media/") for name in members(way.there)) == 2


@pytest.mark.long
def test_every_page_is_equal(way):
    pages = way.first.tell("pages")
    statuses = {status for status, _body in pages.values()}
    assert {200, 301, 404, 410} <= statuses
    assert way.between.tell("pages") == pages


def test_what_was_left_out_is_made_anew(way):
    said = way.between.run(
        "import json\n"
        "from io import StringIO\n"
        "from django.core.management import call_command\n"
        "from cepr_press import generation\n"
        "printed = StringIO()\n"
        "for name in ('reindex', 'reinstall_guards', 'check_archive'):\n"
        "    call_command(name, stdout=printed)\n"
        "print(json.dumps([*printed.getvalue().splitlines(), generation.current()]))"
    )
    indexed, guarded, checked, generation = said
    assert indexed.startswith("0 editions indexed anew")
    assert guarded == "All guards stand."
    assert " 0 broken." in checked
    # Above that of the site that was there and of the one that came: no process keeps a page.
    assert generation > manifest(way.there)["generation"] > 0
    assert not any("session" in name or "posting" in name for name in members(way.there))


def test_no_number_is_given_twice(way):
    rows = way.first.tell("rows")
    newest = max(row["id"] for row in rows["releases.release"])
    made = way.last.run(
        "from tests.make import make_user, make_content\n"
        "from releases import workflow\n"
        "content = make_content(topics=(), contacts=())\n"
        "print(workflow.create(make_user('writer', 'new'), content).pk)"
    )
    assert made == newest + 2, "one was deleted after the newest"


def test_only_its_owner_reads_it_and_no_secret_is_in_it(way):
    assert stat.S_IMODE(way.there.stat().st_mode) == 0o600
    whole = b"".join(members(way.there).values()) + json.dumps(manifest(way.there)).encode()
    assert b"Under embargo" in whole
    assert manifest(way.there)["settings"]["PRESS_VAR"] == str(way.first.folder)
    assert (way.first.folder / "secret-key").read_bytes() not in whole
    if address := way.first.environment.get("PRESS_DATABASE_URL"):
        assert str(urlsplit(address).password).encode() not in whole


@pytest.mark.long
def test_a_site_is_replaced_only_by_who_says_so_and_by_what_is_whole(way):
    site, archive = way.between, str(way.there)
    data = bytearray(way.there.read_bytes())
    data[len(data) // 2] ^= 1
    damaged = site.folder / "damaged.zip"
    damaged.write_bytes(data)
    before = topics(site)
    topics(site, "UPDATE releases_topic SET name_en = name_en || ' since'")
    said = site.refused("restore", archive)
    assert "There is a site here" in said
    assert "--replace" in said
    assert "damaged" in site.refused("restore", "--replace", str(damaged))
    assert topics(site) == [(key, f"{name} since") for key, name in before]
    assert "Restored: " in site.manage("restore", "--replace", archive)
    assert topics(site) == before


def topics(site: OwnSite, change: str = "") -> list[tuple]:
    """The names of a SQLite site's topics; what changes them comes first."""
    with closing(sqlite3.connect(site.folder / "press.sqlite3")) as connection, connection:
        if change:
            connection.execute(change)
        return list(connection.execute("SELECT id, name_en FROM releases_topic ORDER BY id"))


@pytest.mark.parametrize("line", long_but(["places.", "anew …"], "places."))
def test_a_restore_that_is_killed_leaves_the_old_site(way, line):
    """Killed (-9) after each line that it prints, the last of them deep in its transaction."""
    site = way.last
    before = site.tell("rows")
    process = site.start("restore", "--replace", str(way.there))
    assert process.stdout
    while not process.stdout.readline().strip().endswith(line):
        assert process.poll() is None, "it ended before it said so"
    process.kill()
    process.communicate()
    assert process.returncode == -9
    assert site.tell("rows") == before


def test_a_backup_is_of_one_moment_while_others_write(way):
    counted = way.first.run(
        "import json\n"
        "from threading import Thread\n"
        "from django.db import connection\n"
        "from cepr_press.backup.snapshot import snapshot\n"
        "from releases.models import Topic\n"
        "from tests.make import make_topic\n"
        "def write():\n"
        "    make_topic(); connection.close()\n"
        "counts = [Topic.objects.count()]\n"
        "with snapshot(connection):\n"
        "    counts.append(Topic.objects.count())\n"
        "    other = Thread(target=write); other.start(); other.join()\n"
        "    counts.append(Topic.objects.count())\n"
        "counts.append(Topic.objects.count())\n"
        "Topic.objects.order_by('pk').last().delete()\n"
        "print(json.dumps(counts))"
    )
    count = counted[0]
    assert counted == [count, count, count, count + 1]


@pytest.mark.long
def test_newer_archives_are_refused(way):
    """What a database has that newer code has migrated is neither backed up nor replaced."""
    name = "0999_from_the_future"
    record = (
        "from django.db import connection\n"
        "from django.db.migrations.recorder import MigrationRecorder\n"
        "recorder = MigrationRecorder(connection)\n"
    )
    way.first.run(record + f"recorder.record_applied('releases', {name!r})\nprint(1)")
    try:
        for command in (["backup", "new.zip"], ["restore", "--replace", str(way.there)]):
            said = way.first.refused(*command)
            assert f"releases.{name}" in said
            assert "newer" in said
    finally:
        way.first.run(record + f"recorder.record_unapplied('releases', {name!r})\nprint(1)")
    assert not Path("new.zip").exists()
