"""The log of everything, for administrators: releases, accounts, and the desk's other records.

Three tables are kept where what they tell of belongs; here they are read as one. A line on a
release that names people is there for these people alone, as everywhere.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import StringIO
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, NullIf, Trim
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import AccountAct, Kind
from releases.models import Act, Release
from releases.models.history import Action

PAGE = 100
#: Lines in a file: more than a press office makes in years, and no more than a process can hold.
FILE = 50_000
#: What a row holds: when, which log, which act, who, what or whom it was done to, more, its key.
COLUMNS = ("moment", "source", "did", "doer_name", "what", "more", "key")
#: The acts of each log, in words that follow a name.
WORDS: dict[str, dict[str, Any]] = {
    "release": dict(Action.choices),
    "account": dict(Kind.choices),
    "record": {
        "1": gettext_lazy("added"),
        "2": gettext_lazy("changed"),
        "3": gettext_lazy("deleted"),
    },
}
#: What a spreadsheet takes for the beginning of a formula.
FORMULA = tuple("=+-@")


@dataclass(frozen=True)
class Line:
    """One line: when, who did what, to what or whom, and more words."""

    at: datetime
    by: str
    act: str
    what: str
    why: str


class Narrow(forms.Form):
    """What to look for: a person, a kind of act, days."""

    person: "forms.ModelChoiceField[User]" = forms.ModelChoiceField(
        None, required=False, label=gettext_lazy("Person")
    )
    source = forms.ChoiceField(
        choices=[
            ("", gettext_lazy("Everything")),
            ("release", gettext_lazy("Releases")),
            ("account", gettext_lazy("Accounts")),
            ("record", gettext_lazy("Other records")),
        ],
        required=False,
        label=gettext_lazy("About"),
    )
    act = forms.ChoiceField(required=False, label=gettext_lazy("Act"))
    first = forms.DateField(
        required=False,
        label=gettext_lazy("From"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        required=False,
        label=gettext_lazy("To"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = cast("forms.ModelChoiceField[User]", self.fields["person"])
        person.queryset = User.objects.order_by("username")
        titles = {"account": _("Accounts"), "release": _("Releases"), "record": _("Other records")}
        act = cast(forms.ChoiceField, self.fields["act"])
        act.choices = [
            ("", _("Everything")),
            *(
                (title, [(f"{source}:{act}", words) for act, words in WORDS[source].items()])
                for source, title in titles.items()
            ),
        ]


def rows_for(user: User | AnonymousUser, asked: Mapping[str, Any]) -> QuerySet[Any, Any]:
    """Return all rows that answer what `asked` of Narrow holds, the newest first."""
    source, _colon, act = (asked.get("act") or asked.get("source") or "").partition(":")
    parts = []
    for name, rows in _sources(user).items():
        rows = rows.filter(_wanted(name, asked)) if source in ("", name) else rows.none()
        rows = rows.filter(did=act) if act else rows
        parts.append(rows.order_by().values_list(*COLUMNS))
    return parts[0].union(*parts[1:], all=True).order_by("-moment", "source", "-key")


def _sources(user: User | AnonymousUser) -> dict[str, QuerySet[Any]]:
    """The three logs, with COLUMNS. What the admin notes of releases stands in their own."""
    kind = ContentType.objects.get_for_model(Release)
    whole = Trim(Concat("user__first_name", Value(" "), "user__last_name"))
    return {
        "release": Act.objects.visible_to(user).annotate(
            moment=F("at"), source=Value("release"), key=F("id"), did=F("action"),
            doer=F("by_id"), doer_name=F("by_name"), what=F("headline"), more=F("why"),
        ),
        "account": AccountAct.objects.annotate(
            moment=F("at"), source=Value("account"), key=F("id"), did=F("kind"),
            doer=F("by_id"), doer_name=F("by_name"), what=F("whom_name"), more=F("why"),
        ),
        "record": LogEntry.objects.exclude(content_type=kind).annotate(
            moment=F("action_time"), source=Value("record"), key=F("id"),
            did=Cast("action_flag", CharField(max_length=5)), doer=F("user_id"),
            doer_name=Coalesce(NullIf(whole, Value("")), "user__username"),
            what=F("object_repr"), more=F("change_message"),
        ),
    }  # fmt: skip


def _wanted(source: str, asked: Mapping[str, Any]) -> Q:
    """Return the condition for person and days; an account's line is about whom it was done to."""
    condition, person = Q(), asked.get("person")
    if person:
        condition &= Q(doer=person.pk) | (
            Q(whom=person.pk) if source == "account" else Q(pk__in=[])
        )
    if asked.get("first"):
        condition &= Q(moment__gte=_midnight(asked["first"]))
    if asked.get("last"):
        condition &= Q(moment__lt=_midnight(asked["last"] + timedelta(days=1)))
    return condition


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def line(row: Sequence[Any]) -> Line:
    """Return a row in words of the active language."""
    at, source, act, name, what, more, _key = row
    words = WORDS[source].get(act, act)
    told = LogEntry(change_message=more).get_change_message() if source == "record" else more
    return Line(at, name or _("Somebody"), str(words), what, told)


@require_safe
def who_did_what(request: HttpRequest) -> HttpResponse:
    """Show the log, narrowed as asked, a page at a time; `?format=csv`: as a file."""
    if not request.user.has_perm("accounts.view_accountact"):
        raise PermissionDenied
    form = Narrow(request.GET)
    rows = rows_for(request.user, form.cleaned_data if form.is_valid() else {})
    if request.GET.get("format") == "csv":
        return as_file(rows)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        **admin.site.each_context(request),
        "title": _("Who did what"),
        "form": form,
        "page": page,
        "lines": [line(row) for row in page],
        "kept": kept.urlencode(),
    }
    return render(request, "admin/who_did_what.html", context)


def as_file(rows: QuerySet[Any, Any]) -> HttpResponse:
    """Return the lines as a CSV file (RFC 4180), with the mark by which Excel knows UTF-8."""
    text = StringIO()
    write = csv.writer(text)
    write.writerow([_("When"), _("Who"), _("Act"), _("What"), _("More")])
    for row in rows[:FILE]:
        one = line(row)
        cells = (one.at.isoformat(timespec="seconds"), one.by, one.act, one.what, one.why)
        write.writerow([plain(cell) for cell in cells])
    return HttpResponse(
        f"\ufeff{text.getvalue()}",
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="who-did-what.csv"'},
    )


def plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) else cell
