"""How a stored file is sent, whoever may have it, and how long its readers may keep it."""

from datetime import datetime

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from files.models import Picture
from releases.models import next_transition

# How long, in seconds, a browser may show a picture without asking again, and a cache in front.
# The file never changes, but who may see it does: it goes when its release is withdrawn.
FRESH, SHARED = 300, 1


def file_answer(picture: Picture) -> FileResponse:
    """Return the file: its own type, and no right to do anything in a browser."""
    headers = {
        "Content-Type": picture.mime_type,
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return FileResponse(picture.file.open(), headers=headers)


def public_file_answer(request: HttpRequest, picture: Picture, now: datetime) -> HttpResponseBase:
    """Return the file for all to keep until the next transition, or 304 where they have it.

    Only for a picture that is public now. The ETag is strong and follows from the key: a new file
    is a new picture (RFC 9110, section 8.8.3).
    """
    etag = f'"{picture.key}"'
    answer = get_conditional_response(request, etag=etag) or file_answer(picture)
    change = next_transition(now)
    left = int((change - now).total_seconds()) if change else FRESH
    spans = f"max-age={min(FRESH, left)}, s-maxage={min(SHARED, left)}"
    answer.headers["Cache-Control"] = f"public, {spans}"
    answer.headers["ETag"] = etag
    return answer
