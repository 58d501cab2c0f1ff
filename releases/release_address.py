"""The address of a release, which lists ask for by the dozen."""

from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import translation


def release_address(language: str, slug: str) -> str:
    """Return the address of the release of this language that has this slug.

    Lists ask for dozens: what stands before and behind a slug is looked up once.
    """
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    before, after = _around_slug(language, settings.LANGUAGE_CODE, get_script_prefix(), urlconf)
    return f"{before}{quote(slug)}{after}"


@lru_cache(maxsize=64)
def _around_slug(language: str, _default: str, _prefix: str, urlconf: str) -> tuple[str, str]:
    """Return what an address has around the slug; all that it depends on is among the arguments."""
    with translation.override(language):
        before, _slug, after = reverse("newsroom:release", urlconf, ["a-slug"]).partition("a-slug")
    return before, after
