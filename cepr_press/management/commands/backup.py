"""`manage.py backup`: the whole site as one verified file."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from cepr_press.backup.archive import Manifest, Refused
from cepr_press.backup.folder import archives, drop_older, name_of
from cepr_press.backup.reading import glance, opened
from cepr_press.backup.tables import Unfit
from cepr_press.backup.writing import make


class Command(BaseCommand):
    """Make an archive, list those that there are, or look whether one is whole."""

    help = (
        "Make one file of the whole site, database and media, while it is in use; read it back and "
        "give it its name only when it is whole. It has the texts that are not public and the "
        "hashes of passwords: keep it safe. The secret key and the database's password are not "
        "in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to, how many to keep, and what else to do instead."""
        parser.add_argument(
            "path", nargs="?", type=Path, help="A folder or a new file; default: PRESS_BACKUPS."
        )
        parser.add_argument("--keep", type=int, help="Remove all but so many archives, then.")
        parser.add_argument("--list", action="store_true", help="List the archives of the folder.")
        parser.add_argument("--verify", action="store_true", help="Read the archive PATH whole.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do so. Raises CommandError with a sentence where that fails."""
        path = options["path"] or settings.BACKUPS
        try:
            if options["list"]:
                self.list(path)
            elif options["verify"]:
                self.verify(path)
            else:
                self.make(path, timezone.now(), options["keep"])
        except (Refused, Unfit, OSError) as error:
            raise CommandError(f"{path}: {error}") from error

    def make(self, path: Path, now: datetime, keep: int | None) -> None:
        """Make an archive; remove older ones of the same folder if told so."""
        if keep is not None and keep < 1:
            raise CommandError("--keep takes a number from 1.")
        target = path if path.suffix == ".zip" else path / name_of(now)
        manifest = make(connection, target, now)
        self.stdout.write(f"{target}: {told(manifest)}; {filesizeformat(target.stat().st_size)}.")
        for name in manifest.missing:
            self.stderr.write(f"The site itself lacks this file: {name}")
        for gone in drop_older(target.parent, keep) if keep else []:
            self.stdout.write(f"{gone}: removed.")

    def list(self, folder: Path) -> None:
        """Say what each archive of a folder is, without reading it whole."""
        for one in archives(folder):
            try:
                said = told(glance(one))
            except Refused as error:
                said = str(error)
            self.stdout.write(f"{one.name}: {said}; {filesizeformat(one.stat().st_size)}.")

    def verify(self, path: Path) -> None:
        """Read an archive whole. Raises Refused where it is not."""
        if path.is_dir():
            raise CommandError("Name the archive that is to be read.")
        with opened(path) as archive:
            self.stdout.write(f"{path}: whole; {told(archive.manifest)}.")


def told(manifest: Manifest) -> str:
    """Return what an archive is, in a line."""
    counts = ", ".join(
        f"{manifest.count(table)} {name}"
        for table, name in (
            ("releases.release", "releases"),
            ("releases.edition", "editions"),
            ("auth.user", "accounts"),
        )
    )
    made = f"{manifest.made_at:%Y-%m-%d %H:%M} UTC"
    return f"{made}, version {manifest.version}, {manifest.database}, {counts}"
