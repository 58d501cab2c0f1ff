"""The edition: what publishing makes and the newsroom reads. Here is the one rule of time.

`Edition.objects.public(at)` alone decides what the public may see at a moment; no other file
names the columns `public_from` and `public_until` in a filter.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from releases.models.release import Release, visible_to
from releases.models.secret import kept_secret
from releases.models.series import Series, SeriesPlace
from releases.models.text import AttachmentText, FigureText, ReleaseText
from releases.models.topic import Topic
from releases.prepared import prepared
from releases.release_address import release_address


class Reason(models.TextChoices):
    """Why an edition was published. All but the first and the typo carry a public note."""

    FIRST = "first", _("First publication")
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    TYPO = "typo", _("Typing error")


class EditionQuerySet(models.QuerySet["Edition"]):
    """Every question of time about editions, and which of them somebody at the desk may see."""

    def visible_to(self, user: User | AnonymousUser) -> EditionQuerySet:
        """Return the editions of releases that `user` may see."""
        return self.filter(visible_to(user, "release"))

    def public(self, at: datetime) -> EditionQuerySet:
        """Return the editions that are the public ones at the moment `at`, one a release."""
        open_still = Q(public_until__isnull=True) | Q(public_until__gt=at)
        if standing := kept_secret.get().standing:
            open_still |= Q(pk__in=standing)
        return self.begun(at).filter(open_still)

    def begun(self, at: datetime) -> EditionQuerySet:
        """Return the editions that are, or once were, public by the moment `at`."""
        return self._known().filter(public_from__lte=at)

    def scheduled(self, at: datetime) -> EditionQuerySet:
        """Return the editions whose moment is still to come at `at`."""
        return self._known().filter(public_from__gt=at)

    def _known(self) -> EditionQuerySet:
        """Leave out what must not show to whoever is looking ahead (releases/looking_ahead.py)."""
        planned = kept_secret.get().planned
        return self.exclude(pk__in=planned) if planned else self

    def noted(self, at: datetime) -> EditionQuerySet:
        """Return the editions with a public note, of releases that are public at `at`.

        The latest first.
        """
        public = Edition.objects.public(at).filter(release=OuterRef("release"))
        noted = self.begun(at).filter(Exists(public), public_note__isnull=False)
        return noted.order_by("-public_from", "-pk")

    def withdrawn(self, at: datetime) -> EditionQuerySet:
        """Return the last editions of the releases withdrawn at `at`, the latest first."""
        public = Edition.objects.public(at).filter(release=OuterRef("release"))
        ended = self.filter(~Exists(public), public_until__lte=at, withdrawal__isnull=False)
        return ended.order_by("-public_until", "-pk")

    def newest_first(self) -> EditionQuerySet:
        """Order by the date shown; of one day, the one published last comes first."""
        return self.order_by("-dated", "-pk")

    def below(self, dated: date, pk: int, link: str = "") -> EditionQuerySet:
        """Return what newest_first() lists below the place (`dated`, `pk`)."""
        place, key = f"{link}dated", f"{link}key" if link else "pk"
        return self.filter(**{f"{place}__lte": dated}).filter(
            Q(**{f"{place}__lt": dated}) | Q(**{f"{key}__lt": pk})
        )

    def above(self, dated: date, pk: int, link: str = "") -> EditionQuerySet:
        """Return what newest_first() lists above the place (`dated`, `pk`)."""
        place, key = f"{link}dated", f"{link}key" if link else "pk"
        return self.filter(**{f"{place}__gte": dated}).filter(
            Q(**{f"{place}__gt": dated}) | Q(**{f"{key}__gt": pk})
        )

    def about(self, topic: Topic | int, language: str, kind: str = "") -> EditionQuerySet:
        """Return a language's editions that carry `topic` (or the one with this key), newest first.

        With a kind, those of this kind. It walks the topic's own index (for below(), above() and
        of_days(): link="here_"), so that each page costs the same however many releases there are.
        """
        here = FilteredRelation("topic_links", condition=Q(topic_links__topic=topic))
        # By name, since filter() would join the relation anew each time it is asked through it.
        columns = {"kind": "kind", "dated": "dated", "key": "edition_id"}
        named = {f"here_{name}": F(f"here__{column}") for name, column in columns.items()}
        # The plugin for types knows no names that are made so.
        found: Any = self.annotate(here=here).filter(here__language=language).alias(**named)
        if kind:
            found = found.filter(here_kind=kind)
        ordered: EditionQuerySet = found.order_by("-here_dated", "-here_key")
        return ordered

    def of_days(self, first: date, beyond: date, link: str = "") -> EditionQuerySet:
        """Return the editions dated from `first` on and before `beyond`."""
        return self.filter(**{f"{link}dated__gte": first, f"{link}dated__lt": beyond})

    def in_series(self, series: Series | OuterRef | int) -> EditionQuerySet:
        """Return the editions of the releases of a series (or of its key), in its order."""
        members = self.filter(release__series_place__series=series)
        return members.order_by("release__series_place__position", "release__series_place__id")

    def with_series(self) -> EditionQuerySet:
        """Add `series_key`: that of the series that the release belongs to, or None."""
        place = SeriesPlace.objects.filter(release=OuterRef("release"))
        return self.annotate(series_key=Subquery(place.values("series")[:1]))

    def with_first_moment(self) -> EditionQuerySet:
        """Add `first_moment`: when the release's first edition became public."""
        first = Edition.objects.filter(release=OuterRef("release"), number=1)
        return self.annotate(first_moment=Subquery(first.values("public_from")))

    def of_families(self, roots: Collection[Any]) -> EditionQuerySet:
        """Return the editions of these originals and of their translations, by key."""
        return self.filter(Q(release__in=roots) | Q(original__in=roots))

    def naming(self, contact: Contact) -> EditionQuerySet:
        """Return the editions that name `contact`."""
        return self.filter(contact_links__contact=contact)


class Edition(ReleaseText):
    """An immutable copy of a release, and the span of time for which it is the public one.

    The database itself refuses overlapping spans and any change but to the ends of a span that
    has not passed (releases/guards.py).
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    public_from = models.DateTimeField(_("public from"))
    public_until = models.DateTimeField(_("public until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, default=Reason.FIRST)
    topics = models.ManyToManyField(Topic, through="EditionTopic", related_name="editions")
    contacts = models.ManyToManyField(Contact, through="EditionContact", related_name="editions")
    made_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    #: The release's public edition, below whose address this one is shown, where that is known.
    present: Edition | None = None

    #: The same release in other languages, where a list has asked for them.
    also: Sequence[Edition] = ()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["release", "number"]
        constraints = [
            models.UniqueConstraint(fields=["release", "number"], name="edition_number_once"),
            models.UniqueConstraint(
                fields=["release"],
                condition=Q(public_until__isnull=True),
                name="edition_one_open_span",
            ),
            models.CheckConstraint(
                name="edition_span_runs_forward",
                condition=Q(public_until__isnull=True) | Q(public_until__gt=F("public_from")),
            ),
            models.CheckConstraint(
                name="edition_is_whole",
                condition=~Q(headline="") & ~Q(slug="") & ~Q(body="") & Q(dated__isnull=False),
            ),
            models.CheckConstraint(
                name="edition_translates_another", condition=~Q(original=F("release"))
            ),
        ]
        indexes = [
            models.Index(fields=["language", "-dated", "-id"], name="edition_newest_first"),
            models.Index(fields=["language", "kind", "-dated", "-id"], name="edition_kind_newest"),
            # All that a count by month looks at.
            models.Index(
                fields=["language", "dated", "public_from", "public_until"], name="edition_counted"
            ),
            models.Index(fields=["language", "slug"], name="edition_by_address"),
            models.Index(fields=["public_from"], name="edition_begins"),
            models.Index(fields=["public_until"], name="edition_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.headline} ({self.number})"

    def is_public(self, at: datetime) -> bool:
        """Return what public(at) would say of this edition."""
        secret = kept_secret.get()
        if self.pk in secret.planned:
            return False
        ended = self.public_until is not None and self.public_until <= at
        return self.public_from <= at and (not ended or self.pk in secret.standing)

    @property
    def root(self) -> int:
        """The key of the release that this one and its translations hang on: the original's."""
        return self.original_id or self.release_id

    @property
    def endonym(self) -> str:
        """Its language by its own name."""
        return str(dict(settings.LANGUAGES).get(self.language, self.language))

    @property
    def day(self) -> date:
        """The date shown; the database holds that an edition always has one."""
        if self.dated is None:
            raise ValueError("an edition without a date")
        return self.dated

    def get_absolute_url(self) -> str:
        """Return the release's address, in the release's own language."""
        return release_address(self.language, self.slug)

    def get_permanent_url(self) -> str:
        """Return the address of this very edition, citable for ever.

        Where `present` is not known it is the one below the edition's own slug, which leads on
        once the release has moved.
        """
        return self._below("newsroom:edition", self.number)

    def get_editions_url(self) -> str:
        """Return the address of the list of the release's editions."""
        return self._below("newsroom:editions")

    def get_changes_url(self) -> str:
        """Return the address of what changed in this edition, which is not the first."""
        return self.get_differences_url(self.number - 1)

    def get_differences_url(self, older: int) -> str:
        """Return the address of what changed since the edition numbered `older`."""
        return self._below("newsroom:differences", older, self.number)

    def _below(self, name: str, *numbers: int) -> str:
        """Return an address below that of the release."""
        home = self.present or self
        with translation.override(home.language):
            return reverse(name, args=[home.slug, *numbers])

    @property
    def note(self) -> str:
        """The public note on why this edition replaced the former one, or ''."""
        return self.public_note.text if hasattr(self, "public_note") else ""


class EditionTopic(models.Model):
    """A topic that an edition carries.

    `language`, `kind` and `dated` repeat what stands in the edition, which never changes: one
    index then walks a topic's editions from the newest on, however many there are.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="edition_links")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, default="")
    dated = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "topic"], name="edition_topic_once"),
        ]
        indexes = [
            models.Index(
                fields=["topic", "language", "-dated", "-edition"], name="edition_topic_newest"
            ),
            models.Index(
                fields=["topic", "language", "kind", "-dated", "-edition"],
                name="edition_topic_kind_newest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.topic)


class EditionContact(models.Model):
    """A media contact's place on an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="contact_links")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="edition_links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "contact"], name="edition_contact_once"),
        ]

    def __str__(self) -> str:
        return str(self.contact)


class EditionFigure(FigureText):
    """A picture of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="figures")

    class Meta(FigureText.Meta):
        indexes = [models.Index(fields=["use_until"], name="edition_figure_use_ends")]

    def __str__(self) -> str:
        return self.alt or str(self.picture)


class EditionAttachment(AttachmentText):
    """A document of an edition."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachmentText.Meta):
        pass


class Note(models.Model):
    """The public, dated note of a correction, clarification or update.

    Beside its edition rather than in it, since a note may be mended and an edition may not. Its
    date is the edition's.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="public_note")
    text = models.TextField(_("public note"))

    class Meta:
        verbose_name = _("public note")
        verbose_name_plural = _("public notes")

    def __str__(self) -> str:
        return self.text


class Address(models.Model):
    """A language and slug that a release was published under: never given to another release."""

    language = models.CharField(max_length=10)
    slug = models.CharField(max_length=120)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "slug"], name="address_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.slug}"


def next_transition(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which an edition begins or ends, or None.

    The twin of public(): nothing that was made at `after` is sure to hold beyond it.
    """
    moments = [one.public_from for one in _beginning(after)]
    moments += [one.public_until for one in _ending(after) if one.public_until]
    return min(moments, default=None)


@prepared
def _beginning(after: datetime) -> models.QuerySet[Edition]:
    later = Edition.objects.filter(public_from__gt=after)
    return later.order_by("public_from").only("public_from")[:1]


@prepared
def _ending(after: datetime) -> models.QuerySet[Edition]:
    later = Edition.objects.filter(public_until__gt=after)
    return later.order_by("public_until").only("public_until")[:1]
