"""One process of the application, or nginx itself, is killed (-9) under load."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.nginx import in_front
from tests.server import ROOT, Site, free_port, listening, made_site, serving
from tests.soak.once.people import FORM, Person, readers, until
from tests.soak.once.test_database_away import COLD, DRAFT, WARM
from tests.soak.script import run


@dataclass
class Place:
    """A site behind nginx: two processes, whose second one this test starts and kills itself."""

    url: str
    second: int
    environment: dict[str, str]


def start(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """Start a process of the application on this port; returns when it listens."""
    process = subprocess.Popen(
        [sys.executable, "bin/server.py", str(port)],
        cwd=ROOT, env=environment, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    until(lambda: listening(port), 30, "it does not start")
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill the server and its worker, which is in a group of its own, at once."""
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for one in (process.pid, *map(int, workers)):
        os.kill(one, signal.SIGKILL)
    process.wait()


@pytest.fixture
def place(tmp_path) -> Iterator[Place]:
    with made_site(tmp_path) as environment, ExitStack() as processes:
        direct = processes.enter_context(serving(environment, tmp_path / "one.log"))
        second = free_port()
        with in_front([direct, f"http://127.0.0.1:{second}"], tmp_path / "nginx") as url:
            yield Place(url, second, environment)


def test_readers_notice_nothing_of_a_killed_process(place):
    other = start(place.environment, place.second)
    try:
        pages = (*WARM, *COLD)
        with readers(place.url, pages) as answers:
            for _turn in range(3):
                before = len(answers)
                until(lambda before=before: len(answers) > before + 50, 30, "nobody reads")
                kill(other)
                before = len(answers)
                until(lambda before=before: len(answers) > before + 50, 30, "nobody reads")
                other = start(place.environment, place.second)
        wrong = [one for one in answers if one.status != 200 or not one.is_whole]
        assert wrong == []
        print(f"\n{len(answers)} answers while a process was killed three times")
    finally:
        kill(other)


def test_without_any_process_readers_read_on_and_staff_are_told(tmp_path):
    with made_site(tmp_path) as environment, ExitStack() as stack:
        port = free_port()
        only = start(environment, port)
        at = f"http://127.0.0.1:{port}"
        url = stack.enter_context(in_front([at], tmp_path / "nginx"))
        writer = Person(url)
        writer.sign_in("writer")
        key = run(Site(url, environment), DRAFT).strip()
        page = writer.ask(FORM.format(key))
        assert {writer.ask(path).status for path in WARM} == {200}
        kill(only)
        kept = [writer.ask(path) for path in WARM]
        assert {one.status for one in kept} == {200}
        lost = writer.press(page, "headline", "_continue", headline="Typed meanwhile")
        assert lost.status == 503
        assert "What you typed is still there" in lost.text
        assert lost.headers["retry-after"] == "10"
        only = start(environment, port)
        try:
            # "Go back": the browser has the page as it was typed in, and sends it again.
            again = writer.press(page, "headline", "_continue", headline="Typed meanwhile")
            assert again.status == 200
            assert again.form("headline").fields["headline"].strip() == "Typed meanwhile"
        finally:
            kill(only)


def test_nginx_killed_is_there_again_when_it_is_started_again(tmp_path):
    with (
        made_site(tmp_path) as environment,
        serving(environment, tmp_path / "one.log") as direct,
        in_front([direct], tmp_path / "nginx") as url,
        readers(url, WARM) as answers,
    ):
        until(lambda: len(answers) > 100, 30, "nobody reads")
        master = int((tmp_path / "nginx" / "nginx.pid").read_text())
        workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        for one in (master, *map(int, workers)):
            os.kill(one, signal.SIGKILL)
        until(lambda: answers[-1].status == 0, 10, "it is still there")
        assert Person(direct).ask("/").status == 200
        # What systemd does (deploy/): the same configuration, started again.
        program = ["nginx", "-c", str(tmp_path / "nginx" / "nginx.conf"), "-p", str(tmp_path)]
        environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
        again = subprocess.Popen(program, env=environment, stderr=subprocess.DEVNULL)
        try:
            until(lambda: answers[-1].status == 200, 10, "it never came back")
        finally:
            again.terminate()
            again.wait()
    assert {one.status for one in answers} == {0, 200}
    assert all(one.is_whole for one in answers if one.status)
