"""`manage.py purge`: tell caches in front that something changed, after a script has."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cepr_press.purge import purge


class Command(BaseCommand):
    """Ask the hook of PRESS_PURGE_URL once."""

    help = "Tell the caches in front (PRESS_PURGE_URL) to drop what they hold of the newsroom."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, and say how it went."""
        if not settings.PURGE_URL:
            raise CommandError("PRESS_PURGE_URL is not set: there is nobody to tell.")
        try:
            purge(settings.PURGE_URL)
        except OSError as error:
            raise CommandError(f"The caches in front were not told: {error}") from error
        self.stdout.write("Told.")
