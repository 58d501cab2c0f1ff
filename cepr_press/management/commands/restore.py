"""`manage.py restore`: the site of an archive in the place of the one that is here."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cepr_press.backup.archive import Refused
from cepr_press.backup.restoring import restore, rows_there
from cepr_press.backup.tables import Unfit
from cepr_press.management.commands.backup import told

#: What a person types to say that the site that is here may go.
WORD = "replace"


class Command(BaseCommand):
    """Read an archive whole, and put its site here, wholly or not at all."""

    help = (
        "Put the site of an archive into this database and storage, whichever database it came "
        "from. What is not whole, or was made by newer code, is refused before anything is "
        "touched. "
        "A site that is here is replaced only when that was said."
    )
    # It makes the tables itself, and says where the database is newer than the code.
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the archive, and the word that a site may be replaced."""
        parser.add_argument("path", type=Path, help="The archive.")
        parser.add_argument("--replace", action="store_true", help="Replace the site that is here.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, restore, tell. Raises CommandError with a sentence where that fails."""
        path = options["path"]
        try:
            there = rows_there()
            if there and not options["replace"] and not self.agreed(there):
                raise CommandError(
                    f"There is a site here ({said(there)}). Make a backup of it, and say "
                    "--replace if it is to go. Nothing was touched."
                )
            manifest = restore(path, self.stdout.write)
        except (Refused, Unfit, OSError) as error:
            raise CommandError(f"{path}: {error}") from error
        self.stdout.write(f"Restored: {told(manifest)}.")
        for name in manifest.missing:
            self.stderr.write(f"The site that was backed up lacked this file: {name}")

    def agreed(self, there: dict[str, int]) -> bool:
        """Ask whoever sits at a terminal; nobody else can agree."""
        if not sys.stdin.isatty():
            return False
        self.stdout.write(f"There is a site here: {said(there)}.")
        return input(f"Type {WORD} to have the archive’s site in its place: ").strip() == WORD


def said(there: dict[str, int]) -> str:
    """Return how full a site is, in a few words."""
    return ", ".join(f"{count} rows of {table}" for table, count in there.items())
