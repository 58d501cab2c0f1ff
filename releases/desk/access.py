"""Which releases a person at the desk may see: every page of the desk gets its release here."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from releases.models import Release


def release_for(request: HttpRequest, pk: int) -> Release:
    """Return the release with this key; raises Http404 where this person knows of none."""
    return get_object_or_404(Release, pk=pk)
