from django.apps import AppConfig


class PressConfig(AppConfig):
    """The project itself: the roles' migration, the demo newsroom, settings checks."""

    name = "cepr_press"
    verbose_name = "CEPR press office"
