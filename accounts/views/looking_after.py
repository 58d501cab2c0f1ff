"""What an administrator does with somebody else's account. Each act is in the log."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import entry, factor, invitations, log, mail, notices
from accounts.models import Kind


def account_for(request: HttpRequest, pk: int) -> User:
    """Return the account that this person may look after. Raises Http404 or PermissionDenied."""
    user = get_object_or_404(User, pk=pk)
    if not admin.site.get_model_admin(User).has_change_permission(request, user):
        raise PermissionDenied
    return user


def send_invitation(request: HttpRequest, user: User) -> None:
    """Send the link by which this person chooses a password; say whether that went well."""
    by = log.name_of(request.user)
    path = reverse("invitation", args=[invitations.token(user, by)])
    try:
        mail.invitation(request, user, by, path)
    except OSError:
        messages.error(
            request,
            _("The mail to %(address)s could not be sent. Invite again from the account’s page.")
            % {"address": user.email},
        )
        return
    log.note(Kind.INVITE, request.user, user)
    messages.success(
        request, _("An invitation is on its way to %(address)s.") % {"address": user.email}
    )


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite again who has not come yet."""
    user = account_for(request, pk)
    if invitations.is_open(user) and user.email:
        send_invitation(request, user)
    else:
        messages.error(request, _("Only who has a mail address and no password yet is invited."))
    return _back(user)


@require_POST
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a second factor, for who lost the phone; all sessions end."""
    user = account_for(request, pk)
    factor.turn_off(user)
    entry.end_sessions(user)
    log.note(Kind.FACTOR_RESET, request.user, user)
    notices.tell(notices.FACTOR_OFF, user, request)
    messages.success(
        request,
        _("The second factor is reset. %(name)s has to sign in and set it up anew.")
        % {"name": log.name_of(user)},
    )
    return _back(user)


@require_POST
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """End all sessions of this person."""
    user = account_for(request, pk)
    ended = entry.end_sessions(user)
    log.note(Kind.SESSION_END, request.user, user, str(ended))
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": log.name_of(user)})
    return _back(user)


def note_changes(request: HttpRequest, user: User, before: dict[str, Any]) -> None:
    """Note what an administrator changed of the roles and of who may sign in.

    The owner is told of another mail address, at both.
    """
    after = standing(user)
    if before["roles"] != after["roles"]:
        told = " → ".join(", ".join(one["roles"]) or "–" for one in (before, after))
        log.note(Kind.ROLES, request.user, user, told)
    if before["in"] != after["in"]:
        log.note(Kind.ACTIVE, request.user, user, "✓" if after["in"] else "✗")
        if not after["in"]:
            entry.end_sessions(user)
    if before["email"] and before["email"] != after["email"]:
        notices.tell(notices.ADDRESS, user, request, before["email"])


def standing(user: User | None) -> dict[str, Any]:
    """Return this account's roles, mail address, and whether it may sign in."""
    if user is None or user.pk is None:
        return {"roles": [], "email": "", "in": True}
    stored = User.objects.get(pk=user.pk)
    roles = list(stored.groups.order_by("name").values_list("name", flat=True))
    may = stored.is_active and stored.is_staff
    return {"roles": roles, "email": stored.email, "in": may}


def _back(user: User) -> HttpResponse:
    return redirect("admin:auth_user_change", user.pk)
