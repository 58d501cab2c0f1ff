"""Signing in beside a form: an expired session takes nothing of what was typed with it."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import entry, known
from accounts.forms import CodeForm, SignInForm
from accounts.views.door import refusal


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Say who is signed in, with a token for the forms of the page; by POST, sign in first.

    Who has a second factor is told that a code is wanted, and posts that.
    """
    if request.method != "POST":
        return _told(request)
    return _with_code(request) if request.POST.get("code") else _with_password(request)


def _with_password(request: HttpRequest) -> JsonResponse:
    """Sign in by name and password, or say that a code is wanted, or what is wrong."""
    form = SignInForm(request, request.POST)
    if not form.is_valid():
        reasons = [str(one) for found in form.errors.values() for one in found]
        return JsonResponse({"error": " ".join(reasons)}, status=400)
    user = form.get_user()
    if entry.wants_code(request, user):
        return JsonResponse({"wants": "code", "token": get_token(request)})
    return _told(request, user)


def _with_code(request: HttpRequest) -> JsonResponse:
    """Sign in whoever gave the right password before this code."""
    form, user = CodeForm(request.POST), entry.half_way(request)
    if user is None or not form.is_valid():
        error = _("Begin again, with your password.")
        return JsonResponse({"error": error, "wants": "password"}, status=400)
    refused = entry.with_code(request, user, form.cleaned_data["code"])
    if refused is not None:
        return JsonResponse({"error": refusal(refused), "wants": "code"}, status=400)
    return _told(request, user)


def _told(request: HttpRequest, signed_in: User | None = None) -> JsonResponse:
    """Say who is here; a browser in which somebody has just signed in is known from now on."""
    here = admin.site.has_permission(request)
    answer = JsonResponse(
        {
            "user": str(request.user.pk) if here else "",
            "name": str(request.user) if here else "",
            "token": get_token(request),
        }
    )
    if signed_in:
        known.remember(request, answer, signed_in.get_username())
    return answer
