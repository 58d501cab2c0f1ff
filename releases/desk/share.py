"""The view of a release's share links."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from releases import publishing, sharing, timekeeping, workflow
from releases.desk.access import release_for
from releases.desk.act_forms import ShareForm
from releases.desk.small_page import small_page
from releases.desk.state import local
from releases.models import Release


@permission_required("releases.publish_release", raise_exception=True)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """All share links of a release in one view: make one, revoke one or all."""
    release = release_for(request, pk)
    if "revoke" in request.POST:
        return _revoke(request, release)
    form = ShareForm(request.POST or None)
    made: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            secret = sharing.make_link(release, request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            address = request.build_absolute_uri(reverse("embargo:open", args=[secret]))
            waiting = publishing.scheduled_edition(release, timekeeping.now())
            until = local(waiting.public_from) if waiting else ""
            made = {"address": address, "link": form.instance, "until": until}
            form = ShareForm()
    context = {"links": release.share_links.all(), **made}
    return small_page(request, "share", release, form, _("Make a share link"), context)


def _revoke(request: HttpRequest, release: Release) -> HttpResponse:
    """Revoke the link that the button names, or all; show the view again."""
    chosen = request.POST["revoke"]
    one = [int(chosen)] if chosen.isdecimal() and len(chosen) < 10 else []
    keys = None if chosen == "all" else one
    count = sharing.revoke(release, request.user, keys)  # type: ignore[arg-type]
    messages.success(
        request, ngettext("%(n)d link revoked.", "%(n)d links revoked.", count) % {"n": count}
    )
    return HttpResponseRedirect(reverse("admin:releases_release_share", args=[release.pk]))
