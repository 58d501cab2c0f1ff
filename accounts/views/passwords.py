"""One's own password: changed at the desk, or by a link that came by mail. Django's own views."""

from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.auth.views import (
    PasswordChangeView,
    PasswordResetConfirmView,
    PasswordResetView,
)
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import entry, guessing, known, log, mail, notices
from accounts.forms import ResetForm
from accounts.models import Kind
from accounts.pages import page


class DeskFrame:
    """A view of Django's in the desk's frame."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the desk's templates show on every page."""
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        return {**admin.site.each_context(self.request), **context}


class ChangePassword(DeskFrame, PasswordChangeView):
    """Change one's own password; the sessions elsewhere end."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("admin:password_change_done")
    title = _("Change your password")

    def form_valid(self, form: Any) -> HttpResponse:
        """Store it, and end what was begun with the old one."""
        response = super().form_valid(form)
        entry.end_others(self.request)
        log.note(Kind.PASSWORD, self.request.user, self.request.user, log.place(self.request))
        notices.tell(notices.PASSWORD, form.user, self.request)
        return response


class AskForReset(DeskFrame, PasswordResetView):
    """Ask for a link to a new password. The answer is the same whoever is known."""

    form_class = ResetForm
    template_name = "accounts/small_page.html"
    success_url = reverse_lazy("password_reset_done")
    title = _("Ask for a link to a new password")
    extra_context = {
        "said": _("Write the mail address of your account. A link comes there, good for two hours.")
    }

    def form_valid(self, form: Any) -> HttpResponse:
        """Send links, unless too many were asked for; note it; answer the same in any case."""
        email = form.cleaned_data["email"]
        wait = guessing.begin(guessing.counters(self.request, "reset", email))
        users = [] if wait else list(form.get_users(email))
        mail.reset_links(self.request, users)
        for whom in users or [None]:
            log.note(Kind.ASKED_RESET, None, whom, log.place(self.request))
        return super(PasswordResetView, self).form_valid(form)


@method_decorator(never_cache, name="dispatch")
class Reset(DeskFrame, PasswordResetConfirmView):
    """Choose a new password by a link, which is good once; all sessions end."""

    template_name = "accounts/reset.html"
    success_url = reverse_lazy("password_reset_complete")
    title = _("Choose a new password")

    def form_valid(self, form: Any) -> HttpResponse:
        """Store it. Who could read the mail is known in this browser, and need not wait there."""
        response = super().form_valid(form)
        user = cast(User, form.user)
        entry.end_sessions(user)
        log.note(Kind.PASSWORD, user, user, log.place(self.request))
        notices.tell(notices.PASSWORD, user, self.request)
        known.remember(self.request, response, user.get_username())
        return response


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say what happens next, whoever is known."""
    said = gettext(
        "If an account has this address, a link is on its way. Nothing came? Look among unwanted "
        "mail, or ask an administrator which address your account has."
    )
    return page(request, "said", gettext("Look into your mail"), {"said": said})


@require_safe
def stored(request: HttpRequest) -> HttpResponse:
    """Lead to the door: a second factor is asked for there as ever."""
    said = gettext("Your new password is stored, and you are signed out everywhere.")
    return page(request, "said", gettext("Sign in"), {"said": said, "sign_in": True})
