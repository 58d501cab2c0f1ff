"""What a release page says of its own history: for readers as words, for programs as data."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from releases.html import data_block
from releases.models import Edition


def record(
    request: HttpRequest, edition: Edition, begun: Sequence[Edition], canonical: str
) -> dict[str, Any]:
    """Return notes, editions and last change of a release, and the structured data of its page.

    `edition` is the one shown, `begun` are all that have begun, the newest first. All follows from
    the editions: whatever reason was ticked, a changed text has a date.
    """
    noted = [one for one in begun if one.note]
    changed = begun[0] if len(begun) > 1 else None
    return {
        "editions_public": begun[::-1],
        "corrections": noted,
        "changed": changed,
        "retouched": changed if changed and not _told(changed, noted[:1]) else None,
        "structured": data_block(news_article(request, edition, begun, noted, canonical)),
    }


def _told(changed: Edition, noted: Sequence[Edition]) -> bool:
    """Return whether the day of the last change is that of the last note, which is shown."""
    day = timezone.localdate(changed.public_from)
    return any(timezone.localdate(one.public_from) == day for one in noted)


def news_article(
    request: HttpRequest,
    edition: Edition,
    begun: Sequence[Edition],
    noted: Sequence[Edition],
    canonical: str,
) -> dict[str, Any]:
    """Return a release as a NewsArticle (schema.org) for JSON-LD 1.1.

    The words are those of the edition shown, the moments those of the release.
    """
    office = {
        "@type": "Organization",
        "name": str(settings.PRESS_OFFICE["full_name"] or settings.PRESS_OFFICE["name"]),
        "url": request.build_absolute_uri(reverse("newsroom:home")),
    }
    article = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": edition.headline,
        "description": edition.summary,
        "inLanguage": edition.language,
        "datePublished": begun[-1].public_from.isoformat(),
        "dateModified": begun[0].public_from.isoformat(),
        "mainEntityOfPage": canonical,
        "author": office,
        "publisher": office,
    }
    return {**article, "correction": [_comment(one) for one in noted]} if noted else article


def _comment(edition: Edition) -> dict[str, str]:
    """Return an edition's note as a CorrectionComment."""
    return {
        "@type": "CorrectionComment",
        "text": edition.note,
        "datePublished": edition.public_from.isoformat(),
    }
