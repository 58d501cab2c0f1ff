"""The last part of a release's address: made of the headline, never given to two releases."""

import re
from itertools import count

from django.utils.text import slugify

from releases.models import Address, Release

LONGEST = 80
# What an address can be made of, in any script.
PATTERN = re.compile(r"[-\w]+")


def from_headline(headline: str) -> str:
    """Return a slug of whole words, LONGEST characters at most.

    Accents are dropped ("elección" → "eleccion"); a headline in another script keeps its own
    letters (IRIs, RFC 3987), and one with no letter at all becomes "release".
    """
    slug = slugify(headline) or slugify(headline, allow_unicode=True) or "release"
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST].strip("-")


def taken(slug: str, language: str, release: Release | None) -> bool:
    """Return whether another release was ever published, or is being written, at this address.

    A restricted one that is being written does not count: an address with "-2" would tell others
    of its headline. Which of the two is published first keeps it.
    """
    mine = release.pk if release else 0
    published = Address.objects.filter(language=language, slug=slug).exclude(release_id=mine)
    written = Release.objects.filter(language=language, slug=slug).exclude(pk=mine)
    return published.exists() or written.unrestricted().exists()


def free(headline: str, language: str, release: Release | None) -> str:
    """Return the headline's slug, with -2, -3 … where another release has it."""
    base = from_headline(headline)
    candidates = (base if n == 1 else f"{base}-{n}" for n in count(1))
    return next(slug for slug in candidates if not taken(slug, language, release))


def settled(slug: str, headline: str, language: str, release: Release | None) -> str:
    """Return the slug to store where somebody wrote `slug`, which stands unless it is empty.

    Left empty, it is that of the newest edition; before there is one it is made of the headline,
    and stays empty without one.
    """
    if slug:
        return slug
    newest = release.editions.order_by("-number").first() if release else None
    if newest:
        return newest.slug
    return free(headline, language, release) if headline.strip() else ""
