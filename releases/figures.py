"""What is said with a picture at its place, and until when others are offered it. Pure values."""

from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from releases.content import Figure
from releases.models import EditionFigure
from releases.prepared import prepared


def words(figure: Figure | EditionFigure) -> list[str]:
    """Return what is said with a picture, each a line: for differences and lists."""
    until = in_words(figure.use_until)
    shows = _("Only decoration") if figure.decorative else figure.alt
    use = _("Use until %(day)s") % {"day": until} if until else ""
    return [text for text in (figure.caption, figure.credit, shows, figure.rights, use) if text]


def in_words(day: date | None) -> str:
    """Return a day as readers see it, '' for none."""
    return date_format(day, pgettext("date format", "F j, Y")) if day else ""


def is_offered(figure: Figure | EditionFigure, at: datetime) -> bool:
    """Return whether a picture may still be downloaded at `at`: to the end of its last day.

    Days end where the press office is.
    """
    return is_offered_on(timezone.localdate(at), figure)


def is_offered_on(day: date, figure: Figure | EditionFigure) -> bool:
    """Return the same for a day of the press office."""
    return figure.use_until is None or day <= figure.use_until


def next_transition(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which a published picture's last day is over.

    None where there is none. The third of its kind, after editions and appeals.
    """
    last = [one.use_until for one in _running(timezone.localdate(after)) if one.use_until]
    if not last:
        return None
    return timezone.make_aware(datetime.combine(last[0] + timedelta(days=1), time()))


@prepared
def _running(day: date) -> QuerySet[EditionFigure]:
    later = EditionFigure.objects.filter(use_until__gte=day)
    return later.order_by("use_until").only("use_until")[:1]
