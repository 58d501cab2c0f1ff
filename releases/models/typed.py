"""What is not saved yet, and who is writing: neither is a state of the release."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from releases.models.release import Release


class Autosave(models.Model):
    """What a person has typed into a release's form and not saved: one slot, no revision.

    Without a release it belongs to the form for a new one.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey(
        Release, null=True, on_delete=models.CASCADE, related_name="autosaves"
    )
    # The form's fields by name, each a list of texts as they were typed: never shown uncleaned.
    values = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [
            models.UniqueConstraint(fields=["user", "release"], name="autosave_one_slot"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(release=None), name="autosave_one_slot_for_new"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.release_id}"


class Presence(models.Model):
    """That a person has a release's form open, and when that was last heard."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="presences")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["user", "release"], name="presence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}/{self.release_id}"
