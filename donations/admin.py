"""Campaigns and appeals in the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.checking import ChecksPages
from donations.models import Appeal, Campaign, Count, Placement
from donations.newsletter import newsletter
from donations.report.admin import CountAdmin
from releases.models import Release
from releases.models.release import visible_to

admin.site.register(Count, CountAdmin)


class ByOurClock(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose moments say by whose clock they are meant."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = _("By the clock of the press office, %(zone)s.") % {"zone": settings.TIME_ZONE}
        for name in {"starts_at", "ends_at"} & set(self.fields):
            field = self.fields[name]
            field.help_text = " ".join(filter(None, (str(field.help_text), zone)))


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of campaigns and their form."""

    form = ByOurClock
    list_display = ["name", "slug", "starts_at", "ends_at"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Appeal)
class AppealAdmin(ChecksPages):
    """The list of appeals and their form."""

    form = ByOurClock
    list_display = [
        "name", "campaign", "language", "placement", "heading", "weight", "is_default",
        "starts_at", "ends_at", "page_state",
    ]  # fmt: skip
    list_filter = ["campaign", "language", "placement", "is_default"]
    list_select_related = ["campaign"]
    search_fields = ["name", "heading", "text"]
    # What is typed without a scheme is meant by https.
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    autocomplete_fields = ["topics", "releases"]
    fieldsets = [
        (None, {"fields": ["campaign", "name", "language", "heading", "text", "button"]}),
        (gettext_lazy("Where the button leads"), {"fields": ["url", "page_state", "fallback_url"]}),
        (
            gettext_lazy("Where and when it shows"),
            {
                "fields": [
                    *("placement", "after_paragraph", "is_default", "topics", "releases"),
                    *("weight", "starts_at", "ends_at"),
                ]
            },
        ),
    ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Offer the preview to whoever may change it, and the saved text to newsletters."""
        appeal = context.get("original")
        context["previewed"] = self.has_change_permission(request, appeal)
        if appeal and appeal.placement == Placement.MAIL:
            context["newsletter"] = newsletter(request, appeal)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Appeal | None = None) -> list[str]:
        """Leave the name as it is once links go by it."""
        return ["page_state", *(["name"] if obj else [])]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        """Return the appeals, each with those of its releases that this person may see."""
        seen = Release.objects.visible_to(request.user)
        return super().get_queryset(request).prefetch_related(Prefetch("releases", seen))

    def get_field_queryset(self, db: str | None, db_field: Any, request: Any) -> Any:
        """Let the form show and take only releases that this person may see."""
        if db_field.name == "releases":
            return Release.objects.visible_to(request.user)
        return super().get_field_queryset(db, db_field, request)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Keep the other releases: the form did not show them, so nobody has taken them off."""
        hidden = Release.objects.exclude(visible_to(request.user)).filter(appeal=form.instance)
        kept = list(hidden)
        super().save_related(request, form, formsets, change)
        form.instance.releases.add(*kept)
