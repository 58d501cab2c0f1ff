"""`manage.py check_archive`: whether every edition, text and picture is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from releases import archive


class Command(BaseCommand):
    """Look at the whole archive and change nothing."""

    help = (
        "Look whether every edition has its address, topics and contacts, every revision can be "
        "opened and every picture has its file; clean every text anew and say which would change. "
        "Changes nothing. The exit code is 1 where something is broken."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look and tell. Raises CommandError (exit code 1) where something is broken."""
        report = archive.check()
        for line in (*report.differs, *report.wrong):
            self.stdout.write(line)
        self.stdout.write(
            f"{report.editions} editions, {report.texts} texts, {report.pictures} pictures; "
            f"{len(report.differs)} to be shown cleaner than stored, {len(report.wrong)} broken."
        )
        if report.wrong:
            raise CommandError("The archive is not whole.")
