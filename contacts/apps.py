from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    """The people that journalists may call or mail."""

    name = "contacts"
    verbose_name = _("media contacts")
