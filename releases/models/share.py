"""The share link: a secret address at which one recipient reads an embargoed edition."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from releases.models.release import Release


def digest(secret: str) -> str:
    """Return what is stored of a secret: its SHA-256 (FIPS 180-4) as hexadecimal digits.

    The secret is 256 random bits, so that a plain hash can't be searched backwards.
    """
    return sha256(secret.encode("utf-8", "replace")).hexdigest()


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Which links open."""

    def open(self, at: datetime) -> ShareLinkQuerySet:
        """Return the links neither revoked nor expired at `at`."""
        return self.filter(revoked_at__isnull=True).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at)
        )


class ShareLink(models.Model):
    """One recipient's link. It holds for the release, so that a moved embargo keeps it."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="share_links")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    outlet = models.CharField(_("outlet"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    made_at = models.DateTimeField(_("made"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    times_opened = models.PositiveIntegerField(_("opened"), default=0, editable=False)
    last_opened_at = models.DateTimeField(_("last opened"), null=True, editable=False)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("share link")
        verbose_name_plural = _("share links")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.outlet})" if self.outlet else self.name
