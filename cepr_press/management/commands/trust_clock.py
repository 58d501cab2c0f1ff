"""`manage.py trust_clock`: after a clock that was ahead, go by the one that is right again."""

from typing import Any

from django.core.management.base import BaseCommand

from cepr_press.models import Generation
from releases.clocks import local


class Command(BaseCommand):
    """Forget the mark of time (releases/timekeeping.py)."""

    help = (
        "Let the newsroom go by the machine's clock, however far it has been put back. What was "
        "public only by the clock that was ahead is then to come again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Forget it, and say what it was."""
        mark = Generation.objects.values_list("mark", flat=True).get()
        Generation.objects.update(mark=None)
        self.stdout.write(f"Forgotten: {local(mark)}." if mark else "There was nothing to forget.")
