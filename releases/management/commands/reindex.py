"""`manage.py reindex`: the search index, made of the editions once more where it is wrong."""

from typing import Any

from django.core.management.base import BaseCommand

from releases.search.index import index_all


class Command(BaseCommand):
    """Look at every edition, and write what the index lacks or has wrong."""

    help = (
        "Make the search index whole, and say of how many editions it was wrong: after an upgrade "
        "of how words are read, or after work on the tables by hand. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, write what differs, say how much that was."""
        mended = index_all()
        self.stdout.write(f"{mended} editions indexed anew; the index is whole.")
