"""Staff accounts in the desk: administrators look after them, and cannot raise themselves."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """Django's user form; only a superuser makes, changes or becomes a superuser.

    Rights come from the role (a group), so that there is one place to look them up.
    """

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Fix what would give more rights than a role has."""
        fixed = super().get_readonly_fields(request, obj)
        if request.user.is_superuser:
            return fixed
        return (*fixed, "is_superuser", "user_permissions")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Leave superusers' accounts to superusers: their password is their right."""
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)
