"""Links to feeds in each of their formats."""

from types import ModuleType

from django import template

from releases.newsroom.feeds import FORMATS

register = template.Library()


@register.simple_tag
def feed_formats() -> list[ModuleType]:
    """Return the formats that a feed has, in the order in which they are offered."""
    return list(FORMATS.values())
