"""Staff accounts in the desk: administrators look after them, and cannot raise themselves."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import entry, factor, invitations, log, notices
from accounts.forms import InvitationForm
from accounts.models import Account, Kind
from accounts.views import looking_after

admin.site.unregister(User)


@admin.register(User)
class StaffAdmin(UserAdmin):  # type: ignore[type-arg]
    """Django's user form; only a superuser makes, changes or becomes a superuser.

    Rights come from the role (a group), so that there is one place to look them up. A new account
    is an invitation: whoever it is for chooses the password.
    """

    add_form = InvitationForm
    add_form_template = "accounts/invite.html"
    add_fieldsets = [
        (None, {"fields": ("first_name", "last_name", "email", "username", "groups", "language")})
    ]
    list_display = ("username", "full_name", "roles", "second_factor", "last_login", "is_active")
    list_filter = ("is_active", "groups")
    filter_horizontal = ("user_permissions",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Fetch what the list shows of each, at once."""
        return super().get_queryset(request).select_related("account").prefetch_related("groups")

    @admin.display(description=_("name"), ordering="last_name")
    def full_name(self, user: User) -> str:
        """Return the whole name."""
        return user.get_full_name()

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        """Return the roles, with commas."""
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, user: User) -> bool:
        """Return whether one is asked for."""
        return bool(getattr(user, "account", None) and user.account.confirmed_at)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Show the roles as boxes to tick: there are few."""
        if db_field.name == "groups":
            kwargs |= {"widget": CheckboxSelectMultiple, "help_text": "", "label": _("roles")}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Call it what it is."""
        titled = {"title": gettext("Invite somebody"), **(extra_context or {})}
        return super().add_view(request, form_url, titled)

    def get_urls(self) -> list[URLPattern]:
        """Add what an administrator does with an account."""
        guard = self.admin_site.admin_view
        own = [
            path("<int:pk>/invite/", guard(looking_after.invite), name="auth_user_invite"),
            path(
                "<int:pk>/reset-factor/",
                guard(looking_after.reset_factor),
                name="auth_user_reset_factor",
            ),
            path("<int:pk>/sign-out/", guard(looking_after.sign_out), name="auth_user_sign_out"),
        ]
        return [*own, *super().get_urls()]

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

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Offer what may be done with this account now."""
        user = self.get_object(request, object_id)
        offered = {
            "invites": bool(user and invitations.is_open(user)),
            "has_factor": bool(user and factor.has_factor(user)),
            "looks_after": self.has_change_permission(request, user),
        }
        return super().change_view(
            request, object_id, form_url, {**offered, **(extra_context or {})}
        )

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Store the roles; note what changed, or send the invitation."""
        super().save_related(request, form, formsets, change)
        looking_after.note_changes(request, form.instance, request.standing)  # type: ignore[attr-defined]
        if not change:
            looking_after.send_invitation(request, form.instance)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Store the account, and for a new one the language to write to it in."""
        request.standing = looking_after.standing(obj)  # type: ignore[attr-defined]
        super().save_model(request, obj, form, change)
        if not change:
            Account.objects.create(user=obj, language=form.cleaned_data["language"])

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Note that somebody set a password; what was begun with the old one ends."""
        before = User.objects.filter(pk=id).values_list("password", flat=True).first()
        response = super().user_change_password(request, id, form_url)
        user = User.objects.filter(pk=id).first()
        if request.method == "POST" and user and user.password != before:
            log.note(Kind.PASSWORD_SET, request.user, user)
            notices.tell(notices.PASSWORD, user, request)
            if user.pk != request.user.pk:
                entry.end_sessions(user)
            else:
                entry.end_others(request)
        return response
