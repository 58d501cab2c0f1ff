from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DonationsConfig(AppConfig):
    """Appeals, and which one a page shows."""

    name = "donations"
    verbose_name = _("donations")
