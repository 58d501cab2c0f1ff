from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReleasesConfig(AppConfig):
    """The heart: releases, editions, the desk and the newsroom."""

    name = "releases"
    verbose_name = _("releases")
