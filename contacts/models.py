"""The media contact: a person that journalists may call or mail."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
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

    @property
    def photo_url(self) -> str:
        """The photo's address, or ''."""
        return self.photo.get_absolute_url() if self.photo else ""


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
