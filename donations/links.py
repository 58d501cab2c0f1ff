"""Donation links: https only, allowed hosts only, told which release a reader came from."""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def validate_donation_url(url: str) -> None:
    """Refuse an address that is not https on one of the allowed hosts (PRESS_DONATION_HOSTS).

    Stricter than RFC 3986 on purpose: no user names, no ports, no back-slashes, no control or
    non-ASCII characters, which browsers and servers read in different ways.
    """
    if not url.isascii() or not url.isprintable() or "\\" in url or " " in url:
        raise ValidationError(_("Write the address in plain letters, without spaces."), code="url")
    try:
        parts = urlsplit(url)
        plain = parts.netloc == parts.hostname
    except ValueError:
        plain = False
    if not plain or parts.scheme != "https":
        raise ValidationError(
            _("Write a whole address that begins with https:// and names only a host."), code="url"
        )
    if parts.hostname not in settings.DONATION_HOSTS:
        raise ValidationError(
            _("“%(host)s” is not an allowed host. Allowed: %(allowed)s (PRESS_DONATION_HOSTS)."),
            code="host",
            params={"host": parts.hostname, "allowed": ", ".join(settings.DONATION_HOSTS)},
        )


@lru_cache(maxsize=1024)
def campaign_link(url: str, appeal: str, release: str) -> str:
    """Return `url` with utm parameters that name the appeal and the release; others are kept."""
    parts = urlsplit(url)
    campaign = {
        "utm_source": "newsroom",
        "utm_medium": "release",
        "utm_campaign": appeal,
        "utm_content": release,
    }
    given = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in given if name not in campaign]
    return urlunsplit(parts._replace(query=urlencode([*kept, *campaign.items()])))
