"""The appeal: the donation call-to-action shown with a release."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.links import validate_donation_url
from donations.models.campaign import Campaign
from releases.models import Release, Topic
from releases.prepared import prepared

MOST_WEIGHT = 100


class Placement(models.TextChoices):
    """Where readers meet an appeal."""

    END = "end", _("end of a release")
    INSIDE = "inside", _("inside a release")
    TOPIC = "topic", _("topic page")
    MAIL = "mail", _("mail")


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Every question of time about appeals."""

    def running(self, at: datetime) -> AppealQuerySet:
        """Return the appeals within their dates, and their campaigns', at the moment `at`."""
        found = self
        for starts, ends in (
            ("starts_at", "ends_at"),
            ("campaign__starts_at", "campaign__ends_at"),
        ):
            found = found.filter(Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": at}))
            found = found.filter(Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gt": at}))
        return found


class Appeal(models.Model):
    """A heading, a sentence, a button and where it leads; docs/appeals.md says which one shows."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, verbose_name=_("campaign"))
    name = models.SlugField(
        _("short name"),
        max_length=60,
        unique=True,
        help_text=_(
            "For your own figures and the button’s address; the donation page is told it "
            "(utm_term). It can’t be changed later."
        ),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    heading = models.CharField(_("heading"), max_length=120)
    text = models.TextField(_("text"), max_length=600)
    button = models.CharField(_("button"), max_length=60)
    url = models.URLField(_("donation page"), max_length=500, validators=[validate_donation_url])
    fallback_url = models.URLField(
        _("instead of it"),
        max_length=500,
        blank=True,
        validators=[validate_donation_url],
        help_text=_("Where the button leads once the appeal has ended, or its page is broken."),
    )
    # The check of links says so; readers are then led to the other page.
    broken_since = models.DateTimeField(
        _("page broken since"), null=True, blank=True, editable=False
    )
    placement = models.CharField(
        _("placement"), max_length=10, choices=Placement, default=Placement.END
    )
    after_paragraph = models.PositiveSmallIntegerField(
        _("after paragraph"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
        help_text=_(
            "For an appeal inside a release: it stands after this paragraph, in no shorter text."
        ),
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_WEIGHT)],
        help_text=_(
            "Of appeals that fit equally, one of weight 2 gets twice as many releases as one of "
            "weight 1."
        ),
    )
    is_default = models.BooleanField(
        _("default"), default=False, help_text=_("Shown where no other appeal fits better.")
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    releases = models.ManyToManyField(Release, verbose_name=_("releases"), blank=True)
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["language", "name"]
        constraints = [
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
            models.CheckConstraint(
                name="appeal_weighs_something", condition=Q(weight__range=(1, MOST_WEIGHT))
            ),
        ]

    def __str__(self) -> str:
        return self.name


def next_transition(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which an appeal starts or ends, or None."""
    moments = [
        moment
        for one in _changing(after)
        for span in (one, one.campaign)
        for moment in (span.starts_at, span.ends_at)
        if moment and moment > after
    ]
    return min(moments, default=None)


@prepared
def _changing(after: datetime) -> models.QuerySet[Appeal]:
    """Return the appeals that start or end later than `after`, themselves or with a campaign."""
    later = (
        Q(starts_at__gt=after)
        | Q(ends_at__gt=after)
        | Q(campaign__starts_at__gt=after)
        | Q(campaign__ends_at__gt=after)
    )
    dates = ("starts_at", "ends_at", "campaign__starts_at", "campaign__ends_at")
    return Appeal.objects.filter(later).select_related("campaign").only(*dates)
