"""Dates to come and series at the desk: small records of their own, beside the releases."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from contacts import moves
from releases import timekeeping, workflow
from releases.desk.moments import readings
from releases.models import Event, Series, SeriesPlace
from releases.models.event import REASONED
from releases.models.release import visible_to


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """A date to come; one that readers know of is moved or cancelled with a reason."""

    url = forms.URLField(
        label=gettext_lazy("Page"),
        required=False,
        # What is typed without a scheme is meant by https.
        assume_scheme="https",
        help_text=gettext_lazy("Where to register or to follow it."),
    )

    class Meta:
        model = Event
        fields = [
            "kind",
            "language",
            "title",
            "text",
            "day",
            "hour",
            "place",
            "url",
            "state",
            "reason",
        ]

    def clean(self) -> dict[str, Any]:
        """Refuse an hour that clocks skip or show twice, and a move that readers aren't told."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, hour, state = (cleaned.get(name) for name in ("day", "hour", "state"))
        office = ZoneInfo(timezone.get_default_timezone_name())
        if day and hour and len(readings(datetime.combine(day, hour), office)) != 1:
            self.add_error("hour", _("That night the clocks skip this time or show it twice."))
        if self.moves() and state not in REASONED:
            self.add_error("state", _("Readers know another date: say that it is moved, and why."))
        if state in REASONED and not cleaned.get("reason"):
            self.add_error("reason", _("Say why it is moved or cancelled: readers see it."))
        return cleaned

    def moves(self) -> bool:
        """Return whether readers know another date than the one now given."""
        known = {name: self.initial.get(name) for name in ("day", "hour")}
        wish = {name: self.cleaned_data.get(name) for name in ("day", "hour")}
        # An hour that was not told before is no other one.
        moves = wish["day"] != known["day"] or known["hour"] not in (None, wish["hour"])
        return self.instance.is_public(timekeeping.now()) and moves


@admin.register(Event)
class EventAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of dates to come, their form, and the buttons that show one to readers."""

    form = EventForm
    change_form_template = "admin/releases/event/change_form.html"
    list_display = ["title", "day", "hour", "state", "language", "newsroom"]
    list_filter = ["kind", "state", "language"]
    search_fields = ["title", "text", "place"]

    @admin.display(description=gettext_lazy("newsroom"))
    def newsroom(self, event: Event) -> str:
        """Whether readers see it."""
        return _("public") if event.is_public(timekeeping.now()) else _("not public")

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Leave what readers know of to those who may show it to them."""
        if obj is not None and obj.is_public(timekeeping.now()) and not _may_show(request):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """Nothing is ever lost: an event is cancelled, or not shown any more."""
        return False

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say whether readers see it, and offer what would change that."""
        event = context.get("original")
        context["is_public"] = event is not None and event.is_public(timekeeping.now())
        context["may_show"] = _may_show(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        """Store the event, where it stood before it moved, and what the pressed button says."""
        now = timekeeping.now()
        if obj.is_public(now):
            obj.sequence += 1
        if change and form.moves():
            obj.former_day = form.initial["day"]
        if _may_show(request):
            if "_show" in request.POST and not obj.is_public(now):
                obj.shown_from, obj.shown_until = now, None
            elif "_take_off" in request.POST and obj.is_public(now):
                obj.shown_until = now
        obj.save()

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        """Name the changed fields, and whether it was shown or taken off."""
        found = super().construct_change_message(request, form, formsets, add)
        # Django's log translates them when it is read.
        acts = (("_show", gettext_noop("shown to readers")), ("_take_off", gettext_noop("hidden")))
        for button, words in acts:
            if button in request.POST and _may_show(request):
                found.append({"changed": {"fields": [words]}})
        return found

    def response_add(
        self, request: HttpRequest, obj: Event, post_url_continue: Any = None
    ) -> HttpResponse:
        """Say whether readers see it now."""
        return self._told(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Event) -> HttpResponse:
        """Say whether readers see it now."""
        return self._told(request, obj) or super().response_change(request, obj)

    def _told(self, request: HttpRequest, event: Event) -> HttpResponse | None:
        """Answer one of our own buttons; None for Django's."""
        if "_show" not in request.POST and "_take_off" not in request.POST:
            return None
        public = event.is_public(timekeeping.now())
        words = _("Readers see “%(title)s” now.") if public else _("Readers don’t see “%(title)s”.")
        messages.success(request, words % {"title": event.title})
        return HttpResponseRedirect(reverse("admin:releases_event_change", args=[event.pk]))


def _may_show(request: HttpRequest) -> bool:
    return request.user.has_perm("releases.publish_event")


class SeriesForm(forms.ModelForm):  # type: ignore[type-arg]
    """A series; an address that leads to another one is not given to it."""

    class Meta:
        model = Series
        fields = ["name_en", "name_es", "name_pt_br", "slug", "description"]
        help_texts = {"slug": moves.HINT}

    def clean_slug(self) -> str:
        """Refuse an address that leads to another series."""
        return moves.check_slug(Series, self.cleaned_data["slug"], self.instance)


class PlaceInline(admin.TabularInline):  # type: ignore[type-arg]
    """The releases of a series that this person may see, to be put in another order.

    A release gets into a series, and out of it, on its own page.
    """

    model = SeriesPlace
    fields = ["release", "position"]
    readonly_fields = ["release"]
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SeriesPlace]:
        """Return the places of releases that this person may see."""
        seen = super().get_queryset(request).filter(visible_to(request.user, "release"))
        return seen.select_related("release")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """No: that is done on the release's own page."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the right to see releases."""
        return request.user.has_perm("releases.view_release")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Ask for the right to change series."""
        return request.user.has_perm("releases.change_series")


@admin.register(Series)
class SeriesAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of series, and their form with the order of the releases."""

    form = SeriesForm
    inlines = [PlaceInline]
    list_display = ["name_en", "name_es", "name_pt_br", "slug"]
    search_fields = ["name_en", "name_es", "name_pt_br"]
    prepopulated_fields = {"slug": ["name_en"]}

    def save_model(self, request: HttpRequest, obj: Series, form: Any, change: bool) -> None:
        """Store the series and its move."""
        moves.store(obj)

    def save_formset(self, request: Any, form: Any, formset: Any, change: bool) -> None:
        """Hand the new order to the workflow, which writes it into the log of each release."""
        # What Django's log of the series says; the releases' own log says the rest.
        formset.new_objects = formset.changed_objects = formset.deleted_objects = []
        wanted = {
            one.instance.release_id: one.cleaned_data["position"]
            for one in formset.initial_forms
            if one.has_changed()
        }
        if wanted:
            workflow.reorder(form.instance, request.user, wanted)
