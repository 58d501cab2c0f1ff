"""The release: the working copy that staff edit in the desk. The newsroom never reads it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from releases.models.text import FigureText, ReleaseText
from releases.models.topic import Topic


class Stage(models.TextChoices):
    """How far the working copy has come; says nothing about what is public."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")


class Release(ReleaseText):
    """One publication of the press office, as its staff work on it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    contacts = models.ManyToManyField(
        Contact, verbose_name=_("media contacts"), through="ReleaseContact", blank=True
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage, default=Stage.DRAFT, editable=False
    )
    # Opaque: a writer says which one he or she saw, and only equality means anything.
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["-changed_at"]
        permissions = [
            ("submit_release", "Can submit a release for review"),
            ("approve_release", "Can approve a release or send it back"),
            ("publish_release", "Can publish an approved release"),
            ("lift_release", "Can move or lift an embargo"),
            ("import_release", "Can import a release from a file"),
        ]
        constraints = [
            models.CheckConstraint(
                name="release_approved_by_somebody",
                condition=~models.Q(stage=Stage.APPROVED) | models.Q(approved_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-changed_at"]), models.Index(fields=["stage"])]

    def __str__(self) -> str:
        return self.headline or gettext("Untitled draft")


class ReleaseContact(models.Model):
    """A media contact's place on a release."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="contact_links")
    contact = models.ForeignKey(
        Contact, verbose_name=_("media contact"), on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("media contact")
        verbose_name_plural = _("media contacts")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["release", "contact"], name="release_contact_once"),
        ]

    def __str__(self) -> str:
        return str(self.contact)


class ReleaseFigure(FigureText):
    """A picture in the working copy."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="figures")

    class Meta(FigureText.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt or str(self.picture)
