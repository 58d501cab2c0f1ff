"""Paging that costs the same at any depth: by place in the order, not by counting rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from releases.models import Edition
from releases.models.edition import EditionQuerySet
from releases.newsroom.context import language, moment
from releases.newsroom.translations import also_in

PAGE = 20


@dataclass(frozen=True)
class Page:
    """One page of a list, and the queries that lead to its neighbours (None at an end)."""

    editions: list[Edition]
    older_url: str | None
    newer_url: str | None


def page(
    request: HttpRequest,
    editions: EditionQuerySet,
    link: str = "",
    kept: Mapping[str, str] | None = None,
) -> Page:
    """Return the page that the address asks for by `?before=` or `?after=` a place.

    `editions` is ordered newest first; `link` names the relation that it is ordered by, `kept` is
    what else the neighbours' addresses ask for. A place is
    written `2026-11-23.imf-surcharges`: date and address of a release. Keys of rows are not shown:
    a gap between them would tell that something is planned. A day alone is a place too, below
    what is of that day. Raises Http404 for anything else.
    """
    before, after, now = request.GET.get("before"), request.GET.get("after"), moment(request)
    if after:
        rows = list(editions.above(*_place(after, now), link).reverse()[: PAGE + 1])
        shown = rows[:PAGE][::-1]
        newer = _query("after", shown[:1], kept, len(rows))
        return Page(also_in(now, shown), _query("before", shown[-1:], kept), newer)
    if before:
        editions = editions.below(*_place(before, now), link)
    rows = list(editions[: PAGE + 1])
    shown = rows[:PAGE]
    newer = _query("after", shown[:1], kept) if before else None
    return Page(also_in(now, shown), _query("before", shown[-1:], kept, len(rows)), newer)


def first_page(request: HttpRequest) -> str:
    """Return the absolute address of a list's first page where it is asked for, else ''."""
    paged = request.GET.get("before") or request.GET.get("after")
    return "" if paged else request.build_absolute_uri(request.path)


def _query(
    name: str, edge: list[Edition], kept: Mapping[str, str] | None, found: int = PAGE + 1
) -> str | None:
    """Return the link beyond `edge`, or None where nothing lies beyond it.

    What it asks for stands in one order, as the page cache puts it.
    """
    if not edge or found <= PAGE:
        return None
    asked = {**(kept or {}), name: f"{edge[0].dated}.{edge[0].slug}"}
    return f"?{urlencode(sorted(asked.items()))}"


def _place(text: str, at: datetime) -> tuple[date, int]:
    """Read a place: the day, and the key of the edition there, 0 where only the day is given.

    What nobody can have been given is not found, nor is what is still to come.
    """
    day, _dot, slug = text.partition(".")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if not slug:
        return found, 0
    there = Edition.objects.begun(at).filter(language=language(), slug=slug).order_by("-pk")
    key = there.values_list("pk", flat=True).first()
    if key is None:
        raise Http404
    return found, key
