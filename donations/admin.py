"""Appeals in the desk."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from donations.models import Appeal, Count
from donations.report.admin import CountAdmin
from releases.models import Release
from releases.models.release import visible_to

admin.site.register(Count, CountAdmin)


@admin.register(Appeal)
class AppealAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The list of appeals and their form."""

    list_display = ["name", "language", "heading", "is_default", "starts_at", "ends_at"]
    list_filter = ["language", "is_default"]
    search_fields = ["name", "heading", "text"]
    # What is typed without a scheme is meant by https.
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    autocomplete_fields = ["topics", "releases"]
    fieldsets = [
        (None, {"fields": ["name", "language", "heading", "text", "button", "url"]}),
        (
            _("Where and when it shows"),
            {"fields": ["is_default", "topics", "releases", "starts_at", "ends_at"]},
        ),
    ]

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
