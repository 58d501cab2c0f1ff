from django.apps import AppConfig

from cepr_press import checks


class PressConfig(AppConfig):
    """The project itself: the roles' migration, the demo newsroom, settings checks."""

    name = "cepr_press"
    verbose_name = "CEPR press office"

    def ready(self) -> None:
        """Register the checks of the settings."""
        checks.register_all()
