"""One version: the change log, the package and what the site reports say the same."""

import re
import tomllib

import pytest

import cepr_press
from tests.house.source import ROOT

HEADING = re.compile(r"^## \[?v?(\d+\.\d+\.\d+)\]?", re.MULTILINE)


def first_version(changelog: str) -> str:
    """The newest version that the log describes; `LookupError` if it describes none."""
    found = HEADING.search(changelog)
    if not found:
        raise LookupError("CHANGELOG.md has no heading like '## 1.2.3'")
    return found.group(1)


def test_the_change_log_starts_with_the_version_that_the_site_reports():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert first_version(changelog) == cepr_press.__version__


def test_the_package_has_the_same_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == cepr_press.__version__


def test_the_newest_version_is_the_first_one_named():
    assert first_version("# Changes\n\n## 0.2.0 (2026-02-01)\n\n## 0.1.0\n") == "0.2.0"
    assert first_version("## [1.0.0] - 2026-02-01\n") == "1.0.0"


def test_a_log_without_a_version_is_caught():
    with pytest.raises(LookupError):
        first_version("# Changes\n\nUnreleased: much.\n")
