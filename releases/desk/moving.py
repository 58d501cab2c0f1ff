"""The view of a scheduled edition's moment: move it, or lift the embargo now."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from releases import publishing, timekeeping, workflow
from releases.content import read
from releases.desk.access import release_for
from releases.desk.act_forms import MoveForm
from releases.desk.consequences import consequences, published
from releases.desk.small_page import small_page
from releases.desk.state import elsewhere, moment, named


@permission_required("releases.lift_release", raise_exception=True)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to which moment and why, then move the scheduled edition, or lift its embargo."""
    release, now = release_for(request, pk), timekeeping.now()
    waiting = publishing.scheduled_edition(release, now)
    initial = {"seen": release.version, "at": waiting and waiting.public_from}
    form = MoveForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edition = form.move(release, request.user)  # type: ignore[arg-type]
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, published(edition))
            return HttpResponseRedirect(reverse("admin:releases_release_change", args=[pk]))
    context: dict[str, Any] = {"waiting": waiting}
    if waiting:
        context |= {
            "name": named(waiting),
            "moment": moment(waiting.public_from, now),
            "elsewhere": elsewhere(waiting.public_from),
            "consequences": consequences(release, read(waiting), now),
        }
    return small_page(request, "move", release, form, _("Move or lift the embargo"), context)
