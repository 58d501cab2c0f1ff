"""The way out: `/donate/<appeal>/?from=<release>` counts, and leads to the donation page."""

from datetime import datetime

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from donations.counting import count
from donations.destination import Target, destination
from donations.known import find_release, find_target
from donations.visitors import is_ahead, is_machine, recent
from releases.newsroom.context import language, moment

# Nobody keeps it, and the donation page is not told which page a reader came from but by us.
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@require_safe
def way_out(request: HttpRequest, name: str) -> HttpResponse:
    """Lead to the donation page of an appeal (303, RFC 9110, section 15.4.4), and count that.

    The one GET that counts: in memory, no row is written here (donations/counting.py). What is
    fetched ahead is refused, so that the click itself comes here, too. Raises Http404 for an appeal
    or a release that readers don't know of, or don't know of yet.
    """
    at = moment(request)
    target = find_target(language(), name)
    if target is None or not target.has_begun(at):
        raise Http404
    slug = request.GET.get("from", "")
    release = _release(slug, at) if slug else None
    address = destination(target, slug if release else "", ended=target.has_ended(at))
    if not address:
        raise Http404
    if is_ahead(request):
        _count(request, target, release, machines=1)
        return HttpResponse(status=503, headers=HEADERS)
    if is_machine(request):
        _count(request, target, release, machines=1)
    elif not recent.is_repeat(request, target.key):
        _count(request, target, release, people=1)
    return HttpResponse(status=303, headers={**HEADERS, "Location": address})


def _release(slug: str, at: datetime) -> int | None:
    """Return the key of the release at this address; None where nobody can say just now."""
    try:
        release = find_release(language(), slug, at)
    except Error:
        return None
    if release is None:
        raise Http404
    return release


def _count(request: HttpRequest, target: Target, release: int | None, **numbers: int) -> None:
    """Count, but for staff who look at another moment, and where counting is off."""
    if settings.COUNT_DONATIONS and not hasattr(request, "moment"):
        count(target.key, release, target.placement, language(), **numbers)
