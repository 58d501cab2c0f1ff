"""The demo's figures are what could have been counted: the report has something to show of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cepr_press.demo.load import load
from donations.choice import chosen, fitting
from donations.models import Appeal, Count
from donations.report.comparison import compare
from releases.models import Edition
from tests.make import make_user


@pytest.mark.django_db
def test_figures_follow_from_who_stands_where():
    load(make_user("publisher"))
    now = timezone.now()
    today = timezone.localdate()
    assert set(Count.objects.values_list("language", flat=True)) == {"en", "es", "pt-br"}
    last_week = Count.objects.filter(day__gte=today - timedelta(days=7))
    counted = {(one.release_id, one.appeal_id) for one in last_week}
    at = now - timedelta(days=7)
    assert counted == {
        (edition.release_id, appeal.pk)
        for edition in Edition.objects.public(at)
        for appeal in chosen(
            fitting(edition, at, edition.topics.values_list("pk", flat=True)),
            f"release {edition.release_id}",
        ).values()
    }
    first, second = (
        Appeal.objects.get(name=name)
        for name in ("support-cepr-english", "support-cepr-the-reporters-call")
    )
    # The lot follows from the keys, and they from what else was in this database: that there is
    # enough on both sides is asked in the browser, of a demo that was loaded once.
    compared = compare(first, second, today - timedelta(days=60), today)
    assert compared.by_views
    assert compared.better.appeal == second
