from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from accounts import checks


class AccountsConfig(AppConfig):
    """Who may come to the desk, and how: sign-in, second factor, sessions, invitations, log."""

    name = "accounts"
    verbose_name = _("staff accounts")

    def ready(self) -> None:
        """Register the checks for production."""
        for check in (checks.mail_is_set_up, checks.factor_is_required):
            register(check, Tags.security, deploy=True)
