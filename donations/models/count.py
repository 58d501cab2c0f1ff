"""What is counted of appeals: numbers by day, and never who it was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.models.appeal import Appeal, Placement
from releases.models import Release


class Count(models.Model):
    """What one batch of counting added for one day, appeal, release, placement and language.

    Rows are only ever added: the figure of a day is the sum of its rows, so that no two processes
    wait for one another, and a batch is stored whole or not at all.
    """

    day = models.DateField(_("day"), help_text=_("In the press office's own zone."))
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, verbose_name=_("appeal"))
    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("release")
    )
    placement = models.CharField(_("placement"), max_length=10, choices=Placement)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    people = models.PositiveIntegerField(_("activations by people"), default=0)
    machines = models.PositiveIntegerField(_("machine fetches"), default=0)
    views = models.PositiveIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("count")
        verbose_name_plural = _("donation figures")
        indexes = [
            models.Index(fields=["appeal", "day"], name="count_of_an_appeal_by_day"),
            # Whether views were counted there on that day is asked for each row of a report.
            models.Index(fields=["day", "placement", "views"], name="count_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                name="count_counts_something",
                condition=Q(people__gt=0) | Q(machines__gt=0) | Q(views__gt=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.appeal} {self.day}"
