"""`manage.py reset_second_factor NAME`: for the administrator who lost phone and codes."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts import entry, factor, log, notices
from accounts.models import Kind


class Command(BaseCommand):
    """Forget a person's second factor; the log says that it was done at the command line."""

    help = (
        "Reset the second factor of one account and end its sessions. The log of accounts says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name that the person signs in with."""
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reset it. Raises CommandError where nobody has this name."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is nobody called {options['username']}.")
        factor.turn_off(user)
        entry.end_sessions(user)
        log.note(Kind.FACTOR_RESET, None, user, "manage.py reset_second_factor")
        notices.tell(notices.FACTOR_OFF, user)
        self.stdout.write(f"{user.username} signs in by password alone, and has to set it up anew.")
