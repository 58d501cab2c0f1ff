"""What programs ask a host for before anything else: robots.txt and security.txt."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

# What a search engine has no business with: a share link is for the person it was made for.
NOT_FOR_ROBOTS = ("desk", "embargo")
# Below the home of each language: where clicks are counted.
WAY_OUT = "donate/"
PLAIN = "text/plain; charset=utf-8"
# Less than a year, as RFC 9116 recommends.
VALID = timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where robots may go (RFC 9309), and the sitemaps of each language (sitemaps.org 0.9)."""
    closed, maps = [f"/{folder}/" for folder in NOT_FOR_ROBOTS], []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            closed.append(reverse("newsroom:home") + WAY_OUT)
            maps += [reverse("newsroom:sitemap"), reverse("newsroom:sitemap_news")]
    lines = ["User-agent: *", *(f"Disallow: {folder}" for folder in closed), ""]
    lines += [f"Sitemap: {request.build_absolute_uri(address)}" for address in maps]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a hole (RFC 9116). It does not expire while it is answered.

    Whoever keeps the answer may do so for a day: the page cache in front, which would keep it for
    as long as nothing is published, lets it through.
    """
    canonical = request.build_absolute_uri(reverse("signposts:security"))
    contact = settings.SECURITY_CONTACT or f"mailto:{settings.PRESS_OFFICE['email']}"
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires(timezone.now()):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {canonical}",
        "",
    ]
    headers = {"Cache-Control": "public, max-age=86400"}
    return HttpResponse("\n".join(lines), content_type=PLAIN, headers=headers)


def expires(at: datetime) -> datetime:
    """Return the end of a span that begins with the day of `at`: the same all day long."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + VALID
