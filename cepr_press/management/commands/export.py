"""`manage.py export`: everything in open formats, for who wants to leave."""

from collections.abc import Iterable
from pathlib import Path
from shutil import rmtree
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cepr_press.leaving import desk, public
from releases import archive

README = """\
What a press office published, and what it wrote, in open formats.

public/                       what readers can see at {address} on {day}
  releases/<language>/<slug>/<number>/release.json    an edition, as IPTC ninjs 3.1
  releases/<language>/<slug>/<number>/release.md      the same as Markdown (CommonMark)
  media/                      its pictures and documents
  media.csv                   which release shows which of them, with its words and rights
  contacts.vcf                the people whom journalists call (vCard 4.0)
  topics.json, appeals.json   topics, and calls to donate

NOT PUBLIC/                   drafts, plans and what was withdrawn: not to be handed on
  releases/<key>/working-copy.json, .md      the text as the desk has it
  releases/<key>/revisions/                  every text that was ever saved
  releases/<key>/editions/                   every edition, also planned and withdrawn ones
  tables/                     each table, a JSON object a line: the log, comments, events, series …
  media/                      all pictures and documents

Accounts, share links and what makes the site run are not here: manage.py backup has them.
"""
PUBLIC, NOT_PUBLIC = "public", "NOT PUBLIC"


class Command(BaseCommand):
    """Write a folder."""

    help = (
        "Write everything in open formats into a new folder: what readers can see as ninjs, "
        "Markdown, CSV and vCard; drafts, all saved texts and tables apart, marked as not public."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the folder, and how the site is called."""
        parser.add_argument("path", type=Path, help="A folder that does not exist.")
        parser.add_argument("--site", help="The site's address; default: PRESS_SITE_URL.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it under another name, and rename it when it is whole. Raises CommandError."""
        path, now = options["path"], timezone.now()
        address = options["site"] or settings.SITE_URL or first_host()
        if path.exists():
            raise CommandError(f"{path} is there already.")
        unfinished = path.with_name(f"{path.name}.partial")
        rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True, mode=0o700)
        (unfinished / "README.txt").write_text(
            README.format(address=address, day=f"{now:%Y-%m-%d %H:%M} UTC"), encoding="utf-8"
        )
        request = public.asked_at(address)
        counts = [
            write(unfinished / PUBLIC, public.files(request, now)),
            write(unfinished / NOT_PUBLIC, desk.files()),
        ]
        unfinished.rename(path)
        self.stdout.write(f"{path}: {counts[0]} public files, {counts[1]} that are not.")
        for line in archive.lost():
            self.stderr.write(line)


def write(folder: Path, files: Iterable[public.Written]) -> int:
    """Write files below a folder; return how many."""
    count = 0
    for name, content in files:
        count += 1
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return count


def first_host() -> str:
    """Return the site's address as its hosts say it."""
    scheme = "https" if settings.PRODUCTION else "http"
    return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('.*') or 'localhost'}"
