"""System checks of a production site: what no reader should see, with the variable to set."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


def office_is_reached(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Warn where journalists would call a number, or write to an address, that is nobody's."""
    nobodys = {"phone": ("", "+12025550100"), "email": ("", "press@example.org")}
    return [
        Warning(
            f"Journalists reach nobody: the office's {name} is {settings.PRESS_OFFICE[name]!r}.",
            hint=f"Set PRESS_OFFICE_{name.upper()} to the press office's own.",
            id="cepr_press.W101",
        )
        for name, values in nobodys.items()
        if settings.PRESS_OFFICE[name] in values
    ]


def donations_lead_somewhere(app_configs: Any, **options: Any) -> Sequence[CheckMessage]:
    """Warn where appeals may lead nowhere, or to a host that is an example."""
    if settings.DONATION_HOSTS and "www.example.org" not in settings.DONATION_HOSTS:
        return []
    return [
        Warning(
            f"Appeals may lead to {', '.join(settings.DONATION_HOSTS) or 'no host'}.",
            hint="Set PRESS_DONATION_HOSTS to the hosts of your own donation pages.",
            id="cepr_press.W102",
        )
    ]


def register_all() -> None:
    """Let `manage.py check --deploy` ask them all."""
    for check in (office_is_reached, donations_lead_somewhere):
        register(check, Tags.compatibility, deploy=True)
