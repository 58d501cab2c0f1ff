"""The figures as a sheet (CSV, RFC 4180), by day, appeal, release, placement and language."""

import csv
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Case, F, Q, Sum, Value, When
from django.utils.translation import gettext as _

from donations.models import Placement
from donations.report.question import Question
from releases.models.release import visible_to

#: What spreadsheets take for the beginning of a formula (OWASP, CSV Injection), wide forms too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: By this, Excel knows that a file is UTF-8.
MARK = "\ufeff"


class Line:
    """What csv writes to: hands back what it is given."""

    def write(self, text: str) -> str:
        """Return the line."""
        return text


def cell(value: Any) -> Any:
    """Return a value that no spreadsheet runs: a would-be formula begins with an apostrophe."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(FORMULA):
        return f"'{value}"
    return value


def lines(question: Question, by: User) -> Iterator[str]:
    """Return the sheet line by line; what `by` may not see is summed without a name."""
    writer = csv.writer(Line())
    placements, languages = dict(Placement.choices), dict(settings.LANGUAGES)
    yield MARK + writer.writerow(head())
    for day, campaign, appeal, _key, headline, slug, placement, language, *numbers in _rows(
        question, by
    ):
        row = [
            day.isoformat(),
            campaign,
            appeal,
            headline,
            slug,
            placements[placement],
            languages[language],
        ]
        yield writer.writerow([cell(one) for one in [*row, *numbers]])


def head() -> list[str]:
    """Return the names of the columns."""
    return [
        _("Day"), _("Campaign"), _("Appeal"), _("Release"), _("Address of the release"),
        _("Placement"), _("Language"), _("Clicks by people"), _("Fetches by machines"), _("Views"),
    ]  # fmt: skip


def _rows(question: Question, by: User) -> Iterator[tuple[Any, ...]]:
    """Return the sums; all releases that are not for `by` are one, which has no name."""
    seen: Q = visible_to(by, "release")

    def if_seen(column: str, otherwise: Any) -> Case:
        return Case(When(seen, then=F(column)), default=Value(otherwise))

    named = question.rows().annotate(
        shown=if_seen("release", None),
        headline=if_seen("release__headline", ""),
        slug=if_seen("release__slug", ""),
    )
    names = [
        "day",
        "appeal__campaign__name",
        "appeal__name",
        "shown",
        "headline",
        "slug",
        "placement",
        "language",
    ]
    sums = named.values_list(*names).annotate(Sum("people"), Sum("machines"), Sum("views"))
    return sums.order_by(*names).iterator()
