"""`manage.py check_donation_pages`: whether the pages that appeals lead to are there."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from donations.link_check import check, still_asked_for
from donations.models import Verdict


class Command(BaseCommand):
    """Ask once for each page; for a timer, or by hand."""

    help = (
        "Ask whether the donation pages of appeals that run, or will, are there, and store what "
        "came of it: readers are led to the other page while one is gone. The exit code is 1 where "
        "one is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask and tell. Raises CommandError (exit code 1) where a page is gone."""
        found = check(still_asked_for(timezone.now()))
        for one in found:
            self.stdout.write(f"{one.appeal.name}: {one.words} ({one.url})")
        gone = [one for one in found if one.verdict == Verdict.GONE]
        if gone:
            raise CommandError(f"{len(gone)} of {len(found)} donation pages are not there.")
