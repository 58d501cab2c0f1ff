"""The withdrawal: why a release is no longer public."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from releases.models.edition import Edition
from releases.models.release import Release


class WithdrawalReason(models.TextChoices):
    """Why a release was withdrawn, as readers are told."""

    ERROR = "error", _("It contained an error.")
    SUPERSEDED = "superseded", _("Another release takes its place.")
    LEGAL = "legal", _("It was withdrawn for legal reasons.")


class Withdrawal(models.Model):
    """The public word on an edition that ended with none after it. Its moment is that end."""

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("reason"), max_length=20, choices=WithdrawalReason)
    text = models.TextField(_("public explanation"), max_length=600, blank=True)
    replaced_by = models.ForeignKey(
        Release,
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return str(self.get_reason_display())
