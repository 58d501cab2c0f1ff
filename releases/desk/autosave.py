"""Unsaved text at the desk: kept as it is typed, offered back; and who else has the form open."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releases import autosaving, workflow
from releases.content import Content, read
from releases.desk.access import release_for
from releases.desk.collision import changed_by
from releases.desk.data import as_data, refusal
from releases.desk.small_page import small_page
from releases.desk.told import told
from releases.desk.unsaved import content_in
from releases.differences import compare
from releases.models import Release


@as_data
def autosave(request: HttpRequest, release: Release | None) -> JsonResponse:
    """Keep what the form holds in the person's slot."""
    try:
        slot = autosaving.keep(request.user, release, dict(request.POST.lists()))  # type: ignore[arg-type]
    except autosaving.TooLong:
        return refusal(413, _("This is too long to be kept while you type. Save it."))
    there = timezone.localtime(slot.saved_at, timezone.get_default_timezone())
    said = _("kept at %(time)s") % {"time": date_format(there, "H:i:s")}
    return JsonResponse({"said": said})


@as_data
def here(request: HttpRequest, release: Release | None) -> JsonResponse:
    """Note that somebody has the form open, or leaves it; say who else has, and what is new."""
    if release is None:
        return refusal(404, _("There is no such release."))
    user = request.user
    if "leave" in request.POST:
        autosaving.leave(user, release)  # type: ignore[arg-type]
        return JsonResponse({})
    autosaving.arrive(user, release)  # type: ignore[arg-type]
    names = [workflow.name_of(one) for one in autosaving.others(user, release)]  # type: ignore[arg-type]
    newer = request.POST.get("seen") != str(release.version)
    return JsonResponse({"others": _open_too(names), "newer": _newer(release) if newer else ""})


def _open_too(names: list[str]) -> str:
    """Say who else has it open; '' for nobody."""
    if not names:
        return ""
    said = ngettext("%(names)s has this open too", "%(names)s have this open too", len(names))
    return said % {"names": get_text_list(names, _("and"))}


def _newer(release: Release) -> str:
    """Say who was faster."""
    return _("%(name)s changed this release after you opened it; saving shows you what.") % {
        "name": changed_by(release)[0]
    }


@permission_required("releases.change_release", raise_exception=True)
def unsaved(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show what the person's slot has that is not stored; by POST, discard it."""
    release = release_for(request, pk) if pk else None
    name = "admin:releases_release_change" if release else "admin:releases_release_add"
    back = reverse(name, args=[release.pk] if release else [])
    if request.method == "POST":
        autosaving.empty(request.user, release.pk if release else None)  # type: ignore[arg-type]
        messages.success(request, _("Your unsaved text is discarded."))
        return HttpResponseRedirect(back)
    slot = autosaving.slot(request.user, release.pk if release else None)  # type: ignore[arg-type]
    if slot is None:
        raise Http404
    contents = told(read(release) if release else Content(), content_in(slot, release))
    context = {"changes": compare(*contents), "slot": slot, "back": back}
    return small_page(request, "unsaved", release, None, _("Unsaved text"), context)
