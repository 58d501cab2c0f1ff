"""What stands on every page in the same words, and what a release begins with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from releases.models.text import Kind


class Boilerplate(models.Model):
    """A living record: readers see it on all pages in its language as soon as it is saved."""

    class What(models.TextChoices):
        """Where it stands."""

        ABOUT = "about", _("About the office (below each release)")
        NOTE = "note", _("Notes to editors (below each release)")
        ADDRESS = "address", _("Postal address (at the end of each page)")
        LINKS = "links", _("Elsewhere on the web (at the end of each page)")

    what = models.CharField(_("what"), max_length=10, choices=What, default=What.ABOUT)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("boilerplate")
        verbose_name_plural = _("boilerplate")
        ordering = ["language", "what"]
        constraints = [
            models.UniqueConstraint(fields=["what", "language"], name="boilerplate_once"),
            models.CheckConstraint(name="boilerplate_says_something", condition=~models.Q(body="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.get_language_display()}"


class Template(models.Model):
    """What a new release of a kind begins with; nobody but staff ever reads it."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PRESS_RELEASE)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    body = models.TextField(_("text"))

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["kind", "language"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="template_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_language_display()}"
