"""What every answer passes on its way out: the content-security policy and the language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from releases.newsroom.context import counts_views

View = Callable[[HttpRequest], HttpResponse]

# The newsroom loads nothing from anywhere else, and runs no script but where it is named below.
# What looks at a page from within a browser (Lighthouse, a reader's extension) may ask this site.
NEWSROOM_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# These pages have a script of ours, which asks this site: one offers something while somebody
# types, others copy a text, a quotation, an address with one press; where views are counted
# (PRESS_COUNT_VIEWS), pages with an appeal say that it was seen.
SCRIPTED_POLICY = f"{NEWSROOM_POLICY}; script-src 'self'"
SCRIPTED = ("newsroom:search", "newsroom:release", "newsroom:edition", "newsroom:cite")
# The rich-text editor writes inline handlers and styles into the desk's pages; nothing may be
# loaded from elsewhere all the same.
DESK_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)


# What no page of ours ever asks a browser for (W3C Permissions Policy).
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
        "microphone", "midi", "payment", "serial", "usb", "browsing-topics",
    )
)  # fmt: skip


def content_security_policy(get_response: View) -> View:
    """Give every answer its Content-Security-Policy (CSP Level 3), the desk's or the newsroom's.

    And beside it what else a browser is not to do with us; static files come by here, too.
    """
    desk = reverse("admin:index")

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = DESK_POLICY if request.path.startswith(desk) else NEWSROOM_POLICY
        if policy is NEWSROOM_POLICY and (_is_scripted(request) or counts_views(request)):
            policy = SCRIPTED_POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def _is_scripted(request: HttpRequest) -> bool:
    """Return whether such a page answers; an address that leads nowhere has no view."""
    return request.resolver_match is not None and request.resolver_match.view_name in SCRIPTED


def language_of_the_address(get_response: View) -> View:
    """Choose the newsroom's language by the address alone: a page is the same for everybody.

    Django's LocaleMiddleware also looks at a cookie and the browser's wishes, and must say so in
    `Vary`, which would split every cache in front of us. The desk, which no cache keeps, does
    look at both: staff choose their own language there.
    """
    desk = reverse("admin:index")

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(desk):
            code = translation.get_language_from_request(request)
        else:
            code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = get_response(request)
        if request.path_info.startswith(desk):
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return middleware
