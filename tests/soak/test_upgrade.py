"""The recipe of docs/operation.md for an upgrade without a pause, with real processes.

The new version is a copy of this one with a column more, another version number, and a changed
stylesheet and page. Meanwhile readers read through nginx, and the desk is at work.
"""

import re
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.nginx import in_front
from tests.server import ROOT, free_port, made_site, manage, serving
from tests.soak.test_nginx import NUMBERS

READERS = 3
STYLESHEET = re.compile(r'href="(/static/css/newsroom\.[0-9a-f]+\.css)"')
CODE = ("accounts", "bin", "cepr_press", "contacts", "donations", "files", "releases")
CODE += ("locale", "static", "templates", "manage.py")
MIGRATION = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "{former}")]
    operations = [
        migrations.AddField("contact", "pronouns", models.CharField(max_length=40, null=True))
    ]
"""
# Staff at work in the old version's code, after the database was migrated.
PUBLISH = """
from tests.make import make_contact, make_edition
make_edition(slug="{slug}", headline="{slug} was published", contacts=(make_contact().pk,))
"""


def new_version(folder: Path) -> Path:
    """Make the new version; return its folder."""
    code = folder / "new"
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, code / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, code / name)
    former = max(one.stem for one in (code / "contacts" / "migrations").glob("0*.py"))
    added = code / "contacts" / "migrations" / f"{int(former[:4]) + 1:04}_pronouns.py"
    added.write_text(MIGRATION.format(former=former))
    changed(
        code / "contacts" / "models.py",
        "    slug = models.SlugField(",
        "    pronouns = models.CharField(max_length=40, null=True)\n    slug = models.SlugField(",
    )
    changed(code / "cepr_press" / "__init__.py", '"0.1.0"', '"0.2.0"')
    base = code / "static" / "css" / "newsroom" / "base.css"
    base.write_text(f"{base.read_text()}\n.new-version {{ color: inherit; }}\n")
    changed(
        code / "templates" / "base.html", "</head>", '<meta name="version" content="new"></head>'
    )
    return code


def changed(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text, f"{file} has no {old}"
    file.write_text(text.replace(old, new, 1))


@dataclass
class Reader:
    """One who reads page after page, each with its stylesheet; notes all that is not right."""

    site: str
    faults: list[str] = field(default_factory=list)
    versions: list[str] = field(default_factory=list)

    def get(self, path: str) -> str:
        """Ask on a connection of one's own; return the text."""
        connection = HTTPConnection(self.site, timeout=20)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.faults.append(f"{path}: {error!r}")
            return ""
        finally:
            connection.close()
        if answer.status != 200:
            self.faults.append(f"{path}: {answer.status}")
        return text

    def read(self, paths: list[str], stop: Event) -> None:
        """Read until told to stop."""
        n = 0
        while not stop.is_set():
            # A question of one's own on each page asks the processes themselves, past nginx' cache.
            path = paths[n % len(paths)]
            text = self.get(f"{path}?reader={id(self)}-{n}")
            n += 1
            if not text:
                continue
            found = STYLESHEET.search(text)
            if found is None or "</html>" not in text:
                self.faults.append(f"{path}: half a page")
                continue
            self.versions.append("new" if 'content="new"' in text else "old")
            style = self.get(found[1])
            if (".new-version" in style) != (self.versions[-1] == "new"):
                self.faults.append(f"{found[1]}: of another version than its page")


@contextmanager
def reading(url: str, paths: list[str]):
    """Let readers read meanwhile; yield them."""
    stop, readers = Event(), [Reader(urlsplit(url).netloc) for _each in range(READERS)]
    threads = [Thread(target=one.read, args=(paths, stop)) for one in readers]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def publish(environment: dict[str, str], code: Path, slug: str, first: int) -> None:
    """Publish a release with the code of this version, as its desk would."""
    script = f"import django; django.setup()\n{NUMBERS.format(first=first)}" + PUBLISH.format(
        slug=slug
    )
    # The factories are of this tree; all else is of the version.
    path = f"{code}:{ROOT}"
    subprocess.run(
        [sys.executable, "-c", script], cwd=code, check=True,
        env={**environment, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "cepr_press.settings"},
    )  # fmt: skip


def ready(port: int, code: Path) -> None:
    """Wait as systemd does before it goes on (ExecStartPost)."""
    subprocess.run([sys.executable, "bin/ready.py", str(port), "60"], cwd=code, check=True)


def seen(readers: list[Reader], version: str, since: list[int]) -> bool:
    """Whether each reader has had a page of this version since then."""
    pairs = zip(readers, since, strict=True)
    return all(version in one.versions[place:] for one, place in pairs)


def wait_for(readers: list[Reader], version: str) -> None:
    """Let readers go on until each has had a page of this version."""
    since, latest = [len(one.versions) for one in readers], time.time() + 60
    while not seen(readers, version, since):
        assert time.time() < latest, f"nobody was given a page of the {version} version"
        time.sleep(0.1)


def started(environment: dict[str, str], folder: Path, port: int) -> ExitStack:
    """Start a process of the present version; return what ends it."""
    process = ExitStack()
    process.enter_context(serving(environment, folder / f"old-{port}.log", port=port))
    ready(port, ROOT)
    return process


def test_readers_notice_nothing_of_an_upgrade(tmp_path):
    ports = [free_port(), free_port()]
    with made_site(tmp_path) as old_environment, ExitStack() as exits:
        new = new_version(tmp_path)
        new_environment = {**old_environment, "PYTHONPATH": str(new)}
        old = [exits.enter_context(started(old_environment, tmp_path, port)) for port in ports]
        urls = [f"http://127.0.0.1:{port}" for port in ports]
        url = exits.enter_context(in_front(urls, tmp_path / "nginx"))
        paths = ["/", "/releases/", "/es/", "/topics/", "/contacts/"]
        with reading(url, paths) as readers:
            wait_for(readers, "old")
            # 1. Files first, beside the old ones; then the database. Both versions go on with it.
            manage(new_environment, "collectstatic", "--noinput", "--verbosity=0", code=new)
            manage(new_environment, "migrate", "--verbosity=0", code=new)
            wait_for(readers, "old")
            publish(old_environment, ROOT, "by-the-old-one", 4000)
            # 2. One process after the other.
            for process, port in zip(old, ports, strict=True):
                process.close()
                log = tmp_path / f"new-{port}.log"
                exits.enter_context(serving(new_environment, log, code=new, port=port))
                ready(port, new)
                wait_for(readers, "new")
                # 3. Old and new both publish on the one database while they stand side by side.
                publish(new_environment, new, f"by-the-new-one-{port}", port)
                publish(old_environment, ROOT, f"by-an-old-one-{port}", port + 70_000)
            last = [len(one.versions) for one in readers]
            wait_for(readers, "new")
            slugs = ["by-the-old-one", *(f"by-{n}-one-{port}" for n in ("the-new", "an-old")
                                         for port in ports)]  # fmt: skip
            published = [readers[0].get(f"/releases/{slug}/") for slug in slugs]
        assert [fault for one in readers for fault in one.faults] == []
        pairs = zip(readers, last, strict=True)
        assert all("old" not in one.versions[place + 1 :] for one, place in pairs)
        assert all("was published" in text for text in published)
        print(f"\n{sum(len(one.versions) for one in readers)} pages were read meanwhile")
