"""The series: releases that belong together, in order."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.models import FormerAddress
from releases.models.release import Release
from releases.models.topic import Named


class Series(Named):
    """A living record; the newsroom shows it once a release of it is public, and these only."""

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name_en"]
        constraints = [
            models.CheckConstraint(
                name="series_has_name_and_slug",
                condition=~models.Q(name_en="") & ~models.Q(slug=""),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the page of the series in the active language."""
        return reverse("newsroom:series", args=[self.slug])


class SeriesAddress(FormerAddress):
    """A former address of a series' page: never another's while this series is there."""

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="former_addresses")


class SeriesPlace(models.Model):
    """A release's place in its series. Readers count only what is public: a gap tells nothing."""

    series = models.ForeignKey(
        Series, verbose_name=_("series"), on_delete=models.PROTECT, related_name="places"
    )
    release = models.OneToOneField(Release, on_delete=models.CASCADE, related_name="series_place")
    position = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("place in a series")
        verbose_name_plural = _("places in a series")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        # Not the headline: Django's own log repeats it to everybody.
        return str(self.position)
