from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Files that came in through the gate."""

    name = "files"
    verbose_name = _("files")
