"""Python that runs on a site's own database, in a process of its own."""

import subprocess
import sys

from tests.server import ROOT, Site

SETUP = "import django; django.setup()\n"


def start(site: Site, code: str) -> subprocess.Popen[str]:
    """Start it; its output is read line by line, and it may ask for input."""
    environment = {**site.environment, "DJANGO_SETTINGS_MODULE": "cepr_press.settings"}
    return subprocess.Popen(
        [sys.executable, "-u", "-c", SETUP + code],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(site: Site, code: str, longest: int = 120) -> str:
    """Run it to its end, for so many seconds at most; return what it printed. It has to succeed."""
    process = start(site, code)
    try:
        printed, _none = process.communicate(timeout=longest)
    finally:
        process.kill()
    assert process.returncode == 0
    return printed
