"""The pin: what keeps a release at the top of the front page, for a while or until further notice.

Spans are added and ended, never changed or deleted: so the front page of any day stays known.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from releases.models.release import Release
from releases.prepared import prepared


class PinQuerySet(models.QuerySet["Pin"]):
    """Which pins hold when."""

    def standing(self, at: datetime) -> PinQuerySet:
        """Return the pins that hold at the moment `at`; what they hold may not be public then."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class Pin(models.Model):
    """A span for which a release is pinned. It says nothing about whether the release is public."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="pins")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = PinQuerySet.as_manager()

    class Meta:
        verbose_name = _("pin")
        verbose_name_plural = _("pins")
        constraints = [
            models.CheckConstraint(
                name="pin_runs_forward",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
        ]
        indexes = [models.Index(fields=["until"], name="pin_ends")]

    def __str__(self) -> str:
        return f"{self.since} – {self.until or ''}"


def next_unpinning(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which a pin ends by itself, or None."""
    return next((one.until for one in _ending(after)), None)


@prepared
def _ending(after: datetime) -> models.QuerySet[Pin]:
    return Pin.objects.filter(until__gt=after).order_by("until").only("until")[:1]
