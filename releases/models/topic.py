"""The topic: what a release is about; and what has a name in each language."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from contacts.models import FormerAddress


class Named(models.Model):
    """What staff name in each language and readers find at an address."""

    name_en = models.CharField(_("name"), max_length=120, unique=True)
    name_es = models.CharField(_("name in Spanish"), max_length=120, blank=True)
    name_pt_br = models.CharField(_("name in Portuguese"), max_length=120, blank=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True, allow_unicode=True)
    description = models.TextField(_("description"), blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the active language, or in English where there is none."""
        language = (get_language() or "en").replace("-", "_")
        return getattr(self, f"name_{language}", "") or self.name_en


class Topic(Named):
    """A living record; the newsroom shows it once a public edition carries it."""

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name_en"]
        constraints = [
            models.CheckConstraint(
                name="topic_has_name_and_slug", condition=~models.Q(name_en="") & ~models.Q(slug="")
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the topic's page in the active language."""
        return reverse("newsroom:topic", args=[self.slug])


class TopicAddress(FormerAddress):
    """A former address of a topic's page and feed: never another's while this topic is there."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="former_addresses")
