"""What every newsroom template may use: the office and the languages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri
from django.utils.functional import SimpleLazyObject

from contacts.phones import display
from releases import timekeeping
from releases.boilerplate import Standing, standing

#: The pages that may show an appeal.
WITH_APPEALS = {"newsroom:release", "newsroom:edition", "newsroom:topic"}


def language() -> str:
    """Return the language of the address, which the middleware made the active one."""
    return translation.get_language() or settings.LANGUAGE_CODE


def moment(request: HttpRequest) -> datetime:
    """Return the moment whose newsroom is asked for: now, but for staff who look at another."""
    chosen: datetime | None = getattr(request, "moment", None)
    return chosen or timekeeping.now()


@dataclass(frozen=True)
class Origin:
    """Where addresses of the site begin (RFC 6454): scheme and host, as they were asked for."""

    start: str

    def __call__(self, path: str) -> str:
        """Return an address within the site, which begins with `/`, as one of the whole net."""
        return f"{self.start}{iri_to_uri(path)}"


def origin(request: HttpRequest) -> Origin:
    """Return the origin that a request came to."""
    return Origin(f"{request.scheme}://{request.get_host()}")


def office() -> dict[str, Any]:
    """Return who the press office is, the phone number as the active language shows it."""
    facts = settings.PRESS_OFFICE
    return {**facts, "phone_display": display(str(facts["phone"]), language())}


def languages() -> list[tuple[str, str, str]]:
    """Return code, own name and home address of each of the newsroom's languages."""
    found = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            found.append((code, name, reverse("newsroom:home")))
    return found


def boilerplate() -> Standing:
    """Return the office's standing words in the language of the address, by one query."""
    return standing(language())


def ambient() -> dict[str, Any]:
    """Return what follows from settings, language and where addresses begin, as templates ask."""
    return {"office": SimpleLazyObject(office), "languages": SimpleLazyObject(languages)}


def counts_views(request: HttpRequest) -> bool:
    """Return whether readers' views of what this page asks for are counted, by a script.

    On the public pages that show an appeal; neither in the preview nor at another moment, which
    have addresses of their own.
    """
    match = request.resolver_match
    return settings.COUNT_VIEWS and match is not None and match.view_name in WITH_APPEALS


def asked(request: HttpRequest) -> dict[str, Any]:
    """Return all that a page shows of the request itself: the moment that staff chose, and whether
    views are counted."""
    return {
        "another_moment": getattr(request, "moment", None),
        "moment_form": getattr(request, "moment_form", ""),
        "moment_field": getattr(request, "moment_field", None),
        "counts_views": counts_views(request),
    }


def newsroom(request: HttpRequest) -> dict[str, Any]:
    """Return all of it, for templates that are rendered with the request (context processor)."""
    return {
        **ambient(),
        **asked(request),
        "boilerplate": SimpleLazyObject(boilerplate),
    }
