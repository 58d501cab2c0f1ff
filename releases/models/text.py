"""What release and edition have in common, declared once."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from files.models import Document, Picture


class Kind(models.TextChoices):
    """The kinds of release; the label is the kicker above the headline."""

    PRESS_RELEASE = "press_release", _("Press Release")
    STATEMENT = "statement", _("Statement")
    MEDIA_ADVISORY = "media_advisory", _("Media Advisory")
    OPEN_LETTER = "open_letter", _("Open Letter")


KICKERS = dict(Kind.choices)


def language_in_words(code: str) -> str:
    """Return a language's name within a sentence: English alone writes it with a capital."""
    name = str(get_language_info(code)["name_translated"])
    return name if get_language() == "en" else name.lower()


class ReleaseText(models.Model):
    """The text columns. All may be empty here: drafts always save; editions are constrained."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PRESS_RELEASE)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    headline = models.CharField(_("headline"), max_length=250, blank=True)
    subhead = models.CharField(_("subhead"), max_length=300, blank=True)
    slug = models.CharField(
        _("address"),
        max_length=120,
        blank=True,
        help_text=_("The last part of the page’s address. Left empty, it is made of the headline."),
    )
    dateline = models.CharField(
        _("dateline"), max_length=120, blank=True, help_text=_("The place: “Washington DC”.")
    )
    dated = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("Left empty, it is the day on which the release becomes public."),
    )
    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("One or two sentences for lists, feeds and search engines."),
    )
    body = models.TextField(_("text"), blank=True)
    # The release that this one translates, and the number of its edition whose text this has: 0
    # where the translation was begun before the first.
    original = models.ForeignKey(
        "releases.Release",
        verbose_name=_("translation of"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="%(class)s_translations",
    )
    based_on = models.PositiveIntegerField(_("made from edition"), default=0, editable=False)

    class Meta:
        abstract = True

    @property
    def kicker(self) -> str:
        """The words above the headline."""
        return str(KICKERS.get(self.kind, self.kind))

    @property
    def language_in_words(self) -> str:
        """Its language as a word within a sentence of the active one: "English", "inglés"."""
        return language_in_words(self.language)


class FigureText(models.Model):
    """A picture with its words, at one place of use."""

    picture = models.ForeignKey(Picture, verbose_name=_("picture"), on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    alt = models.CharField(
        _("text for those who can’t see it"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, in a sentence."),
    )
    decorative = models.BooleanField(
        _("only decoration"),
        default=False,
        help_text=_("It says nothing that the text doesn’t: screen readers pass it by."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    rights = models.CharField(
        _("rights"),
        max_length=300,
        blank=True,
        help_text=_("What others may do with it: “Free for reporting, with credit.”"),
    )
    use_until = models.DateField(
        _("use until"),
        null=True,
        blank=True,
        help_text=_("After this day it is still shown, and no longer offered for download."),
    )
    # The point that stays in view where the picture is cut: per cent from the left and the top.
    focus_x = models.PositiveSmallIntegerField(
        _("from the left"), default=50, validators=[MaxValueValidator(100)]
    )
    focus_y = models.PositiveSmallIntegerField(
        _("from the top"), default=50, validators=[MaxValueValidator(100)]
    )

    class Meta:
        abstract = True
        ordering = ["position", "id"]


class AttachmentText(models.Model):
    """A document with its title, at one place of use."""

    document = models.ForeignKey(Document, verbose_name=_("file"), on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_("What it is, for readers: “The report” or “Data for the chart”."),
    )

    class Meta:
        abstract = True
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title or str(self.document)
