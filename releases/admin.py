"""Django's admin looks for its classes here; they live in releases/desk/."""

from releases.desk.admin import ActAdmin, EditionAdmin, ReleaseAdmin, TopicAdmin
from releases.desk.records import EventAdmin, SeriesAdmin

__all__ = [
    "ActAdmin",
    "EditionAdmin",
    "EventAdmin",
    "ReleaseAdmin",
    "SeriesAdmin",
    "TopicAdmin",
]
