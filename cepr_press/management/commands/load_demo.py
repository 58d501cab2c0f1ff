"""`manage.py load_demo`: the demo newsroom and one account a role, once."""

from secrets import token_urlsafe
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cepr_press.demo.load import load
from releases.models import Release

PEOPLE = {
    "writer": ("Wanda", "Writer"),
    "editor": ("Edgar", "Editor"),
    "publisher": ("Paula", "Publisher"),
    "administrator": ("Ada", "Administrator"),
}


class Command(BaseCommand):
    """Load the demo where there is nothing yet; otherwise change nothing."""

    help = "Load the demo newsroom and its accounts, where there are none. Never in production."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the accounts, then the newsroom; say what was made."""
        if settings.PRODUCTION:
            raise CommandError("PRESS_MODE=production: the demo newsroom is not for production.")
        with transaction.atomic():
            if not User.objects.exists():
                self._make_accounts()
            publisher = User.objects.filter(groups__name="publisher", is_active=True).first()
            if publisher and not Release.objects.exists():
                self.stdout.write(f"Demo newsroom loaded: {load(publisher)} releases.")

    def _make_accounts(self) -> None:
        """Make one account a role, each with a random password that is printed this once."""
        self.stdout.write("Demo accounts for the desk (the passwords are shown only now):")
        for role, (first_name, last_name) in PEOPLE.items():
            password = token_urlsafe(12)
            user = User.objects.create_user(
                role, password=password, first_name=first_name, last_name=last_name, is_staff=True
            )
            user.groups.add(Group.objects.get(name=role))
            self.stdout.write(f"  {role:<14} {password}")
