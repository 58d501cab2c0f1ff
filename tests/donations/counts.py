"""Rows of counts for tests of the report."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from donations.models import Appeal, Count
from releases.models import Edition


def day(ago: int) -> date:
    """The day so many days ago, in the press office's own zone."""
    return timezone.localdate() - timedelta(ago)


def make_count(appeal: Appeal, edition: Edition | None = None, ago: int = 0, **columns: Any):
    """Return a row: one click by a person at the end of a release, unless told otherwise."""
    defaults = {
        "day": day(ago),
        "appeal": appeal,
        "release": edition.release if edition else None,
        "placement": "end" if edition else "mail",
        "language": appeal.language,
        "people": 0 if columns else 1,
    }
    return Count.objects.create(**{**defaults, **columns})
