"""Donation links: https only, allowed hosts only, told where a reader came from."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# What each platform reads besides utm, and what it is told: by host, those below it included.
# Each of them takes short codes of letters, digits and underscores.
PLATFORMS: dict[str, dict[str, tuple[str, ...]]] = {
    # ActBlue: two reference codes.
    "actblue.com": {"refcode": ("appeal",), "refcode2": ("release",)},
    # EveryAction and NGP VAN: the market source. A source code is the number of one made there.
    "everyaction.com": {"ms": ("appeal", "release")},
    "ngpvan.com": {"ms": ("appeal", "release")},
    "myngp.com": {"ms": ("appeal", "release")},
    # Salsa Engage: its tracking code.
    "salsalabs.org": {"sl_tc": ("appeal", "release")},
    # Action Network: one source code.
    "actionnetwork.org": {"source": ("appeal", "release")},
    # GoFundMe Pro, formerly Classy: two source codes.
    "gofundmepro.org": {"c_src": ("appeal",), "c_src2": ("release",)},
    "classy.org": {"c_src": ("appeal",), "c_src2": ("release",)},
    # Stripe payment links keep it with the payment; utm is handed on to the page of thanks.
    "stripe.com": {"client_reference_id": ("appeal", "release")},
    # PayPal hands both back with the payment.
    "paypal.com": {"custom": ("appeal", "release"), "item_number": ("campaign",)},
    # Donorbox and Givebutter read utm, which everybody is told, and nothing else.
}
# The shortest of what the platforms take: PayPal's item_number.
LONGEST_CODE = 127
NO_CODE = re.compile(r"[^A-Za-z0-9]+")


class Origin(NamedTuple):
    """Where a reader came from: names of a campaign, an appeal and a release, and which way."""

    campaign: str
    appeal: str
    release: str = ""
    medium: str = "release"


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


def allowed(url: str) -> bool:
    """Return whether a link may lead there now, whatever was stored when."""
    try:
        validate_donation_url(url)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=1024)
def campaign_link(url: str, origin: Origin) -> str:
    """Return `url` with utm parameters that tell the origin, and the platform's own.

    Other parameters are kept; so are the platform's own where the address has them already.
    """
    parts = urlsplit(url)
    told = {
        "utm_source": "newsroom",
        "utm_medium": origin.medium,
        "utm_campaign": origin.campaign,
        "utm_content": origin.release,
        "utm_term": origin.appeal,
    }
    given = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in given if name not in told]
    codes = _platform_codes(parts.hostname or "", origin)
    own = [(name, code) for name, code in codes.items() if name not in dict(given)]
    said = [(name, value) for name, value in told.items() if value]
    return urlunsplit(parts._replace(query=urlencode([*kept, *said, *own])))


def _platform_codes(host: str, origin: Origin) -> dict[str, str]:
    """Return the parameters that the platform at this host reads, those that say something."""
    known = next((PLATFORMS[one] for one in PLATFORMS if f".{host}".endswith(f".{one}")), {})
    codes = {
        name: "_".join(filter(None, (_code(getattr(origin, part)) for part in parts)))
        for name, parts in known.items()
    }
    return {name: code[:LONGEST_CODE] for name, code in codes.items() if code}


def _code(name: str) -> str:
    """Return a name in letters, digits and underscores; "" of one in another script."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return NO_CODE.sub("_", plain).strip("_")
