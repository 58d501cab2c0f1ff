"""The shipped nginx configuration, started as it is but for paths, ports and the host's name."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.server import ROOT, free_port, listening, stop, wait_a_little

SHIPPED = ROOT / "deploy" / "nginx.conf"


def program() -> str:
    """Where nginx is; raises RuntimeError where it is missing."""
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not found:
        raise RuntimeError("nginx is missing: install it (on Debian: apt-get install nginx-light)")
    return found


def configured(text: str, urls: list[str], port: int, folder: Path) -> str:
    """The configuration for these processes, with all it writes below `folder`.

    Raises AssertionError where the file does not say what is to be replaced.
    """
    changes = {
        "user www-data;": "user root;" if os.geteuid() == 0 else "",
        "pid /run/nginx.pid;": f"daemon off; pid {folder}/nginx.pid;",
        "worker_processes auto;": "worker_processes 1;",
        "/var/log/nginx/": f"{folder}/",
        "/var/lib/nginx/": f"{folder}/",
        "/var/cache/nginx/": f"{folder}/",
        "listen 80": f"listen 127.0.0.1:{port}",
        "server_name press.example.org;": "server_name 127.0.0.1;",
        "root /srv/press/current/deploy;": f"root {SHIPPED.parent};",
        "127.0.0.1:8000 ": f"{urlsplit(urls[0]).netloc} ",
        "127.0.0.1:8001 ": f"{urlsplit(urls[-1]).netloc} ",
    }
    for shipped, ours in changes.items():
        assert shipped in text, shipped
        text = text.replace(shipped, ours)
    return text


@contextmanager
def in_front(urls: list[str], folder: Path) -> Iterator[str]:
    """Run nginx before these processes; yield its address once it listens, stop it afterwards."""
    port = free_port()
    text = configured(SHIPPED.read_text(), urls, port, folder)
    with _running(text, folder, port) as url:
        yield url


@contextmanager
def static(files: Mapping[str, bytes], folder: Path, settings: str = "") -> Iterator[str]:
    """Run nginx on files, by their names, with the same settings and these; yield its address."""
    port = free_port()
    text = configured(SHIPPED.read_text(), ["http://127.0.0.1:1"], port, folder)
    head, location, _rest = text.partition("        location / {")
    assert location
    text = f"{head}        location / {{ root {folder}/files; {settings} }}\n    }}\n}}\n"
    with _running(text, folder, port) as url:
        for name, data in files.items():
            file = folder / "files" / name.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        yield url


@contextmanager
def _running(text: str, folder: Path, port: int) -> Iterator[str]:
    folder.mkdir()
    configuration, log = folder / "nginx.conf", folder / "output.log"
    configuration.write_text(text)
    command = [program(), "-c", str(configuration), "-e", str(log), "-p", str(folder)]
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            while not listening(port):
                wait_a_little(process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(process)
