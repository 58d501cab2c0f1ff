"""The desk's door: name and password, then the code of who has a second factor."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import entry, guessing, known
from accounts.forms import CodeForm, SignInForm
from accounts.pages import onward, page, with_next


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; who has a second factor is then asked for a code."""
    if request.method != "POST" and admin.site.has_permission(request):
        return redirect(onward(request))
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = form.get_user()
        if entry.wants_code(request, user):
            return redirect(with_next("second_step", onward(request)))
        return remembered(request, user)
    shown = {"form": form, "next": onward(request), "app_path": request.get_full_path()}
    return page(request, "sign_in", _("Log in"), shown)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@csrf_protect
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask who gave the right password for a code."""
    user = entry.half_way(request)
    if user is None:
        return redirect(with_next("admin:login", onward(request)))
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].widget.attrs["autofocus"] = True
    if form.is_valid():
        refused = entry.with_code(request, user, form.cleaned_data["code"])
        if refused is None:
            return remembered(request, user)
        form.add_error("code", refusal(refused))
    shown = {"form": form, "next": onward(request)}
    return page(request, "code", _("Second step"), shown)


def refusal(refused: entry.Refused) -> str:
    """Say why a code was not taken."""
    if refused.wait:
        return guessing.sentence(refused.wait)
    return _("This code is not right, or was used before. Wait for the next one.")


def remembered(request: HttpRequest, user: User) -> HttpResponse:
    """Lead on who is signed in; the browser is known from now on."""
    response = redirect(onward(request))
    known.remember(request, response, user.get_username())
    return response
