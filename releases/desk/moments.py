"""The form field of a moment: a date, a time and the zone whose clocks show it.

Two hours of the year are odd. The one that a zone's clocks leave out is refused; the one that they
show twice is asked about. Neither is ever guessed (PEP 495 says what a guess would be).
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.clocks import city

SECOND = timedelta(seconds=1)
YEARS = range(1900, 9000)


def readings(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the moments, in UTC, at which the clocks of `zone` show `wall` (naive), in order.

    One as a rule; none for a time that is skipped, two for one that comes twice.
    """
    found = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return sorted({at for at in found if at.astimezone(zone).replace(tzinfo=None) == wall})


def gap(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the two times (naive) around the gap that the skipped time `wall` falls into.

    The first is where the clocks are put forward, the second what they show in that instant.
    """
    # By the offset after the gap it is too early, by the one before it too late (PEP 495).
    early, late = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    before = early.astimezone(zone).utcoffset()
    while late - early > SECOND:
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    forward = late.replace(microsecond=0)
    return (
        (forward + (before or timedelta())).replace(tzinfo=None),
        forward.astimezone(zone).replace(tzinfo=None),
    )


def zones() -> list[tuple[str, str]]:
    """Return the zones to choose from: the press office's own first, then its readers'."""
    names = dict.fromkeys([timezone.get_default_timezone_name(), *settings.READER_ZONES])
    return [(name, city(name)) for name in names]


def _choices(day: Any, hour: Any, zone: Any) -> list[tuple[str, str]]:
    """Return the two moments to choose from, where what was typed comes twice; else none."""
    name = zone or timezone.get_default_timezone_name()
    try:
        wall = datetime.combine(DayField().clean(day), forms.TimeField().clean(hour))
        found = readings(wall, ZoneInfo(name)) if name in dict(zones()) else []
    except ValidationError:
        return []
    return _words(*(at.astimezone(ZoneInfo(name)) for at in found)) if len(found) == 2 else []


def _words(first: datetime, second: datetime) -> list[tuple[str, str]]:
    """Return the choices of two moments at which the same clocks show the same time."""
    # Clocks that are put back leave summer time, whatever a zone's own word for it is.
    changed = first.dst() != second.dst()
    names = (_("summer time"), _("standard time")) if changed else ("", "")
    order = (_("the first time"), _("the second time"))
    return [
        (at.astimezone(UTC).isoformat(), ", ".join(filter(None, [which, name, _offset(at)])))
        for at, which, name in zip((first, second), order, names, strict=True)
    ]


def _offset(at: datetime) -> str:
    """Return how far a zone is from UTC at a moment: "UTC−4", "UTC+5:30"."""
    minutes = int((at.utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def resolve(wall: datetime, zone: ZoneInfo, answer: str = "") -> datetime:
    """Return the moment (UTC) at which the clocks of `zone` show `wall`.

    Of two it is the one that `answer` names (ISO 8601). Raises ValidationError for a time that is
    skipped, and for one that comes twice while no answer names one of them.
    """
    found = readings(wall, zone)
    if len(found) == 1:
        return found[0]
    words = {"day": date_format(wall, "D j M Y"), "time": _hour(wall), "city": city(zone.key)}
    if not found:
        before, after = gap(wall, zone)
        words |= {"before": _hour(before), "after": _hour(after)}
        raise ValidationError(
            _(
                "There is no %(time)s in %(city)s on %(day)s: at %(before)s the clocks are put "
                "forward to %(after)s."
            ) % words,
            code="skipped",
        )  # fmt: skip
    for at in found:
        if at.isoformat() == answer:
            return at
    raise ValidationError(
        _("%(time)s comes twice in %(city)s on %(day)s. Which of the two?") % words, code="doubled"
    )


def _hour(wall: datetime) -> str:
    return f"{wall:%H:%M:%S}" if wall.second else f"{wall:%H:%M}"


class DayField(forms.DateField):
    """A day that every zone's calendar has."""

    def to_python(self, value: Any) -> date | None:
        """Return the day; one too near the calendar's end is as invalid as one that is none."""
        day = super().to_python(value)
        if day and day.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MomentWidget(forms.MultiWidget):
    """Date, time and zone side by side; below them the question, where a time comes twice."""

    def __init__(self, attrs: dict[str, Any] | None = None, *, seconds: bool = False) -> None:
        step = {"step": 1} if seconds else {}
        day = forms.DateInput({"type": "date", "aria-label": gettext_lazy("Date")}, "%Y-%m-%d")
        hour = forms.TimeInput({"type": "time", "aria-label": gettext_lazy("Time"), **step})
        zone = forms.Select({"aria-label": gettext_lazy("Zone")}, zones)  # type: ignore[arg-type]
        super().__init__([day, hour, zone, forms.RadioSelect()], attrs)

    def decompress(self, value: datetime | None) -> list[Any]:
        """Return what the office's own clocks show at `value`."""
        office = timezone.get_default_timezone()
        if value is None:
            return [None, None, str(office), None]
        there = timezone.localtime(value, office)
        spec = "seconds" if there.second else "minutes"
        hour = there.time().isoformat(spec)
        # The question is answered already where the moment is one of two.
        return [there.date().isoformat(), hour, str(office), _whole(value).isoformat()]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """Show the question only where there is one."""
        typed = value if isinstance(value, list) else self.decompress(value)
        choices = _choices(*typed[:3])
        self.widgets[3].choices = choices  # type: ignore[attr-defined]
        context: dict[str, Any] = super().get_context(name, typed, attrs)
        if not choices:
            context["widget"]["subwidgets"].pop()
        return context


def _whole(at: datetime) -> datetime:
    """Return `at` in UTC without its part of a second, as a form shows it."""
    return at.astimezone(UTC).replace(microsecond=0)


class MomentField(forms.MultiValueField):
    """A moment, entered by the clocks of a zone; its value is in UTC, and None if left empty."""

    widget = MomentWidget

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            DayField(required=False),
            forms.TimeField(required=False),
            forms.ChoiceField(choices=zones, required=False),
            forms.CharField(required=False),
        )
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> datetime | None:
        """Return the one moment. Raises ValidationError where it is none, or one of two."""
        day, hour, zone, answer = data_list or (None, None, "", "")
        if isinstance(day, date) and isinstance(hour, time):
            name = zone or timezone.get_default_timezone_name()
            return resolve(datetime.combine(day, hour), ZoneInfo(name), answer)
        if day or hour or self.required:
            raise ValidationError(_("Give a date and a time."), code="incomplete")
        return None
