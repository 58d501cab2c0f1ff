"""The campaign: what appeals belong together, and for how long they run."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Campaign(models.Model):
    """A drive for gifts: the appeals of one share the releases that they fit out among them."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(
        _("name for statistics"),
        max_length=60,
        unique=True,
        help_text=_("The donation page is told this name (utm_campaign)."),
    )
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(
        _("ends"),
        null=True,
        blank=True,
        help_text=_("No appeal of the campaign shows before its start or after its end."),
    )

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="campaign_runs_forward",
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The campaign ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name
