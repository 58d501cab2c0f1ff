"""A backup of a little site for each released version: `python -m tests.versions 0.1.0` makes one.

Run it on the commit that is released, and keep what it makes: the suite restores each of them
with today's code for ever (tests/cepr_press/backup/test_versions.py).
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cepr_press.backup.sites import own_site
from tests.server import ROOT

FOLDER = ROOT / "tests/fixtures/versions"


def archives() -> dict[str, Path]:
    """The backups that there are, by version."""
    return {path.name.removesuffix(".zip"): path for path in sorted(FOLDER.glob("*.zip"))}


def make(version: str) -> Path:
    """Make the backup of a version; return where it is."""
    target = FOLDER / f"{version}.zip"
    with TemporaryDirectory() as folder, own_site(Path(folder) / "site", sqlite=True) as site:
        site.manage("migrate", "--verbosity=0")
        site.tell("fill")
        site.manage("backup", str(target))
    # No secret: its accounts and people are invented.
    target.chmod(0o644)
    return target


if __name__ == "__main__":
    print(make(sys.argv[1]))
