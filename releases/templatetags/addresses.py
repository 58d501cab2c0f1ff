"""`{{ address|written_as_references }}`: a mail address that simple harvesters do not find."""

from django import template
from django.utils.html import format_html_join

register = template.Library()


@register.filter
def written_as_references(text: str) -> str:
    """Return each character as a reference (WHATWG HTML, 13.1.4).

    Browsers and screen readers have the very same text and link, without a script; programs
    that look for an "@" in the source have none.
    """
    return format_html_join("", "&#{};", ((ord(character),) for character in str(text)))
