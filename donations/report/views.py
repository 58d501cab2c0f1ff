"""The report at the desk: figures of appeals, as a page and as a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from donations.models import Appeal, Campaign, Count, Placement
from donations.report import figures
from donations.report.chart import chart, name
from donations.report.figures import Figures, largest, spread, summed, total
from donations.report.question import CompareForm, Question, ReportForm
from donations.report.sheet import lines
from releases import timekeeping
from releases.models import Edition, Release, Topic

#: How many releases are named; the others are one line.
RELEASES = 30


@dataclass(frozen=True)
class Line:
    """A line of a table: what it is about, its figures, and the address that asks for it alone."""

    name: str
    figures: Figures
    ask: str = ""
    language: str = ""


@dataclass(frozen=True)
class Table:
    """Figures by one thing, and what is to be known of them."""

    title: str
    lines: list[Line]
    note: str = ""


@require_safe
@never_cache
@permission_required("donations.view_count", raise_exception=True)
def report(request: HttpRequest) -> HttpResponse:
    """Show the figures that the address asks for."""
    by: User = request.user  # type: ignore[assignment]
    form = ReportForm(request.GET, by)
    question = form.question()
    context = {
        **admin.site.each_context(request),
        "title": _("Donation figures"),
        "form": form,
        # “question” is what stands in the desk’s search field.
        "asked": question,
        "opts": Count._meta,
        **(told(question, by, request.GET) if question else {}),
    }
    return render(request, "admin/donations/report.html", context)


@require_safe
@never_cache
@permission_required("donations.view_count", raise_exception=True)
def sheet(request: HttpRequest) -> StreamingHttpResponse:
    """Send the same figures as a sheet, line by line. Raises Http404 for what can't be answered."""
    by: User = request.user  # type: ignore[assignment]
    question = ReportForm(request.GET, by).question()
    if question is None:
        raise Http404
    answer = StreamingHttpResponse(lines(question, by), content_type="text/csv; charset=utf-8")
    file = f"donations-{question.since}-{question.until}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer


@require_safe
@never_cache
@permission_required("donations.view_count", raise_exception=True)
def comparison(request: HttpRequest) -> HttpResponse:
    """Show two appeals side by side, and say whether the difference is more than chance."""
    form = CompareForm(request.GET)
    context = {
        **admin.site.each_context(request),
        "title": _("Compare two appeals"),
        "form": form,
        "opts": Count._meta,
        "compared": form.compared(),
    }
    return render(request, "admin/donations/comparison.html", context)


def told(question: Question, by: User, asked: QueryDict) -> dict[str, Any]:
    """Return what the page says in answer to a question."""
    days = summed(question.rows(), "day")
    counted = figures.counted_days(question.since, question.until)
    bins = figures.bins(question.days, days, counted, timezone.localdate())
    return {
        "total": total(days.values()),
        "chart": chart(bins),
        "bins": [(name(one), one) for one in reversed(bins)],
        "by_week": len(bins) < len(question.days),
        "uncounted": len(question.days) - len(counted),
        "first_day": figures.first_day(),
        "tables": [one for one in tables(question, by, asked) if one.lines],
        "spans": spans(asked),
    }


def spans(asked: QueryDict) -> list[tuple[str, str]]:
    """Return the spans that are one click away, in words and as addresses."""
    today = timezone.localdate()
    words = [(7, _("7 days")), (30, _("30 days")), (90, _("90 days")), (365, _("12 months"))]
    return [
        (
            said,
            asking(asked, since=(today - timedelta(days - 1)).isoformat(), until=today.isoformat()),
        )
        for days, said in words
    ]


def asking(asked: QueryDict, **changed: Any) -> str:
    """Return the query of an address that asks for the same, but for what is changed."""
    query = asked.copy()
    for column, value in changed.items():
        query[column] = str(value)
    return f"?{query.urlencode()}"


def tables(question: Question, by: User, asked: QueryDict) -> list[Table]:
    """Return the figures by appeal, release, topic, placement and language."""
    rows = question.rows()
    releases, appeals = summed(rows, "release"), summed(rows, "appeal")
    names = {one.pk: str(one) for one in Appeal.objects.filter(pk__in=appeals)}
    placements, languages = dict(Placement.choices), dict(settings.LANGUAGES)
    campaigns = summed(rows, "appeal__campaign")
    drives = {one.pk: str(one) for one in Campaign.objects.filter(pk__in=campaigns)}
    return [
        Table(_("By campaign"), _lines(campaigns, drives, asked, "campaign")),
        Table(_("By appeal"), _lines(appeals, names, asked, "appeal")),
        _of_releases(releases, by, asked),
        _of_topics(releases, asked),
        Table(_("By placement"), _lines(summed(rows, "placement"), placements, asked, "placement")),
        Table(_("By language"), _lines(summed(rows, "language"), languages, asked, "language")),
    ]


def _lines(
    sums: dict[Any, Figures], names: Mapping[Any, Any], asked: QueryDict, column: str
) -> list[Line]:
    return [
        Line(str(names[key]), one, asking(asked, **{column: key})) for key, one in largest(sums)
    ]


def _of_releases(sums: dict[Any, Figures], by: User, asked: QueryDict) -> Table:
    """Name the releases with the most clicks that `by` may see; all else is one line."""
    first = largest({key: one for key, one in sums.items() if key})[: 10 * RELEASES]
    keys = [key for key, _figures in first]
    seen = {one.pk: one for one in Release.objects.visible_to(by).filter(pk__in=keys).defer("body")}
    named = {key: one for key, one in first if key in seen}
    shown = dict(list(named.items())[:RELEASES])
    found = [
        Line(str(seen[key]), one, asking(asked, release=key), seen[key].language)
        for key, one in shown.items()
    ]
    rest = [one for key, one in sums.items() if key not in shown]
    if not rest:
        return Table(_("By release"), found)
    note = _("“All else” is what belongs to no release (topic pages, mail) or is not named here.")
    return Table(_("By release"), [*found, Line(_("All else"), total(rest))], note)


def _of_topics(sums: dict[Any, Figures], asked: QueryDict) -> Table:
    """Add up the releases of each topic, as their public editions name it now."""
    public = Edition.objects.public(timekeeping.now())
    public = public.filter(release__in=sums, topics__isnull=False)
    topics = spread(sums, public.values_list("release", "topics"))
    names = {one.pk: one.name for one in Topic.objects.filter(pk__in=topics)}
    note = _("A release counts for each of its topics, so these don’t add up to the whole.")
    return Table(_("By topic"), _lines(topics, names, asked, "topic"), note)
