"""The release: the working copy that staff edit in the desk. The newsroom never reads it.

Here is the one rule of who at the desk may see which: `visible_to()`, and what is built on it.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from releases.models.text import AttachmentText, FigureText, ReleaseText
from releases.models.topic import Topic


class Stage(models.TextChoices):
    """How far the working copy has come; says nothing about what is public."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")


def visible_to(user: User | AnonymousUser, release: str = "pk") -> Q:
    """Return the condition under which `user` may see a row that hangs on a release.

    `release` is the path from the row to the release's key. A release that names nobody is seen
    by all who have the right to see releases; one that names people, by these alone, whatever
    else others may do.
    """
    if not user.has_perm("releases.view_release"):
        return Q(pk__in=[])
    named = NamedPerson.objects.filter(release=OuterRef(release))
    return Q(~Exists(named)) | Q(Exists(named.filter(person=user.pk)))


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Which releases somebody at the desk may see."""

    def visible_to(self, user: User | AnonymousUser) -> ReleaseQuerySet:
        """Return the releases that `user` may see."""
        return self.filter(visible_to(user))

    def of_family(self, root: int) -> ReleaseQuerySet:
        """Return an original and its translations."""
        return self.filter(Q(pk=root) | Q(original=root))

    def unrestricted(self) -> ReleaseQuerySet:
        """Return the releases that name nobody."""
        return self.filter(~Exists(NamedPerson.objects.filter(release=OuterRef("pk"))))

    def with_restriction(self) -> ReleaseQuerySet:
        """Add `is_restricted`: whether only named people may see the release."""
        return self.annotate(
            is_restricted=Exists(NamedPerson.objects.filter(release=OuterRef("pk")))
        )


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

    # Empty, all who have the right may see it; so that a restriction is never half stored.
    named = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who may see this"),
        through="NamedPerson",
        related_name="+",
        blank=True,
        editable=False,
    )

    objects = ReleaseQuerySet.as_manager()

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
            models.CheckConstraint(
                name="release_translates_another", condition=~models.Q(original=models.F("pk"))
            ),
        ]
        indexes = [models.Index(fields=["-changed_at"]), models.Index(fields=["stage"])]

    def __str__(self) -> str:
        return self.headline or gettext("Untitled draft")

    @property
    def root(self) -> int:
        """The key of the release that this one and its translations hang on: the original's."""
        return self.original_id or self.pk

    def hides_from(self, user: User) -> bool:
        """Return whether this release names people, and `user` is not among them.

        Where the release was fetched with_restriction(), one that names nobody is not asked again.
        """
        if not getattr(self, "is_restricted", True):
            return False
        named = set(self.named.values_list("pk", flat=True))
        return bool(named) and user.pk not in named


class NamedPerson(models.Model):
    """One of the people who alone may see a restricted release.

    Both ends are held: were the last person's account or the row deleted, the release would be
    open to everybody without anyone having decided so.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="named_links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="named_links"
    )

    class Meta:
        verbose_name = _("named person")
        verbose_name_plural = _("named people")
        constraints = [
            models.UniqueConstraint(fields=["release", "person"], name="named_person_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)


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


class ReleaseAttachment(AttachmentText):
    """A document of the working copy."""

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachmentText.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
