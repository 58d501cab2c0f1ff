"""Views of appeals: a page's script says that the button was in sight, and nothing of who saw it.

`POST /donate/<appeal>/seen/?from=<release>` takes no cookie, no session and no CSRF token. There is
nothing to forge in anybody's name: it knows no reader, reads no body, and changes a number that
anyone may raise by looking at the page. It counts known pairs only, the same reader once in half an
hour, and no more than a process can bear.
"""

import time
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from donations.counting import count
from donations.known import find_release, find_target
from donations.visitors import Recent, is_program
from releases import timekeeping
from releases.newsroom.context import language

#: Bytes; the script sends none.
LARGEST = 1024
#: What a process counts in a second; whatever is beyond, nobody counts.
MOST_A_SECOND = 200
#: How readers ask not to be counted (Tracking Preference Expression, 5; Global Privacy Control).
ASKS_NOT = (("DNT", "1"), ("Sec-GPC", "1"))


class Throttle:
    """Lets so many through in each second of its clock."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.clock, self.lock = most, clock, Lock()
        self.second, self.passed = 0, 0

    def lets_through(self) -> bool:
        """Return whether there is room for one more."""
        with self.lock:
            second = int(self.clock())
            if second != self.second:
                self.second, self.passed = second, 0
            self.passed += 1
            return self.passed <= self.most


throttle = Throttle(MOST_A_SECOND)
# Of its own: whoever has seen a button may click on it.
recent = Recent()


@csrf_exempt
@require_POST
def seen(request: HttpRequest, name: str) -> HttpResponse:
    """Count a view of an appeal, in memory (donations/counting.py); answer 204 whether or not.

    Raises Http404 where views are not counted, and for what readers don't know of.
    """
    if not settings.COUNT_VIEWS:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        return HttpResponse(status=413)
    if may_count(request) and throttle.lets_through():
        _count(request, name)
    return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def may_count(request: HttpRequest) -> bool:
    """Return whether a reader of this site, who does not ask to be left out, says so."""
    return (
        all(request.headers.get(header) != value for header, value in ASKS_NOT)
        and request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        and not is_program(request.headers.get("User-Agent", ""))
    )


def _count(request: HttpRequest, name: str) -> None:
    """Count what is known; with the database away, what was known before."""
    now, slug = timekeeping.now(), request.GET.get("from", "")
    try:
        target = find_target(language(), name)
        release = find_release(language(), slug, now) if slug else None
    except Error:
        return
    if target is None or not target.has_begun(now) or target.has_ended(now):
        raise Http404
    if slug and release is None:
        raise Http404
    if not recent.is_repeat(request, target.key):
        count(target.key, release, target.placement, language(), views=1)
