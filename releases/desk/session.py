"""Signing in beside a form: an expired session takes nothing of what was typed with it."""

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def session(request: HttpRequest) -> JsonResponse:
    """Say who is signed in, with a token for the forms of the page; by POST, sign in first."""
    if request.method == "POST":
        form = AdminAuthenticationForm(request, request.POST)
        if not form.is_valid():
            reasons = [str(one) for found in form.errors.values() for one in found]
            return JsonResponse({"error": " ".join(reasons)}, status=400)
        login(request, form.get_user())
    here = admin.site.has_permission(request)
    return JsonResponse(
        {
            "user": str(request.user.pk) if here else "",
            "name": str(request.user) if here else "",
            "token": get_token(request),
        }
    )
