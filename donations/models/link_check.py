"""What came of asking whether a donation page is there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from donations.models.appeal import Appeal


class Verdict(models.TextChoices):
    """What an answer means for the page."""

    ALIVE = "alive", _("there")
    GONE = "gone", _("not there")
    UNSURE = "unsure", _("not sure")
    REFUSED = "refused", _("not asked")


class LinkCheck(models.Model):
    """One state of a donation page: since when, and when it was last found so.

    The same answer again moves `checked_at`; another one is a row of its own, so that the rows of
    an appeal are its page's history.
    """

    appeal = models.ForeignKey(
        Appeal, on_delete=models.CASCADE, verbose_name=_("appeal"), related_name="link_checks"
    )
    url = models.CharField(_("donation page"), max_length=500)
    since = models.DateTimeField(_("since"))
    checked_at = models.DateTimeField(_("checked"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict)
    words = models.CharField(_("in words"), max_length=200)

    class Meta:
        verbose_name = _("check of a donation page")
        verbose_name_plural = _("checks of donation pages")
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="link_check_runs_forward", condition=Q(checked_at__gte=F("since"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.appeal}: {self.words}"
