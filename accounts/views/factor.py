"""Setting up the second factor, turning it off, new recovery codes."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts import entry, factor, log, notices
from accounts.forms import PasswordAndCodeForm, SetUpForm
from accounts.models import Kind
from accounts.pages import page

SALT, AGE = "accounts.set_up", 3600


@sensitive_variables("secret", "codes")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """Show a key, and have it be the second factor once a code proves that an app has it.

    The key rides in the form, signed for this person: looking at the page stores nothing.
    """
    user = cast(User, request.user)
    if factor.has_factor(user):
        return redirect("account")
    secret = _offered(request, user)
    form = SetUpForm(request, secret, request.POST if "offer" in request.POST else None)
    if form.is_valid():
        return _with_codes(request, factor.turn_on(user, secret, form.cleaned_data["code"]))
    context = {
        "form": form,
        "owed": factor.owes_factor(user),
        "offer": signing.dumps([user.pk, secret], salt=SALT),
        "picture": factor.picture(factor.address(user, secret)),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return page(request, "set_up", _("Set up a second factor"), context)


def _offered(request: HttpRequest, user: User) -> str:
    """Return the key that this person's page showed, or a new one."""
    try:
        whose, secret = signing.loads(request.POST.get("offer", ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return factor.new_secret()
    return str(secret) if whose == user.pk else factor.new_secret()


def _with_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """End the other sessions, note it, and show the recovery codes, this once."""
    entry.end_others(request)
    log.note(Kind.FACTOR_ON, request.user, request.user, log.place(request))
    notices.tell(notices.FACTOR_ON, cast(User, request.user), request)
    return page(request, "codes", _("Your recovery codes"), _shown(codes))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def turn_off(request: HttpRequest) -> HttpResponse:
    """Turn the second factor off, for who brings password and code; others of theirs end."""
    user = cast(User, request.user)
    form = PasswordAndCodeForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        factor.turn_off(user)
        entry.end_others(request)
        log.note(Kind.FACTOR_OFF, user, user, log.place(request))
        notices.tell(notices.FACTOR_OFF, user, request)
        messages.success(request, _("The second factor is off."))
        return redirect("account")
    said = _("Whoever has your password comes in without your phone then.")
    return page(
        request, "small_page", _("Turn the second factor off"), {"form": form, "said": said}
    )


@sensitive_variables("codes")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def new_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, for who brings password and code; the old ones are void."""
    user = cast(User, request.user)
    form = PasswordAndCodeForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        codes = factor.new_codes(user)
        entry.end_others(request)
        log.note(Kind.NEW_CODES, user, user, log.place(request))
        notices.tell(notices.NEW_CODES, user, request)
        return page(request, "codes", _("Your recovery codes"), _shown(codes))
    said = _("The codes that you have now won’t be taken any more.")
    return page(request, "small_page", _("Make new recovery codes"), {"form": form, "said": said})


def _shown(codes: list[str]) -> dict[str, Any]:
    """Return what the page of recovery codes shows: each, and all as a file."""
    return {"codes": codes, "text": "\n".join(codes)}
