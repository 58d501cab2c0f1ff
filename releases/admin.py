"""Django's admin looks for its classes here; they live in releases/desk/."""

from releases.desk.admin import ActAdmin, EditionAdmin, ReleaseAdmin, TopicAdmin
from releases.desk.boilerplate import BoilerplateAdmin, TemplateAdmin

__all__ = [
    "ActAdmin",
    "BoilerplateAdmin",
    "EditionAdmin",
    "ReleaseAdmin",
    "TemplateAdmin",
    "TopicAdmin",
]
