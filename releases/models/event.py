"""The event: one date to come that staff have told readers of: a release, a briefing, a hearing.

Its own small record, and not made of a release: it says what its words say, and nothing of a text
that waits.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from releases.prepared import prepared


class EventKind(models.TextChoices):
    """What is to come."""

    RELEASE = "release", _("Coming release")
    EVENT = "event", _("Event")


class EventState(models.TextChoices):
    """How sure the date is."""

    PROVISIONAL = "provisional", _("Provisional")
    CONFIRMED = "confirmed", _("Confirmed")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")


#: States that owe readers a reason.
REASONED = (EventState.MOVED, EventState.CANCELLED)


class EventQuerySet(models.QuerySet["Event"]):
    """What readers may know, and what of it is still to come."""

    def public(self, at: datetime) -> EventQuerySet:
        """Return the events that readers were told of at the moment `at`."""
        return self.filter(Q(shown_until__isnull=True) | Q(shown_until__gt=at), shown_from__lte=at)

    def coming(self, at: datetime, language: str) -> EventQuerySet:
        """Return a language's public events whose day has not passed at `at`, the next first.

        An event stands to the end of its day by the press office's clocks.
        """
        there = self.public(at).filter(language=language, day__gte=office_day(at))
        return there.order_by("day", F("hour").asc(nulls_first=True), "pk")


class Event(models.Model):
    """A date to come. Readers see it from the moment at which a publisher shows it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind, default=EventKind.EVENT)
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    title = models.CharField(_("title"), max_length=250)
    text = models.TextField(_("description"), max_length=600, blank=True)
    day = models.DateField(_("day"))
    hour = models.TimeField(
        _("time"),
        null=True,
        blank=True,
        help_text=_("By the press office’s clocks. Left empty, only the day is told."),
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    url = models.URLField(_("page"), blank=True, help_text=_("Where to register or to follow it."))
    state = models.CharField(
        _("state"), max_length=20, choices=EventState, default=EventState.PROVISIONAL
    )
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("Why it is moved or cancelled; readers see it."),
    )
    former_day = models.DateField(null=True, blank=True, editable=False)
    shown_from = models.DateTimeField(_("shown from"), null=True, blank=True, editable=False)
    shown_until = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    # How often it was changed since readers could have it in their calendars (RFC 5545, 3.8.7.4).
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("date to come")
        verbose_name_plural = _("dates to come")
        ordering = ["-day", "-id"]
        permissions = [("publish_event", "Can show a date to come to readers, and change it then")]
        constraints = [
            models.CheckConstraint(
                name="event_owes_a_reason",
                condition=~Q(state__in=REASONED) | ~Q(reason=""),
                violation_error_message=_("Say why it is moved or cancelled: readers see it."),
            ),
        ]
        indexes = [models.Index(fields=["language", "day"], name="event_by_day")]

    def __str__(self) -> str:
        return self.title

    def is_public(self, at: datetime) -> bool:
        """Return what public(at) would say of this event."""
        shown = self.shown_from is not None and self.shown_from <= at
        return shown and (self.shown_until is None or at < self.shown_until)

    @property
    def moment(self) -> datetime | None:
        """When it begins, or None where only the day is told."""
        return None if self.hour is None else _by_office_clocks(self.day, self.hour)

    def get_calendar_url(self) -> str:
        """Return the address of its calendar file, in its own language."""
        with translation.override(self.language):
            return reverse("newsroom:event_calendar", args=[self.uuid])


def office_day(at: datetime) -> date:
    """Return the day that it is at `at` in the press office's zone."""
    return timezone.localdate(at, timezone.get_default_timezone())


def next_day_over(after: datetime) -> datetime | None:
    """Return the first end of a public event's day later than `after`, or None."""
    days = [one.day for one in _next(office_day(after))]
    return _by_office_clocks(days[0] + timedelta(days=1), time()) if days else None


@prepared
def _next(day: date) -> models.QuerySet[Event]:
    shown = Event.objects.filter(day__gte=day, shown_from__isnull=False)
    return shown.order_by("day").only("day")[:1]


def _by_office_clocks(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())
