"""Django's admin looks for its classes here; they live in releases/desk/."""

from releases.desk.admin import ActAdmin, EditionAdmin, ReleaseAdmin, TopicAdmin
from releases.desk.boilerplate import BoilerplateAdmin, TemplateAdmin
from releases.desk.records import EventAdmin, SeriesAdmin

__all__ = [
    "ActAdmin",
    "BoilerplateAdmin",
    "EditionAdmin",
    "EventAdmin",
    "ReleaseAdmin",
    "SeriesAdmin",
    "TemplateAdmin",
    "TopicAdmin",
]
