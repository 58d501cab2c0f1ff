"""Device cookies: a browser in which somebody has signed in before is counted apart.

After OWASP, "Slow Down Online Guessing Attacks with Device Cookies". The cookie lets nobody in. It
says that this browser once did, for this name, and gives it a counter of its own.
"""

from datetime import timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

SALT = "accounts.known"
AGE = timedelta(days=365)


def _cookie(name: str) -> str:
    """Return the cookie's name: one for each account, which it does not tell."""
    secure = "__Secure-" if settings.SESSION_COOKIE_SECURE else ""
    return f"{secure}known_{salted_hmac(SALT, name.strip().casefold()).hexdigest()[:12]}"


def browser(request: HttpRequest, name: str) -> str:
    """Return what this browser is known by for this name, or ""."""
    cookie = request.COOKIES.get(_cookie(name), "")
    try:
        return str(signing.loads(cookie, salt=f"{SALT}.{_cookie(name)}", max_age=AGE))
    except signing.BadSignature:
        return ""


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Have this browser be known for this name."""
    response.set_cookie(
        _cookie(name),
        signing.dumps(browser(request, name) or token_urlsafe(16), salt=f"{SALT}.{_cookie(name)}"),
        max_age=AGE,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
