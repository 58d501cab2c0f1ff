"""Django's admin looks for its classes here; they live in releases/desk/."""

from releases.desk.admin import ActAdmin, EditionAdmin, ReleaseAdmin, TopicAdmin

__all__ = ["ActAdmin", "EditionAdmin", "ReleaseAdmin", "TopicAdmin"]
