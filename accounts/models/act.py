"""What was done with accounts: one line each, never changed and never removed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What can happen to an account, in words that follow a name."""

    SIGN_IN = "sign_in", _("signed in")
    WRONG_PASSWORD = "wrong_password", _("gave a wrong name or password")
    WRONG_CODE = "wrong_code", _("gave a wrong code")
    RECOVERY = "recovery", _("used a recovery code")
    FACTOR_ON = "factor_on", _("set up a second factor")
    FACTOR_OFF = "factor_off", _("turned the second factor off")
    FACTOR_RESET = "factor_reset", _("reset the second factor")
    NEW_CODES = "new_codes", _("made new recovery codes")
    PASSWORD = "password", _("chose a password")
    PASSWORD_SET = "password_set", _("set a password")
    ASKED_RESET = "asked_reset", _("asked for a link to a new password")
    INVITE = "invite", _("invited")
    ACCEPT = "accept", _("took the invitation")
    ROLES = "roles", _("changed the roles")
    ACTIVE = "active", _("changed who may sign in")
    SESSION_END = "session_end", _("ended sessions")


class AccountAct(models.Model):
    """One line of the log of accounts. `by` did it, to `whom` (often the same).

    Names are kept as text. The keys are no foreign keys to the database: a line outlives the
    account, and the database lets nobody change one (accounts/guards.py).
    """

    kind = models.CharField(max_length=30, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    by_name = models.CharField(max_length=200, blank=True)
    whom = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    whom_name = models.CharField(max_length=200, blank=True)
    # More words: which roles, which browser, from which network.
    why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("act on an account")
        verbose_name_plural = _("acts on accounts")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at"], name="account_acts_by_time")]

    def __str__(self) -> str:
        act = f"{self.by_name} {self.get_kind_display()}"
        return f"{self.at:%Y-%m-%d %H:%M} {act}: {self.whom_name}"
