"""How long readers, and caches in front, may keep a public file."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from releases import figures
from releases.models import next_transition

# How long, in seconds, a browser may show a picture without asking again, and a cache in front.
# The file never changes, but who may see it does: it goes when its release is withdrawn.
FRESH, SHARED = 300, 1


def public_file_answer(
    request: HttpRequest, tag: str, now: datetime, send: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """Return what `send` gives for all to keep until the next transition, or 304.

    Only for a file that is public now. The ETag is strong and follows from the key: a new file
    is a new picture (RFC 9110, section 8.8.3).
    """
    etag = f'"{tag}"'
    answer = get_conditional_response(request, etag=etag) or send()
    changes = [one for one in (next_transition(now), figures.next_transition(now)) if one]
    left = int((min(changes) - now).total_seconds()) if changes else FRESH
    spans = f"max-age={min(FRESH, left)}, s-maxage={min(SHARED, left)}"
    answer.headers["Cache-Control"] = f"public, {spans}"
    answer.headers["ETag"] = etag
    return answer
