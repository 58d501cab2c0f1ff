"""What stands between the desk and whoever is signed in."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import factor, sessions

View = Callable[[HttpRequest], HttpResponse]

#: Where one may go before the second factor that one owes is set up.
OPEN = ("set_up_factor", "admin:logout", "set_language", "admin:jsi18n", "admin:login")


def at_the_desk(get_response: View) -> View:
    """Note who is there; lead who owes a second factor to setting it up, before anything else."""
    desk = reverse("admin:index")

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(desk):
            sessions.seen(request.session)
            if _owes(request):
                return redirect("set_up_factor")
        return get_response(request)

    return middleware


def _owes(request: HttpRequest) -> bool:
    """Return whether whoever asks must set up a second factor first; one query, in production."""
    if settings.SECOND_FACTOR != "required" or not request.user.is_authenticated:
        return False
    if request.path_info in {reverse(name) for name in OPEN}:
        return False
    return factor.owes_factor(request.user) and not factor.has_factor(request.user)
