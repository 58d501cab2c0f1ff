"""Appeals in the desk."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from donations.models import Appeal


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
