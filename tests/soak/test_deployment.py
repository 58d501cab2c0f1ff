"""The files below deploy/ put to work: units, PostgreSQL's settings, the steps of the image.

systemd and containers don't run within tests: what a unit allows is judged by systemd's own
program, and what its strictest line forbids is forbidden here by the kernel. The image's steps
are taken from its file and run in a copy of the code.
"""

import ctypes
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import urllib.request
from contextlib import closing

import psycopg2
import pytest

from tests.server import ROOT, free_port, made_site, manage, serving
from tests.with_postgres import server

SYSTEMD = ROOT / "deploy" / "systemd"
SERVICES = sorted(one.name for one in SYSTEMD.glob("*.service"))
#: 0 is a service that may do nothing, 10 one that may do all.
MOST_EXPOSED = 1.5
FORMATS = ("", ".txt", ".pdf", ".docx", ".md", ".json", ".zip")
#: prctl(2): memory is never written and run, in this process and all that come of it.
PR_SET_MDWE, MDWE_REFUSE_EXEC_GAIN = 65, 1


def ran(*command: str, **options) -> str:
    """Run a command that has to succeed; return what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_little(name):
    said = ran("systemd-analyze", "security", "--offline=true", str(SYSTEMD / name))
    level = re.search(r"exposure level for \S+: ([\d.]+)", said)
    assert float(level[1]) <= MOST_EXPOSED, said


def test_an_open_service_would_be_noticed(tmp_path):
    unit = tmp_path / "open.service"
    unit.write_text("[Service]\nExecStart=/bin/true\n")
    said = ran("systemd-analyze", "security", "--offline=true", str(unit))
    assert float(re.search(r"exposure level for \S+: ([\d.]+)", said)[1]) > 9


def test_systemd_understands_every_unit(tmp_path):
    """It says what it can't read, and, before anything is installed, that programs are missing."""
    folder = tmp_path / "units"
    folder.mkdir()
    for one in SYSTEMD.iterdir():
        text = one.read_text().replace("/srv/press/current/.venv/bin/python", sys.executable)
        (folder / one.name).write_text(text)
    names = [one.name.replace("@.", "@8000.") for one in folder.iterdir()]
    said = ran(
        "systemd-analyze", "verify", "--recursive-errors=no", "--man=no", *names,
        cwd=folder, env={**os.environ, "SYSTEMD_UNIT_PATH": f"{folder}:"},
    )  # fmt: skip
    assert str(folder) not in said, said
    for one in folder.glob("*.timer"):
        moment = re.search(r"^OnCalendar=(.+)$", one.read_text(), re.M)
        assert "Next elapse" in ran("systemd-analyze", "calendar", moment[1])


def forbid() -> None:
    """Forbid what MemoryDenyWriteExecute= forbids; runs in the process to be."""
    done = ctypes.CDLL(None, use_errno=True).prctl(PR_SET_MDWE, MDWE_REFUSE_EXEC_GAIN, 0, 0, 0)
    if done:
        raise OSError(ctypes.get_errno(), "this kernel cannot forbid it (Linux 6.3 can)")


def test_the_application_needs_no_memory_that_is_written_and_run(tmp_path):
    attempt = "import mmap; mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)"
    refused = subprocess.run(
        [sys.executable, "-c", attempt], preexec_fn=forbid, capture_output=True, check=False
    )
    assert b"PermissionError" in refused.stderr
    with made_site(tmp_path) as environment:
        port = free_port()
        with (tmp_path / "server.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "bin/server.py", str(port)],
                cwd=ROOT, env=environment, stdout=log, stderr=log, preexec_fn=forbid,
            )  # fmt: skip
            try:
                ran(sys.executable, "bin/ready.py", str(port), cwd=ROOT)
                url = f"http://127.0.0.1:{port}"
                home = urllib.request.urlopen(url).read().decode()
                release = re.search(r"/releases/[\w-]+(?=/\")", home)[0]
                for suffix in FORMATS:
                    with urllib.request.urlopen(f"{url}{release}{suffix or '/'}") as answer:
                        assert answer.status == 200
                        assert answer.read()
            finally:
                process.terminate()
                process.wait(20)


def test_postgresql_takes_every_line_of_its_settings():
    lines = (ROOT / "deploy" / "postgresql.conf").read_text()
    wanted = dict(re.findall(r"^(\w+) = '?([^'\n]+?)'?$", lines, re.M))
    assert len(wanted) > 20
    shipped = ROOT / "deploy" / "postgresql.conf"
    with (
        server(shipped) as found,
        closing(psycopg2.connect(found.address)) as connection,
        connection.cursor() as cursor,
    ):
        # Those that the tests' own server is started with count for more.
        theirs = {"fsync", "synchronous_commit", "full_page_writes", "listen_addresses"}
        cursor.execute("SELECT name FROM pg_file_settings WHERE error IS NOT NULL")
        assert {name for (name,) in cursor.fetchall()} <= theirs
        cursor.execute(
            "SELECT name FROM pg_settings WHERE source = 'configuration file' "
            "AND sourcefile LIKE '%%press.conf'"
        )
        assert {name for (name,) in cursor.fetchall()} == wanted.keys() - theirs
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("20s",)


def image_steps() -> tuple[str, dict[str, str], list[str]]:
    """What Containerfile runs on the code, what it sets, and what it starts."""
    text = (ROOT / "deploy" / "Containerfile").read_text()
    collect = re.search(r"^RUN (PRESS_VAR=.+)$", text, re.M)
    variables = dict(
        pair.split("=", 1)
        for line in re.findall(r"^ENV (.+)$", text, re.M)
        for pair in line.split()
    )
    return collect[1], variables, json.loads(re.search(r"^CMD (\[.+\])$", text, re.M)[1])


def test_the_image_s_steps_make_a_site_that_is_ready(tmp_path):
    """The copy lacks what .containerignore leaves out, as the image does."""
    left_out = (ROOT / ".containerignore").read_text().split()
    code = tmp_path / "srv"
    ignored = shutil.ignore_patterns(*(one.removeprefix("**/") for one in left_out))
    shutil.copytree(ROOT, code, ignore=ignored)
    assert not (code / "tests").exists()
    collect, variables, start = image_steps()
    state = tmp_path / "state"

    def here(text: str) -> str:
        for theirs, ours in (
            ("/srv/press", str(code)), ("/tmp/building", str(tmp_path / "building")),
            ("/var/lib/press", str(state)), (".venv/bin/python", sys.executable),
        ):  # fmt: skip
            text = text.replace(theirs, ours)
        return text

    outside = {name: text for name, text in os.environ.items() if not name.startswith("PRESS_")}
    ran("sh", "-c", here(collect), cwd=code, env=outside)
    assert list((code / "collected" / "css").glob("newsroom.*.css"))
    environment = {
        **outside, **{name: here(text) for name, text in variables.items()},
        "PRESS_SECRET_KEY": "k" * 25 + "-only-for-this-test-0123456789",
        "PRESS_ALLOWED_HOSTS": "press.example.org",
    }  # fmt: skip
    state.mkdir()
    manage(environment, "migrate", "--noinput", "--verbosity=0", code=code)
    assert start[:2] == [".venv/bin/python", "bin/server.py"]
    with serving(environment, tmp_path / "server.log", code=code) as url:
        port = url.rpartition(":")[2]
        ran(sys.executable, "bin/ready.py", port, cwd=code, env=environment)
        health = [*shlex.split(here(".venv/bin/python bin/ready.py")), port, "0"]
        ran(*health, cwd=code, env=environment)
        style = re.search(r'href="(/static/css/newsroom\.[0-9a-f]+\.css)"', asked(f"{url}/"))
        assert "color" in asked(url + style[1])


def asked(url: str) -> str:
    """What the application answers to the server in front."""
    headers = {"Host": "press.example.org", "X-Forwarded-Proto": "https"}
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers)).read().decode()
