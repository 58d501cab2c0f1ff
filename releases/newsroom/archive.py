"""The archive: years and months that have releases, each with their number."""

from datetime import date
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from releases.newsroom import paging, queries
from releases.newsroom.context import language, moment
from releases.newsroom.months import months, years
from releases.newsroom.parts import page

Place = TypeVar("Place", int, date)


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every year with its months."""
    return page(request, "newsroom/archive.html", {"years": years(months(request))})


@require_safe
def archive_year(request: HttpRequest, year: int) -> HttpResponse:
    """The months of one year; one without releases is not there."""
    found = years(months(request))
    shown = next((one for one in found if one.number == year), None)
    if shown is None:
        raise Http404
    numbers = [one.number for one in found]
    older, newer = _beside(numbers, year)
    context = {"year": shown, "older": older, "newer": newer}
    return page(request, "newsroom/archive_year.html", context)


@require_safe
def archive_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The releases of one month, newest first; one without releases is not there."""
    found = {one.first: one for one in months(request)}
    shown = found.get(date(year, month, 1))
    if shown is None:
        raise Http404
    of_month = queries.listed(moment(request), language()).of_days(shown.first, shown.beyond)
    older, newer = _beside(list(found), shown.first)
    context = {
        "month": shown,
        "older": found.get(older) if older else None,
        "newer": found.get(newer) if newer else None,
        **vars(paging.page(request, of_month)),
    }
    return page(request, "newsroom/archive_month.html", context)


def _beside(places: list[Place], here: Place) -> tuple[Place | None, Place | None]:
    """Return the places after and before `here` in a list that has it, None at an end."""
    at = places.index(here)
    older = places[at + 1] if at + 1 < len(places) else None
    return older, places[at - 1] if at else None
