"""Pictures and documents for staff, public or not."""

from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from files.answers import copy_answer, document_answer, picture_answer
from releases.desk.access import document_for, picture_for


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def picture(request: HttpRequest, key: str) -> FileResponse:
    """A picture as it came in."""
    return _unkept(picture_answer(picture_for(request, key)))


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def rendition(request: HttpRequest, key: str, width: int, name: str) -> FileResponse:
    """A smaller copy of a picture."""
    return _unkept(copy_answer(picture_for(request, key), width, name))


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def document(request: HttpRequest, key: str) -> FileResponse:
    """A document of a release."""
    return _unkept(document_answer(document_for(request, key)))


def _unkept(answer: FileResponse) -> FileResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
