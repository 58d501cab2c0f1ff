"""`manage.py sweep_files`: pictures and documents that nothing uses."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from releases import usage


class Command(BaseCommand):
    """List what no release, edition, contact, revision or unsaved text knows; remove it if told."""

    help = (
        "List the files, older than a day, that no release, edition, contact, revision or unsaved "
        "text knows, and folders of the storage that belong to no row. With --delete, remove them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the word that it is to remove them."""
        parser.add_argument("--delete", action="store_true", help="Remove what is listed.")

    def handle(self, *args: Any, **options: Any) -> None:
        """List, and remove if told so."""
        before = timezone.now() - timedelta(days=1)
        rows, strays = usage.unused(before), usage.strays(before)
        for row in rows:
            size = filesizeformat(row.size)
            self.stdout.write(f"{row.file.name} ({size}, added {row.added_at:%Y-%m-%d})")
        for path in strays:
            self.stdout.write(f"{path}: belongs to nothing")
        if options["delete"]:
            for row in rows:
                usage.remove(row)
            for path in strays:
                usage.remove_stray(path)
        said = "removed" if options["delete"] else "to be removed with --delete"
        self.stdout.write(f"{len(rows) + len(strays)} {said}.")
