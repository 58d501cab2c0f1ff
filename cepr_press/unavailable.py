"""What is answered when something broke: 500, or 503 while what the site needs is away.

The database that does not answer and the disk that is full come back by themselves, so whoever
asked is told to come back (RFC 9110, 15.6.4), and what was sent is on the page, to be sent again.
"""

import sys
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.defaults import server_error

from files.trouble import reason_of

#: Seconds after which to come back, which is how long a database takes to start.
RETRY_AFTER = 10


@dataclass(frozen=True)
class Sent:
    """What a form had sent: its words, and the names of its files, which a page can't give back."""

    fields: list[tuple[str, str]]
    files: list[str]


def broken(request: HttpRequest) -> HttpResponse:
    """Answer a request that raised: 503 with a reason and what was sent, else 500 (handler500)."""
    reason = reason_of(sys.exc_info()[1])
    if reason is None:
        return server_error(request)
    context = {
        "reason": reason,
        "sent": sent_by(request),
        "again": request.get_full_path(),
        "at_the_desk": request.path.startswith(reverse("admin:index")),
        "office": settings.PRESS_OFFICE,
    }
    # Without the request: what the site's own pages show is asked of the database.
    answer = HttpResponse(render_to_string("503.html", context), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(answer)
    return answer


def sent_by(request: HttpRequest) -> Sent | None:
    """Return what a form had sent, to be sent again; None for who only looked, or signs in."""
    if request.method != "POST":
        return None
    try:
        fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
        files = [str(one.name) for _name, ones in request.FILES.lists() for one in ones]
    except (OSError, UnreadablePostError):
        return None  # its files found no room on the disk, or it was never whole
    if any("password" in name for name, _text in fields):
        return None  # no page ever shows one
    return Sent(fields, files)
