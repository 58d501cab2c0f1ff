"""Addresses of the desk that a script asks: refusals are data as well, never a redirect."""

from collections.abc import Callable
from functools import wraps

from django.contrib import admin
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from files.trouble import SUSPECTS, reason_of
from releases.desk.access import release_for
from releases.models import Release

View = Callable[[HttpRequest, Release | None], JsonResponse]


def as_data(view: View) -> Callable[..., JsonResponse]:
    """Give `view` the release that a writer asks about; answer 401, 403, 404 and 503 as JSON.

    A form says who types in it: what one person typed never gets into another's slot.
    """

    @require_POST
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, pk: int | None = None) -> JsonResponse:
        try:
            return allowed(request, pk)
        except SUSPECTS as error:
            reason = reason_of(error)
            if reason is None:
                raise
            return refusal(503, reason)

    def allowed(request: HttpRequest, pk: int | None) -> JsonResponse:
        typist = request.POST.get("typist", str(request.user.pk))
        if not admin.site.has_permission(request) or typist != str(request.user.pk):
            return refusal(401, _("You are signed out."))
        if not request.user.has_perm("releases.change_release"):
            return refusal(403, _("Your account has no right to do this; ask an administrator."))
        try:
            release = release_for(request, pk) if pk is not None else None
        except Http404:
            return refusal(404, _("There is no such release."))
        return view(request, release)

    return answer


def refusal(status: int, why: str) -> JsonResponse:
    """Return a refusal as data."""
    return JsonResponse({"error": why}, status=status)
