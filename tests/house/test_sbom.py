"""The bill of materials names all that the lock pins, with its hashes; it is the same each time."""

import json
import re
import subprocess
import sys

from tests.house.source import ROOT


def bill() -> str:
    """What `make sbom` writes."""
    command = [sys.executable, "bin/sbom.py", "requirements.txt"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_it_names_every_pinned_package_with_its_hashes():
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    said = json.loads(bill())
    named = {f"{one['name']}=={one['version']}" for one in said["components"]}
    pinned = {line.split()[0] for line in lock.splitlines() if re.match(r"[a-z0-9._-]+==", line)}
    assert named == pinned
    assert "django" in {one["name"] for one in said["components"]}
    hashes = [
        one["content"]
        for package in said["components"]
        for one in package["externalReferences"][0]["hashes"]
    ]
    assert len(hashes) == lock.count("--hash=sha256:")
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.6")


def test_it_is_the_same_each_time():
    assert bill() == bill()
