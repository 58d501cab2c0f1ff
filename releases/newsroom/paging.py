"""Paging that costs the same at any depth: by place in the order, not by counting rows."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from releases.models import Edition
from releases.models.edition import EditionQuerySet

PAGE = 20


@dataclass(frozen=True)
class Page:
    """One page of a list, and the queries that lead to its neighbours (None at an end)."""

    editions: list[Edition]
    older_url: str | None
    newer_url: str | None


def page(request: HttpRequest, editions: EditionQuerySet, link: str = "") -> Page:
    """Return the page that the address asks for by `?before=` or `?after=` a place.

    `editions` is ordered newest first; `link` names the relation that it is ordered by. A place is
    written `2026-11-23.42`: date and key of an edition. Raises Http404 for anything else.
    """
    before, after = request.GET.get("before"), request.GET.get("after")
    if after:
        rows = list(editions.above(*_place(after), link).reverse()[: PAGE + 1])
        shown = rows[:PAGE][::-1]
        return Page(shown, _query("before", shown[-1:]), _query("after", shown[:1], len(rows)))
    if before:
        editions = editions.below(*_place(before), link)
    rows = list(editions[: PAGE + 1])
    shown = rows[:PAGE]
    newer = _query("after", shown[:1]) if before else None
    return Page(shown, _query("before", shown[-1:], len(rows)), newer)


def _query(name: str, edge: list[Edition], found: int = PAGE + 1) -> str | None:
    """Return the link beyond `edge`, or None where nothing lies beyond it."""
    if not edge or found <= PAGE:
        return None
    return f"?{name}={edge[0].dated}.{edge[0].pk}"


def _place(text: str) -> tuple[date, int]:
    """Read a place; what nobody can have been given is not found."""
    day, _dot, key = text.partition(".")
    try:
        return date.fromisoformat(day), int(key[:18])
    except ValueError:
        raise Http404 from None
