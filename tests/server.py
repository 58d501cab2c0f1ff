"""The real application server on a database of its own, for the tests that need one.

On SQLite the database is a file in the server's own folder; where PRESS_DATABASE_URL names a
PostgreSQL server, it is a database made for this run on that server, and dropped after it. Where
TESTS_SHARED names a folder, the first who needs a site makes it there, and all get copies of it.
"""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parents[1]
ROLES = ("writer", "editor", "publisher", "administrator")
PASSWORD = "a word for the tests 12"
SET_PASSWORDS = f"""
from django.contrib.auth.models import User
for user in User.objects.filter(username__in={ROLES!r}):
    user.set_password({PASSWORD!r})
    user.save()
"""


@dataclass(frozen=True)
class Site:
    """A running site: its address without the last slash, and how its commands are run."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py on this site; return what it printed."""
        return manage(self.environment, *arguments)


def manage(environment: dict[str, str], *arguments: str, code: Path = ROOT) -> str:
    """Run a command of manage.py; return what it printed. Raises RuntimeError where it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=code, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]}:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tell(server: str, statement: str) -> None:
    """Have the PostgreSQL server at this address make or drop a database."""
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)


def environment_of(folder: Path, database: str) -> dict[str, str]:
    """The environment of a site that keeps its state in `folder`, and in this database if any."""
    outside = {key: text for key, text in os.environ.items() if not key.startswith("PRESS_")}
    ours = {**outside, "PYTHONPATH": str(ROOT), "PRESS_VAR": str(folder)}
    if not database:
        return ours
    address = urlsplit(os.environ["PRESS_DATABASE_URL"])._replace(path=f"/{database}").geturl()
    return {**ours, "PRESS_DATABASE_URL": address}


@contextmanager
def own_environment(folder: Path, template: str = "template1") -> Iterator[dict[str, str]]:
    """Yield the environment of a site in `folder`; its database is a copy of the template."""
    server = os.environ.get("PRESS_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield environment_of(folder, "")
        return
    name = f"site_{token_hex(8)}"
    tell(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield environment_of(folder, name)
    finally:
        tell(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def serving(
    environment: dict[str, str],
    log: Path,
    program: str = "bin/server.py",
    code: Path = ROOT,
    port: int = 0,
) -> Iterator[str]:
    """Run the application server; yield its address once it answers, stop it afterwards.

    `code` is the folder with the version to run.
    """
    port = port or free_port()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, program, str(port)],
            cwd=code, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            while not listening(port):
                wait_a_little(process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(process)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_a_little(process: subprocess.Popen[bytes], log: Path) -> None:
    """Give the server a moment to begin; raises RuntimeError where it has ended instead."""
    try:
        process.wait(0.05)
    except subprocess.TimeoutExpired:
        return
    raise RuntimeError(f"The server ended:\n{log.read_text()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the server to stop; where it doesn't, end it."""
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def copied(folder: Path, mould: Path) -> Iterator[dict[str, str]]:
    """Copy a site that others are moulded on; yield the environment of the copy."""
    shutil.copytree(mould, folder, dirs_exist_ok=True)
    with own_environment(folder, mould.name) as environment:
        yield environment


@contextmanager
def made_site(folder: Path) -> Iterator[dict[str, str]]:
    """Make the demo newsroom; yield the environment to serve it in.

    Each role's account is named for it (PASSWORD).
    """
    if shared := os.environ.get("TESTS_SHARED"):
        with copied(folder, newsroom_mould(Path(shared))) as environment:
            yield environment
        return
    with own_environment(folder) as environment:
        migrate(environment)
        fill(environment)
        yield environment


def migrate(environment: dict[str, str]) -> None:
    """Make the tables."""
    manage(environment, "migrate", "--verbosity=0")


def fill(environment: dict[str, str]) -> None:
    """Put the demo newsroom into tables that are there."""
    manage(environment, "load_demo")
    manage(environment, "shell", "--verbosity=0", "-c", SET_PASSWORDS)
    manage(environment, "collectstatic", "--noinput", "--verbosity=0")


def newsroom_mould(shared: Path) -> Path:
    """The site that all others are copies of: it takes half a minute, a suite needs a dozen."""
    return mould_of(shared, "mould", fill, migrated_mould(shared))


def migrated_mould(shared: Path) -> Path:
    """A site with tables, and nothing else than the migrations put into them."""
    return mould_of(shared, "migrated", migrate, None)


def mould_of(
    shared: Path, name: str, make: Callable[[dict[str, str]], None], beginning: Path | None
) -> Path:
    """The folder of a site that others are copies of, named as its database on PostgreSQL.

    Whoever comes first makes it, of a copy of the beginning, and the others wait. Another server,
    which has another port, knows nothing of it.
    """
    server = urlsplit(os.environ.get("PRESS_DATABASE_URL", ""))
    on_postgres = server.scheme == "postgres"
    mould = shared / (f"{name}_on_{server.port}" if on_postgres else name)
    with (shared / f"{mould.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mould.exists():
            unfinished = mould.with_suffix(".unfinished")
            unfinished.mkdir()
            if beginning:
                shutil.copytree(beginning, unfinished, dirs_exist_ok=True)
            if on_postgres:
                template = beginning.name if beginning else "template1"
                statement = f"CREATE DATABASE {mould.name} TEMPLATE {template}"
                tell(os.environ["PRESS_DATABASE_URL"], statement)
            make(environment_of(unfinished, mould.name if on_postgres else ""))
            unfinished.rename(mould)
    return mould


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Run the demo newsroom and its desk."""
    with made_site(folder) as environment, serving(environment, folder / "server.log") as url:
        yield Site(url, environment)
