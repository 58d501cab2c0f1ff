"""Taking an invitation: the person chooses the first password."""

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import invitations, known, log
from accounts.models import Kind
from accounts.pages import page


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a password; say whom to ask where the link is old, or was used."""
    user = invitations.invited(token)
    if user is None:
        by = invitations.inviter(token)
        return page(request, "invitation_old", _("This link is no longer good"), {"by": by}, 410)
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        with transaction.atomic():
            form.save()
            log.note(Kind.ACCEPT, user, user, log.place(request))
        messages.success(request, _("Your password is stored. Sign in with it."))
        response = redirect("admin:login")
        known.remember(request, response, user.get_username())
        return response
    said = _("Welcome, %(name)s. Choose a password: nobody else knows it.") % {
        "name": user.get_short_name() or user.get_username()
    }
    shown = {"form": form, "said": said, "whose": user}
    return page(request, "small_page", _("Choose your password"), shown)
