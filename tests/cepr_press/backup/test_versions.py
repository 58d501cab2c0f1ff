"""Data of every released version comes to today's: its backup is restored, migrated and walked."""

import json
from collections.abc import Iterator
from zipfile import ZipFile

import pytest

from tests.cepr_press.backup.sites import OwnSite, own_site
from tests.house.source import ROOT
from tests.house.test_version import HEADING
from tests.versions import archives

ARCHIVES = archives()
OLDER = """
import json
from django.core.management import call_command
from django.db import connection
from cepr_press.backup.tables import present
for app, name in (("releases", "0017"), ("cepr_press", "zero"), ("admin", "0001")):
    call_command("migrate", app, name, verbosity=0, interactive=False)
tables = present(connection).kept
topic = tables["releases.topic"].model.objects.create(name_en="Older", slug="older")
assert "releases.series" not in tables
print(json.dumps(topic.pk))
"""

WRITE = """
from releases import workflow
from tests.make import make_content, make_user
content = make_content(topics=(), contacts=())
print(workflow.create(make_user("writer", "staff-go-on"), content).pk)
"""


@pytest.fixture
def site(db, tmp_path) -> Iterator[OwnSite]:
    with own_site(tmp_path / "site") as found:
        yield found


def test_every_released_version_has_its_backup():
    """The first version in the change log is the one being worked on; all others were released."""
    _present, *released = HEADING.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert [one for one in released if one not in ARCHIVES] == [], "make them: tests/versions.py"
    assert ARCHIVES


KINDS = ("contenttypes.contenttype", "auth.permission", "auth.group_permissions")


@pytest.mark.parametrize("version", ARCHIVES)
def test_its_data_comes_to_today(site, version):
    archive = ARCHIVES[version]
    with ZipFile(archive) as packed:
        counts = {
            name: one["count"]
            for name, one in json.loads(packed.read("manifest.json"))["tables"].items()
        }
        headlines = {
            json.loads(line)["headline"]
            for line in packed.read("rows/releases.edition.ndjson").splitlines()
        }
    site.manage("restore", str(archive))
    rows = site.tell("rows")
    found = {name: len(rows[name]) for name in counts if name in rows}
    # A newer version knows of more kinds of rows, and of rights to them.
    assert [name for name in KINDS if found[name] < counts[name]] == []
    assert {**found, **dict.fromkeys(KINDS)} == {
        **{name: counts[name] for name in found},
        **dict.fromkeys(KINDS),
    }
    assert {row["headline"] for row in rows["releases.edition"]} == headlines
    pages = site.tell("pages")
    assert sum(status == 200 for status, _body in pages.values()) > 40
    assert 500 not in {status for status, _body in pages.values()}
    assert site.run(WRITE) > max(row["id"] for row in rows["releases.release"])


@pytest.mark.long
@pytest.mark.long_on_postgresql
def test_an_archive_of_older_tables_is_migrated_on(site, tmp_path):
    """Made from a database that had run only some of the migrations, by code that has them all."""
    with own_site(tmp_path / "older", sqlite=True) as older:
        key = older.run(OLDER)
        archive = older.backup()
    site.manage("restore", str(archive))
    rows = site.tell("rows")
    assert [(row["id"], row["name_en"]) for row in rows["releases.topic"]] == [(key, "Older")]
    assert rows["releases.series"] == []
    assert {row["name"] for row in rows["auth.group"]} >= {"writer", "publisher"}
