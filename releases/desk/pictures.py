"""Pictures and documents for staff, public or not."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from files.answers import copy_answer, document_answer, picture_answer
from files.fields import PictureUploadField
from files.renditions import file_name, widths
from releases.desk.access import document_for, picture_for
from releases.desk.data import as_data, refusal
from releases.models import Release


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
def small(request: HttpRequest, key: str) -> FileResponse:
    """The smallest copy of a picture, for the form."""
    found = picture_for(request, key)
    return _unkept(copy_answer(found, widths(found)[0], file_name(found, "webp")))


@as_data
def upload(request: HttpRequest, _release: Release | None) -> JsonResponse:
    """Store a picture that was dropped or pasted into the text; say what its file says of it.

    It hangs on the release once the form is saved, which compares the version; until then it is
    there for who knows its key, and is swept if nobody saves it.
    """
    try:
        admitted = PictureUploadField().clean(request.FILES.get("upload"))
    except ValidationError as refused:
        return refusal(400, " ".join(refused.messages))
    stored = admitted.store()
    return JsonResponse(
        {
            "key": stored.key,
            "width": stored.width,
            "height": stored.height,
            "credit": stored.credit,
            "rights": stored.copyright_notice,
        }
    )


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def document(request: HttpRequest, key: str) -> FileResponse:
    """A document of a release."""
    return _unkept(document_answer(document_for(request, key)))


def _unkept(answer: FileResponse) -> FileResponse:
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
