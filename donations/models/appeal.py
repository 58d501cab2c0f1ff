"""The appeal: the donation call-to-action shown with a release."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.links import campaign_link, validate_donation_url
from releases.models import Release, Topic
from releases.prepared import prepared


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Every question of time about appeals."""

    def running(self, at: datetime) -> AppealQuerySet:
        """Return the appeals within their dates at the moment `at`."""
        return self.filter(Q(starts_at__isnull=True) | Q(starts_at__lte=at)).filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=at)
        )


class Appeal(models.Model):
    """A heading, a sentence, a button and where it leads; docs/appeals.md says which one shows."""

    name = models.SlugField(
        _("campaign name"),
        max_length=60,
        unique=True,
        help_text=_("For your own figures: the donation page is told this name."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), max_length=600)
    button = models.CharField(_("button"), max_length=60)
    url = models.URLField(_("donation page"), max_length=500, validators=[validate_donation_url])
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Shown where no other appeal fits better.")
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    releases = models.ManyToManyField(Release, verbose_name=_("releases"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    # Written by the check of donation pages alone (donations/link_check.py).
    broken_since = models.DateTimeField(
        _("donation page not there since"), null=True, blank=True, editable=False
    )

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["language", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["language"],
                condition=Q(is_default=True),
                name="appeal_one_default_a_language",
                violation_error_message=_("This language has a default appeal already."),
            ),
            models.CheckConstraint(
                name="appeal_runs_forward",
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The appeal ends before it starts."),
            ),
            models.CheckConstraint(
                name="appeal_leads_by_https", condition=Q(url__startswith="https://")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def href(self, slug: str) -> str:
        """Return the donation page's address, told which appeal and which release led there."""
        return campaign_link(self.url, self.name, slug)


def next_transition(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which an appeal starts or ends, or None."""
    moments = [one.starts_at for one in _starting(after)] + [one.ends_at for one in _ending(after)]
    return min((moment for moment in moments if moment), default=None)


@prepared
def _starting(after: datetime) -> models.QuerySet[Appeal]:
    later = Appeal.objects.filter(starts_at__gt=after)
    return later.order_by("starts_at").only("starts_at")[:1]


@prepared
def _ending(after: datetime) -> models.QuerySet[Appeal]:
    later = Appeal.objects.filter(ends_at__gt=after)
    return later.order_by("ends_at").only("ends_at")[:1]
