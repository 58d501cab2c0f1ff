"""The comment: a word between colleagues on a release, at a place in its text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from releases.models.release import Release


class Comment(models.Model):
    """One remark. It is never public, and neither the text nor its approval changes with it.

    The place is kept as the words commented on: they can be found again while the text changes
    around them, and say what was meant when they have gone.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="comments")
    quote = models.CharField(
        _("about these words"),
        max_length=300,
        blank=True,
        help_text=_("Left empty, the comment is on the release as a whole."),
    )
    text = models.TextField(_("comment"), max_length=2000)
    made_at = models.DateTimeField(_("written"), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # As the log does: the name outlives the account.
    made_by_name = models.CharField(max_length=200, editable=False)
    settled_at = models.DateTimeField(_("settled"), null=True, editable=False)
    settled_by_name = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return f"{self.made_by_name}: {self.text[:60]}"
