"""Checks of the settings that are about accounts (`manage.py check --deploy`)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def mail_is_set_up(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Warn where production sends no mail: nobody could be invited or get a new password."""
    if not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend"):
        return []
    return [
        Warning(
            "No mail is set up: nobody can be invited, or get a link to a new password.",
            hint="Set PRESS_MAIL_URL, as in smtp://user:password@mail.example.org:587",
            id="accounts.W001",
        )
    ]


def factor_is_required(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Warn where production lets publishers and administrators in by password alone."""
    if settings.SECOND_FACTOR == "required":
        return []
    return [
        Warning(
            "Publishers and administrators sign in by password alone.",
            hint="Set PRESS_SECOND_FACTOR=required, or leave it out in production.",
            id="accounts.W002",
        )
    ]
