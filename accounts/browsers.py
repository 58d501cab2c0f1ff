"""A browser in words, by what it says of itself (RFC 9110, User-Agent): Firefox, Windows."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

#: What to look for, and the name; the first that is found counts: many call themselves Safari.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
]


def browser_of(request: HttpRequest) -> str:
    """Return "Firefox|Windows", each part empty where it is not known; `in_words` reads it."""
    said = request.headers.get("User-Agent", "")
    parts = (
        next((name for mark, name in known if mark in said), "") for known in (BROWSERS, SYSTEMS)
    )
    return "|".join(parts)


def in_words(browser: str) -> str:
    """Return what browser_of() found as words, in the language that is active."""
    name, _bar, system = browser.partition("|")
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("an unknown browser")
