"""Sites of a test's own, each with its database and its storage; commands run as an operator's."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.server import ROOT, copied, manage, migrated_mould, own_environment

LITTLE = """
import django
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
django.setup()
"""


@dataclass(frozen=True)
class OwnSite:
    """A site that no server runs: its folder, and the environment of its commands."""

    folder: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a command; return what it printed. Raises RuntimeError where it fails."""
        return manage(self.environment, *arguments)

    def refused(self, *arguments: str) -> str:
        """Run a command that has to fail with a sentence; return the sentence."""
        done = self.start(*arguments)
        _printed, said = done.communicate()
        assert done.returncode == 1, said
        assert said.startswith("CommandError: "), said
        return said.removeprefix("CommandError: ").strip()

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command; its output is read line by line."""
        return subprocess.Popen(
            [sys.executable, "-u", "manage.py", *arguments],
            cwd=ROOT, env=self.environment, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def tell(self, what: str) -> Any:
        """Return what a function of tests/little_site.py tells of this site."""
        return self.run(f"from tests import little_site\nlittle_site.tell(little_site.{what})")

    def run(self, code: str) -> Any:
        """Run Python on this site; return the JSON that it prints last."""
        done = subprocess.run(
            [sys.executable, "-c", LITTLE + code],
            cwd=ROOT, env={**self.environment, "DJANGO_SETTINGS_MODULE": "cepr_press.settings"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def backup(self, name: str = "site.zip") -> Path:
        """Make a backup; return where it is."""
        path = self.folder / name
        self.manage("backup", str(path))
        return path


@contextmanager
def migrated_site(folder: Path) -> Iterator[OwnSite]:
    """Yield a site with its tables, on the database of this run."""
    if shared := os.environ.get("TESTS_SHARED"):
        with copied(folder, migrated_mould(Path(shared))) as environment:
            yield OwnSite(folder, environment)
        return
    with own_site(folder) as site:
        site.manage("migrate", "--verbosity=0")
        yield site


@contextmanager
def own_site(folder: Path, *, sqlite: bool = False) -> Iterator[OwnSite]:
    """Yield a site without tables, on the database of this run or on SQLite."""
    folder.mkdir()
    with own_environment(folder) as environment:
        if sqlite:
            environment = {**environment}
            environment.pop("PRESS_DATABASE_URL", None)
        yield OwnSite(folder, environment)
