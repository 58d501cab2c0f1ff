"""`{% part "newsroom/_contact_card.html" contact=contact %}`: a template sees its values alone."""

from typing import Any

from django import template

from releases.newsroom import parts

register = template.Library()


@register.simple_tag
def part(name: str, **values: Any) -> str:
    """Show a part of a page; its text is kept under the values it is given."""
    return parts.part(name, values)
