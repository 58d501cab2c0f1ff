"""A person's own account: second factor, password, and where he or she is signed in."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts import entry, factor, log
from accounts.browsers import in_words
from accounts.models import Account, Kind, Session
from accounts.pages import page


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show one's own account."""
    user = cast(User, request.user)
    has = Account.objects.filter(user=user, confirmed_at__isnull=False).first()
    context = {
        "factor": has,
        "owed": factor.owes_factor(user),
        "codes_left": factor.codes_left(user) if has else 0,
        "places": [
            {"row": row, "browser": in_words(row.browser), "here": row.session_key == key}
            for row in sessions_of(user)
            for key in [request.session.session_key]
        ],
    }
    return page(request, "account", _("Your account"), context)


def sessions_of(user: User) -> list[Session]:
    """Return the sessions of this person that have not run out, the last seen first."""
    return list(Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen"))


@require_POST
def end_session(request: HttpRequest, reference: str) -> HttpResponse:
    """End one session of one's own: that browser has to sign in again."""
    user = cast(User, request.user)
    found = [row for row in sessions_of(user) if row.reference == reference]
    if not found:
        raise Http404("no session of this person")
    found[0].delete()
    log.note(Kind.SESSION_END, user, user, found[0].browser.replace("|", " "))
    messages.success(request, _("The session has ended."))
    return redirect("account")


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End all sessions of one's own but this."""
    user = cast(User, request.user)
    ended = entry.end_others(request)
    log.note(Kind.SESSION_END, user, user, str(ended))
    said = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", ended)
    messages.success(request, said % {"count": ended})
    return redirect("account")
