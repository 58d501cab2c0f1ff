"""What happened to a release: each saved state, and each act. Both keep their own text."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.utils.translation import gettext_lazy as _

from releases.models.release import Release, visible_to


class Revision(models.Model):
    """One saved state of the working copy; kept for ever."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    # The shape of `snapshot`; releases.snapshots knows how to read each.
    schema = models.PositiveSmallIntegerField()
    snapshot = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="revision_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.release_id}/{self.number}"


class Action(models.TextChoices):
    """What can be done to a release, in words that follow a name."""

    CREATE = "create", _("started it")
    SAVE = "save", _("changed the text")
    RESTORE = "restore", _("restored an earlier text")
    DUPLICATE = "duplicate", _("made a copy of it")
    TRANSLATE = "translate", _("began a translation of it")
    LINK = "link", _("said what it translates")
    CATCH_UP = "catch_up", _("said which edition of the original it has")
    SUBMIT = "submit", _("submitted it for review")
    SEND_BACK = "send_back", _("sent it back")
    APPROVE = "approve", _("approved it")
    PUBLISH = "publish", _("published it")
    PUBLISH_URGENTLY = "publish_urgently", _("published it before anybody else had looked")
    TAKE_BACK = "take_back", _("took the scheduled edition back")
    MOVE = "move", _("moved the scheduled edition")
    LIFT = "lift", _("lifted the embargo")
    KEEP = "keep", _("kept the scheduled edition for its moment")
    WITHDRAW = "withdraw", _("withdrew it")
    MEND_NOTE = "mend_note", _("mended a public note")
    IMPORT_PUBLISHED = "import_published", _("brought it in as published")
    SHARE = "share", _("made a share link")
    REVOKE = "revoke", _("revoked share links")
    PIN = "pin", _("pinned it to the front page")
    UNPIN = "unpin", _("took it off the top of the front page")
    PLACE = "place", _("changed its place in a series")
    RESTRICT = "restrict", _("chose who may see it")
    STEP_IN = "step_in", _("joined the people who may see it")


class ActQuerySet(models.QuerySet["Act"]):
    """Which lines of the log somebody may read."""

    def visible_to(self, user: User | AnonymousUser) -> ActQuerySet:
        """Return the acts on releases that `user` may see."""
        return self.filter(visible_to(user, "release"))


class Act(models.Model):
    """One line of the log: who did what to which release, when, and why.

    Names and headline are kept as text too, so that the line outlives what it speaks of.
    """

    release = models.ForeignKey(Release, null=True, on_delete=models.SET_NULL, related_name="acts")
    headline = models.CharField(max_length=250)
    action = models.CharField(max_length=30, choices=Action)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    why = models.TextField(blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("log")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        act = f"{self.by_name} {self.get_action_display()}"
        return f"{self.at:%Y-%m-%d %H:%M} {act}: “{self.headline}”"
