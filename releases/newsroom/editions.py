"""A release's editions: the list of those that have begun, and each of them by its number."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from releases.newsroom.addressed import Addressed, addressed
from releases.newsroom.parts import page
from releases.newsroom.release_page import release_page


@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """All editions with moment, reason and note; `?before=1&after=3` leads to what changed.

    A release with one edition has the page too: whoever keeps the address finds the next one here.
    """
    found = addressed(request, "newsroom:editions", slug)
    if isinstance(found, HttpResponse):
        return found
    if {"before", "after"} <= request.GET.keys():
        return _compared(request, found)
    context = {"edition": found.current, "editions": found.begun}
    return page(request, "newsroom/editions.html", context)


@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One edition by its number, also after another has taken its place: citable for ever."""
    found = addressed(request, "newsroom:edition", slug, number=number)
    if isinstance(found, HttpResponse):
        return found
    shown = release_page(request, found.edition(number), found.at, found)
    return page(request, "newsroom/release.html", shown)


def _compared(request: HttpRequest, found: Addressed) -> HttpResponse:
    """Lead to what changed between the two editions chosen, whichever is the older."""
    numbers = {str(one.number): one.number for one in found.begun}
    chosen = {numbers.get(request.GET[name], 0) for name in ("before", "after")}
    if 0 in chosen:
        raise Http404
    name = "newsroom:differences" if len(chosen) == 2 else "newsroom:edition"
    return HttpResponseRedirect(reverse(name, args=[found.current.slug, *sorted(chosen)]))
