"""The figures' place at the desk: the list of counts is the report."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path

from donations.report import views


class CountAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Counts are read, never written by hand: no address adds, changes or deletes one."""

    def get_urls(self) -> list[URLPattern]:
        """Return the report's own addresses, and none of Django's."""
        staff = self.admin_site.admin_view
        return [
            path("", staff(views.report), name="donations_count_changelist"),
            path("compare/", staff(views.comparison), name="donations_count_compare"),
            path("sheet.csv", staff(views.sheet), name="donations_count_sheet"),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let nobody add one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody delete one."""
        return False
