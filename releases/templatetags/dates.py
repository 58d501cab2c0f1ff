"""`{{ edition.dated|day }}`: a day as readers of the active language write it."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import pgettext

from releases import clocks

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """Return a day, or that of a moment by the office's clocks, in words (HTML's `time`).

    '' where there is none. A list has dozens of them, most of them new to it: a part of a page
    for each costs many times as much.
    """
    if not value:
        return ""
    written = date_format(value, pgettext("date format", "F j, Y"))
    return format_html('<time datetime="{}">{}</time>', value.isoformat()[:10], written)


@register.filter
def office(at: datetime) -> str:
    """Return a moment by the office's clocks, as the desk shows all (HTML's `time`)."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), clocks.local(at))
