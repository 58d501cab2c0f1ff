"""System checks of a production site: what nobody wants readers to see, with the variable to set."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


def invented_office(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Warn where journalists would call a number, or write to an address, that is nobody's."""
    invented = {"PRESS_OFFICE_PHONE": "+12025550100", "PRESS_OFFICE_EMAIL": "press@example.org"}
    return [
        Warning(
            f"Readers are shown {value}, which is nobody's.",
            hint=f"Set {name} to the press office's own.",
            id="cepr_press.W101",
        )
        for name, value in invented.items()
        if value in settings.PRESS_OFFICE.values()
    ]


def invented_donations(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Warn where appeals may lead to a host that is an example."""
    if "www.example.org" not in settings.DONATION_HOSTS:
        return []
    return [
        Warning(
            "Appeals may lead to www.example.org, which takes no donations.",
            hint="Set PRESS_DONATION_HOSTS to the hosts of your own donation pages.",
            id="cepr_press.W102",
        )
    ]


def register_all() -> None:
    """Let `manage.py check --deploy` ask them all."""
    for check in (invented_office, invented_donations):
        register(check, Tags.compatibility, deploy=True)
