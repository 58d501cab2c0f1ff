"""`{{ edition.dated|day }}`: a day as readers of the active language write it."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext

from releases import clocks

register = template.Library()


@register.filter(expects_localtime=True)
def day(value: date | None) -> str:
    """Return a day, or that of a moment by the office's clocks, in words (HTML's `time`).

    '' where there is none.
    """
    return _in_words(value.isoformat()[:10], get_language()) if value else ""


@lru_cache(maxsize=10_000)
def _in_words(day: str, _language: str | None) -> str:
    """Return a day in words of the active language: lists have dozens, mostly of the same years."""
    written = date_format(date.fromisoformat(day), pgettext("date format", "F j, Y"))
    return format_html('<time datetime="{}">{}</time>', day, written)


@register.filter
def office(at: datetime) -> str:
    """Return a moment by the office's clocks, as the desk shows all (HTML's `time`)."""
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), clocks.local(at))
