"""The newsroom as it stood, or will stand, at another moment: for staff, never cached.

The same views with another `at`: the address below /desk/at/<moment>/ is resolved as the public
one is, and every link of the page stays below it. docs/time.md says why that is all it takes.
Restricted releases stay, for people not named there, as they are now.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from releases import timekeeping
from releases.desk.moments import MomentField, MomentWidget
from releases.looking_ahead import as_known_to

SHOWN = {"newsroom", "media", "donations"}


class MomentForm(forms.Form):
    """The moment whose newsroom is to be shown, to the second."""

    at = MomentField(label=gettext_lazy("Moment"), widget=MomentWidget(seconds=True))


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def choose(request: HttpRequest) -> HttpResponse:
    """Lead to the moment that was chosen; without one, to now.

    A time that is none, or two, is asked about again.
    """
    form = MomentForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        context = {**admin.site.each_context(request), "title": _("Another moment"), "form": form}
        return render(request, "admin/another_moment.html", context)
    moment = timezone.localtime(form.cleaned_data["at"] if form.is_bound else timekeeping.now())
    return HttpResponseRedirect(reverse("another_moment", args=[moment.isoformat(), ""]))


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def another_moment(request: HttpRequest, moment: str, path: str) -> HttpResponseBase:
    """Show the newsroom's page at `path` as readers see it at `moment` (ISO 8601, with zone)."""
    at = _moment(moment)
    request.moment = at  # type: ignore[attr-defined]
    request.moment_form = reverse("choose_moment")  # type: ignore[attr-defined]
    request.moment_field = MomentForm(initial={"at": at})["at"]  # type: ignore[attr-defined]
    language = translation.get_language_from_path(f"/{path}") or "en"
    prefix = reverse("another_moment", args=[moment, ""])
    known = as_known_to(request.user, timekeeping.now())
    with translation.override(language), _below(prefix), known:
        try:
            match = resolve(f"/{path}")
        except Resolver404:
            raise Http404 from None
        if match.namespace not in SHOWN:
            raise Http404
        response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response


def _moment(text: str) -> datetime:
    """Read an aware moment; anything else does not exist."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if at.tzinfo is None:
        raise Http404
    return at


@contextmanager
def _below(prefix: str) -> Iterator[None]:
    """Let every address that is made meanwhile begin with `prefix`."""
    former = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(former)
