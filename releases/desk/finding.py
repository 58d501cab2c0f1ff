"""Where readers find a release: its pin on the front page, its place in a series."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from releases import timekeeping, workflow
from releases.desk.access import release_for
from releases.desk.moments import MomentField
from releases.desk.small_page import small_page
from releases.desk.state import moment
from releases.desk.views import act, seen_by_button
from releases.in_focus import MOST, in_focus_now
from releases.models import Release, Series, SeriesPlace


class PinForm(forms.Form):
    """Until when a release stays at the top of the front page."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    when = forms.ChoiceField(
        label=gettext_lazy("How long"),
        choices=[
            ("open", gettext_lazy("Until somebody takes it off")),
            ("until", gettext_lazy("Until a time")),
        ],
        initial="open",
        widget=forms.RadioSelect,
    )
    at = MomentField(label=gettext_lazy("Time"), required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a time to come, where it is to end at one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        at, tried = cleaned.get("at"), "at" in self.errors
        if cleaned.get("when") == "until":
            if not tried and (at is None or at <= timekeeping.now()):
                self.add_error("at", _("Give a date and a time that are still to come."))
        else:
            # Whatever stands in the field for a time.
            self.errors.pop("at", None)
            cleaned["at"] = None
        return cleaned


class PlaceForm(forms.Form):
    """The series that a release belongs to, and its place there."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    series = forms.ModelChoiceField(  # type: ignore[var-annotated]
        label=gettext_lazy("Series"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("in no series"),
    )
    position = forms.IntegerField(
        label=gettext_lazy("Place"),
        required=False,
        min_value=1,
        max_value=9999,
        help_text=gettext_lazy("Left empty, it comes last. Readers count only what is public."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["series"].queryset = Series.objects.all()  # type: ignore[attr-defined]


@permission_required("releases.publish_release", raise_exception=True)
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for how long, then pin the release to the front page."""
    release, now = release_for(request, pk), timekeeping.now()
    standing = release.pins.standing(now).first()
    until = standing.until if standing else None
    initial = {"seen": release.version, "when": "until" if until else "open", "at": until}
    form = PinForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        return act(
            request, pk, asked["seen"], lambda pk, by, seen: workflow.pin(pk, by, seen, asked["at"])
        )
    shown = in_focus_now(now, release.language)
    context = {"pinned": pinned(release, now), "in_focus": shown, "most": MOST}
    return small_page(request, "pin", release, form, _("Pin to the front page"), context)


@require_POST
@permission_required("releases.publish_release", raise_exception=True)
def unpin(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the release off the top of the front page."""
    return act(request, pk, seen_by_button(request), workflow.unpin)


@permission_required("releases.change_series", raise_exception=True)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the series and the place in it."""
    release = release_for(request, pk)
    there = SeriesPlace.objects.filter(release=release).first()
    initial: dict[str, Any] = {"seen": release.version}
    if there:
        initial |= {"series": there.series_id, "position": there.position}
    form = PlaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wish = (form.cleaned_data["series"], form.cleaned_data["position"])
        return act(
            request,
            pk,
            form.cleaned_data["seen"],
            lambda pk, by, seen: workflow.place(pk, by, seen, *wish),
        )
    return small_page(request, "place", release, form, _("Place in a series"))


def pinned(release: Release, now: datetime) -> str:
    """Return until when a release is pinned, as a sentence, '' where it is not."""
    standing = release.pins.standing(now).first()
    if standing is None:
        return ""
    if standing.until is None:
        return _("Pinned to the front page until somebody takes it off.")
    words = {"moment": moment(standing.until, now)}
    return _("Pinned to the front page until %(moment)s.") % words


def placed(release: Release) -> str:
    """Return the series and place of a release in words, '' where it is in none."""
    there = SeriesPlace.objects.filter(release=release).select_related("series").first()
    if there is None:
        return ""
    return _("“%(series)s”, place %(n)d") % {"series": there.series, "n": there.position}
