"""A person's language and second factor, and the codes that stand in for a lost phone."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.Model):
    """What Django's user has no place for. Made when it is first needed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="account"
    )
    # The language of the desk when he or she last signed in: mail comes in it.
    language = models.CharField(max_length=10, blank=True)
    # The key shared with the app that shows codes (RFC 4648 base32); empty: no second factor.
    secret = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    # The time step of the last code taken (RFC 6238): it and all before it are used up.
    last_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return str(self.user_id)


class RecoveryCode(models.Model):
    """A code that is taken once instead of one from the app; only its digest is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {'used' if self.used_at else 'unused'}"
