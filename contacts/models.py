"""The media contact: a person that journalists may call or mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from contacts.phones import PhoneField, display
from files.models import Picture

# The languages journalists ask for, each by its own name: more than the newsroom is written in.
SPOKEN = [
    ("en", "English"),
    ("es", "Español"),
    ("pt-br", "Português"),
    ("fr", "Français"),
    ("ht", "Kreyòl ayisyen"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("ar", "العربية"),
    ("zh-hans", "中文"),
]


def validate_languages(codes: object) -> None:
    """Refuse anything but a list of codes from SPOKEN."""
    if not isinstance(codes, list) or not set(codes) <= set(dict(SPOKEN)):
        raise ValidationError(_("Choose from the list of languages."), code="languages")


class Contact(models.Model):
    """A living record: every release, old ones too, shows the number as it is today."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=120, unique=True, allow_unicode=True)
    role = models.CharField(_("role"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneField(_("phone"), blank=True)
    mobile = PhoneField(_("mobile"), blank=True)
    languages = models.JSONField(
        _("languages"), default=list, blank=True, validators=[validate_languages]
    )
    photo = models.ForeignKey(
        Picture, verbose_name=_("photo"), null=True, blank=True, on_delete=models.PROTECT
    )
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Where a contact has left, releases show the press office’s own number."),
    )

    #: Whether the person is the one on call, and has no page, where somebody has asked.
    on_call = False
    unlinked = False
    #: Where the photo is found, if not where readers find it (releases.newsroom.figures.Copies).
    shown_photo: Any = None

    class Meta:
        verbose_name = _("media contact")
        verbose_name_plural = _("media contacts")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="contact_has_name_and_slug", condition=~models.Q(name="") & ~models.Q(slug="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the contact's page, which is there once a public edition names the contact."""
        return reverse("newsroom:contact", args=[self.slug])

    @property
    def phone_display(self) -> str:
        """The phone number as readers of the active language expect it."""
        return display(self.phone, get_language() or settings.LANGUAGE_CODE)

    @property
    def mobile_display(self) -> str:
        """The mobile number as readers of the active language expect it."""
        return display(self.mobile, get_language() or settings.LANGUAGE_CODE)

    @property
    def languages_display(self) -> str:
        """The languages spoken, by their own names."""
        return ", ".join(name for code, name in SPOKEN if code in self.languages)


class FormerAddress(models.Model):
    """The last part of an address at which something once stood, and from which it has moved."""

    slug = models.CharField(max_length=120, unique=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class ContactAddress(FormerAddress):
    """A former address of a contact's page: never another's while this contact is there."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="former_addresses")


class DutyQuerySet(models.QuerySet["Duty"]):
    """Every question of time about the roster."""

    def on_call(self, at: datetime, language: str) -> DutyQuerySet:
        """Return who is on call at `at` for a language, first of all those for it alone."""
        now = self.filter(starts_at__lte=at, ends_at__gt=at, contact__active=True)
        return now.filter(Q(language=language) | Q(language="")).order_by("-language")

    def beginning(self, after: datetime) -> DutyQuerySet:
        """Return the first span that begins later than `after`."""
        return self.filter(starts_at__gt=after).order_by("starts_at")[:1]

    def ending(self, after: datetime) -> DutyQuerySet:
        """Return the first span that ends later than `after`."""
        return self.filter(ends_at__gt=after).order_by("ends_at")[:1]


class Duty(models.Model):
    """A span in which one person is on call, for one language of the newsroom or for all.

    It has its first instant and not its last: one person takes over in the instant in which the
    other ends.
    """

    contact = models.ForeignKey(Contact, verbose_name=_("media contact"), on_delete=models.PROTECT)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=[("", _("all languages")), *settings.LANGUAGES],
        help_text=_(
            "Who is on call for all languages is named where a language has nobody of its own."
        ),
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("span on call")
        verbose_name_plural = _("on call")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                name="duty_runs_forward",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The span ends before it starts."),
            ),
        ]
        indexes = [models.Index(fields=["starts_at"]), models.Index(fields=["ends_at"])]

    def __str__(self) -> str:
        return f"{self.contact} ({self.get_language_display()})"

    def clean(self) -> None:
        """Refuse a span in which somebody else is on call for the same; name who."""
        if self.starts_at is None or self.ends_at is None:
            return
        others = Duty.objects.filter(language=self.language).exclude(pk=self.pk)
        other = others.filter(starts_at__lt=self.ends_at, ends_at__gt=self.starts_at).first()
        if other:
            raise ValidationError(
                gettext("%(name)s is on call then already; end one span where the other begins.")
                % {"name": other},
                code="overlap",
            )
