"""What is to come: the dates that staff have told readers of, and their calendar files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from releases.html import one_line
from releases.models import Event
from releases.models.event import EventState
from releases.newsroom import queries
from releases.newsroom.context import language, moment
from releases.newsroom.parts import page

STATUS = {EventState.PROVISIONAL: "TENTATIVE", EventState.CANCELLED: "CANCELLED"}
# Octets of a line without its end (RFC 5545, 3.1).
LINE = 75


@require_safe
def coming(request: HttpRequest) -> HttpResponse:
    """All dates to come, the next first."""
    events = queries.coming(moment(request), language())
    return page(request, "newsroom/coming.html", {"events": events})


@require_safe
def event_calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One date as a calendar file; one that readers were not told of is not there."""
    there = Event.objects.public(moment(request)).filter(language=language())
    event = there.filter(uuid=uid).first()
    if event is None:
        raise Http404
    return calendar_file([event])


@require_safe
def all_calendar(request: HttpRequest) -> HttpResponse:
    """All dates to come as one calendar, to subscribe to."""
    return calendar_file(queries.coming(moment(request), language()))


def calendar_file(events: list[Event]) -> HttpResponse:
    """Return events as an iCalendar object (RFC 5545), published (RFC 5546, 3.2.1)."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(str(settings.PRESS_OFFICE['name']))}//Newsroom//EN",
        "METHOD:PUBLISH",
        *(line for event in events for line in _lines(event)),
        "END:VCALENDAR",
    ]
    body = b"".join(folded(line) for line in lines)
    headers = {"Content-Disposition": 'inline; filename="date.ics"'}
    return HttpResponse(body, content_type="text/calendar; charset=utf-8", headers=headers)


def _lines(event: Event) -> Iterator[str]:
    """Yield the lines of one event. Its end is not known, so none is told (3.6.1)."""
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uuid.urn}"
    yield f"DTSTAMP:{_moment(event.changed_at)}"
    yield f"SEQUENCE:{event.sequence}"
    at = event.moment
    yield f"DTSTART:{_moment(at)}" if at else f"DTSTART;VALUE=DATE:{_day(event.day)}"
    if at is None:
        yield f"DTEND;VALUE=DATE:{_day(event.day + timedelta(days=1))}"
    yield f"SUMMARY:{_text(one_line(event.title))}"
    if event.place:
        yield f"LOCATION:{_text(one_line(event.place))}"
    if words := "\n".join(filter(None, (event.reason, event.text))):
        yield f"DESCRIPTION:{_text(words)}"
    if event.url:
        yield f"URL:{one_line(event.url)}"
    yield f"STATUS:{STATUS.get(EventState(event.state), 'CONFIRMED')}"
    yield "END:VEVENT"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _text(words: str) -> str:
    """Escape text (RFC 5545, 3.3.11); control characters have no place in it."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(one for one in lines if one >= " " or one in "\n\t")
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """Return a line with its end, broken so that none has more than 75 octets (3.1)."""
    parts: list[bytes] = []
    now = b""
    for one in line:
        octets = one.encode()
        # The space that a broken line goes on with is one of its octets.
        if len(now) + len(octets) > LINE - bool(parts):
            parts.append(now)
            now = b""
        now += octets
    return b"\r\n ".join([*parts, now]) + b"\r\n"
