"""What the report is asked: a span of days and what to look at; all of it stands in the address."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.models import Appeal, Campaign, Count, Placement
from donations.report.comparison import Comparison, compare, reasons_not_to
from releases import timekeeping
from releases.models import Edition, Release, Topic

#: Days that are shown unless others are asked for, and the most at once.
USUAL, MOST = 30, 3 * 366
ANY = ("", gettext_lazy("all"))


@dataclass(frozen=True)
class Question:
    """Days, both included, in the press office's own zone; what is None or empty is any."""

    since: date
    until: date
    campaign: Campaign | None = None
    appeal: Appeal | None = None
    release: Release | None = None
    topic: Topic | None = None
    placement: str = ""
    language: str = ""

    @property
    def days(self) -> list[date]:
        """Every day of the span."""
        return [self.since + timedelta(n) for n in range((self.until - self.since).days + 1)]

    def rows(self) -> QuerySet[Count]:
        """Return the counts that are asked for; a release's topics are those readers see now."""
        rows = Count.objects.filter(day__range=(self.since, self.until))
        wanted: dict[str, Any] = {
            "appeal__campaign": self.campaign,
            "appeal": self.appeal,
            "release": self.release,
            "placement": self.placement,
            "language": self.language,
        }
        rows = rows.filter(**{name: value for name, value in wanted.items() if value})
        if self.topic:
            public = Edition.objects.public(timekeeping.now()).filter(topics=self.topic)
            rows = rows.filter(release__in=public.values("release"))
        return rows


def usual() -> tuple[date, date]:
    """Return the last USUAL days, today included."""
    today = timezone.localdate()
    return today - timedelta(USUAL - 1), today


def date_field(label: Any) -> forms.DateField:
    """Return a day's field, as browsers show and send it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, input_formats=["%Y-%m-%d"])


class SpanForm(forms.Form):
    """Two days, the usual ones unless others are given."""

    since = date_field(gettext_lazy("From"))
    until = date_field(gettext_lazy("To"))

    def __init__(self, asked: QueryDict) -> None:
        """Read a query, with the usual days where it has none."""
        first, last = usual()
        given = asked.copy()
        given.setdefault("since", first.isoformat())
        given.setdefault("until", last.isoformat())
        super().__init__(given)

    def clean(self) -> dict[str, Any]:
        """Refuse a span that runs backwards, or is too long to be shown."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError({"until": _("This day is before the first one.")})
        if since and until and (until - since).days >= MOST:
            raise ValidationError({"since": _("Choose three years at the most.")})
        return self.cleaned_data


def row_field(label: str, rows: QuerySet[Any]) -> forms.Field:
    """Return a field in which one of these rows, or all, may be chosen."""
    return forms.ModelChoiceField(rows, label=label, required=False, empty_label=ANY[1])


class ReportForm(SpanForm):
    """The span, and what to look at."""

    placement = forms.ChoiceField(
        label=gettext_lazy("Placement"), required=False, choices=[ANY, *Placement.choices]
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), required=False, choices=[ANY, *settings.LANGUAGES]
    )
    field_order = [
        *("since", "until", "campaign", "appeal", "topic", "placement", "language", "release")
    ]

    def __init__(self, asked: QueryDict, by: User) -> None:
        """Read a query; `by` is told of no release that he or she may not see."""
        super().__init__(asked)
        self.fields["campaign"] = row_field(_("Campaign"), Campaign.objects.all())
        self.fields["appeal"] = row_field(_("Appeal"), Appeal.objects.all())
        self.fields["topic"] = row_field(_("Topic"), Topic.objects.all())
        # Chosen in the report's table: there are too many for a list.
        self.fields["release"] = row_field("", Release.objects.visible_to(by))
        self.fields["release"].widget = forms.HiddenInput()
        self.order_fields(self.field_order)

    def question(self) -> Question | None:
        """Return what is asked, or None where something in it is no answerable question."""
        return Question(**self.cleaned_data) if self.is_valid() else None


class CompareForm(SpanForm):
    """The span, and two appeals."""

    field_order = ["first", "second", "since", "until"]

    def __init__(self, asked: QueryDict) -> None:
        """Read a query."""
        super().__init__(asked)
        appeals = Appeal.objects.select_related("campaign")
        self.fields["first"] = row_field(_("Appeal"), appeals)
        self.fields["second"] = row_field(_("Compared with"), appeals)
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """Refuse two that are not shared out between the same releases, with every reason."""
        super().clean()
        first, second = self.cleaned_data.get("first"), self.cleaned_data.get("second")
        if first and second and (reasons := reasons_not_to(first, second)):
            raise ValidationError({"second": reasons})
        return self.cleaned_data

    def compared(self) -> Comparison | None:
        """Return the comparison, or None where nothing, or no answerable thing, is asked."""
        if not self.is_valid():
            return None
        asked = self.cleaned_data
        return compare(**asked) if asked["first"] and asked["second"] else None
