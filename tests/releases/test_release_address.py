"""The address of a release, made of what stands around a slug, is Django's own."""

import pytest
from django.urls import reverse, set_script_prefix
from django.utils import translation

from releases.release_address import release_address


@pytest.mark.parametrize("language", ["en", "es", "pt-br"])
@pytest.mark.parametrize("slug", ["ferries", "eleição-2026", "新闻", "a-slug", "a", "100-years"])
@pytest.mark.parametrize("prefix", ["/", "/desk/at/2026-01-01T00:00Z/"])
def test_it_is_what_the_map_of_addresses_says(language, slug, prefix):
    set_script_prefix(prefix)
    try:
        with translation.override(language):
            expected = reverse("newsroom:release", args=[slug])
        with translation.override("en"):
            assert release_address(language, slug) == expected
    finally:
        set_script_prefix("/")
