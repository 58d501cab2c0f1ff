"""How often somebody was wrong: rows, so that a restart forgets nothing and all processes know."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Guesses(models.Model):
    """Failed attempts of one kind by one browser, at one name or from one network.

    `key` is a digest: the table tells neither names nor addresses.
    """

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("failed attempts")
        verbose_name_plural = _("failed attempts")

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.failures}"
