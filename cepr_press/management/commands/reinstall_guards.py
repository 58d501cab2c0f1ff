"""`manage.py reinstall_guards`: the database's own guards and counters, put back where missing."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from accounts import guards as account_guards
from cepr_press import generation
from contacts import roster
from releases import guards


class Command(BaseCommand):
    """Put back what keeps editions, the log and spans on call from changing, and what counts."""

    help = (
        "Put back the database's guards of editions, of the log of accounts and of who is on call, "
        "and its counting of changes, and say what was missing: after a restore, or after work on "
        "the tables by hand. Safe to run at any time."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, put back, say what was missing; what is whole is left as it is."""
        # A trigger needs no table to be rebuilt, so the editor is used without its `with`.
        editor = connection.schema_editor()
        with transaction.atomic():
            unguarded, uncounted = guards.missing(connection), generation.missing(connection)
            unkept, overlapping = account_guards.missing(connection), roster.missing(connection)
            if unguarded:
                guards.install(apps, editor)
            if unkept:
                account_guards.install(apps, editor)
            roster.reinstall(connection, overlapping)
            if uncounted:
                generation.install(apps, editor)
                # Changes may have gone uncounted: no process is to go on with what it keeps.
                generation.count_on()
        missing = (*unguarded, *unkept, *overlapping, *uncounted)
        for name in missing:
            self.stdout.write(f"Was missing, is back: {name}")
        if not missing:
            self.stdout.write("All guards stand.")
