"""The roster at the desk: spans that never overlap, by the press office's clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from contacts.models import Duty
from tests.forms import form_in, words_of
from tests.make import make_contact, make_duty
from tests.releases.desk.steps import signed_in

pytestmark = pytest.mark.django_db
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADD, LIST = "/desk/contacts/duty/add/", "/desk/contacts/duty/"


def entered(client, **values):
    """Fill in the form for a new span as it was shown, and save it."""
    return form_in(client.get(ADD), "duty_form").post(client, "Save", values)


def errors(response) -> list[str]:
    return words_of(response, "//ul[contains(@class, 'errorlist')]/li")


def test_an_editor_enters_a_span_by_the_office_s_clock(editor):
    person, client = make_contact("Ana"), signed_in(editor)
    response = entered(
        client, contact=person.pk, starts_at="2031-05-06T08:00", ends_at="2031-05-07T08:00"
    )
    assert errors(response) == []
    [duty] = Duty.objects.all()
    # New York is four hours behind in May.
    assert (duty.starts_at, duty.ends_at) == (NOON, NOON + 24 * HOUR)
    shown = signed_in(editor).get(LIST).content.decode()
    assert "Ana" in shown
    assert "all languages" in shown
    form = form_in(client.get(f"{LIST}{duty.pk}/change/"), "duty_form")
    assert form.values["starts_at"] == "2031-05-06T08:00"


@pytest.mark.parametrize(
    ("starts", "ends", "language", "taken"),
    [
        ("2031-05-06T08:30", "2031-05-06T08:45", "", True),
        ("2031-05-06T07:00", "2031-05-06T10:00", "", True),
        ("2031-05-06T09:00", "2031-05-06T10:00", "", False),
        ("2031-05-06T07:00", "2031-05-06T08:00", "", False),
        ("2031-05-06T08:30", "2031-05-06T08:45", "es", False),
    ],
)
def test_nobody_is_on_call_beside_another_for_the_same(editor, starts, ends, language, taken):
    make_duty(make_contact("Ana"), NOON, NOON + HOUR)
    ben = make_contact("Ben")
    values = {"contact": ben.pk, "starts_at": starts, "ends_at": ends, "language": language}
    said = errors(entered(signed_in(editor), **values))
    assert Duty.objects.filter(contact=ben).exists() is not taken
    assert any("Ana (all languages) is on call then already" in one for one in said) is taken


def test_a_span_may_be_changed_within_its_own_time(editor):
    duty, client = make_duty(make_contact(), NOON, NOON + HOUR), signed_in(editor)
    form = form_in(client.get(f"{LIST}{duty.pk}/change/"), "duty_form")
    form.post(client, "Save", {"ends_at": "2031-05-06T08:30"})
    duty.refresh_from_db()
    assert duty.ends_at == NOON + HOUR / 2


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("2031-05-06T09:00", "2031-05-06T08:00", "ends before it starts"),
        ("2031-03-09T02:30", "2031-03-09T08:00", "interpreted in time zone"),
    ],
)
def test_no_span_runs_backwards_or_begins_in_an_hour_that_is_none(editor, starts, ends, said):
    person = make_contact()
    response = entered(signed_in(editor), contact=person.pk, starts_at=starts, ends_at=ends)
    assert any(said in one for one in errors(response))
    assert not Duty.objects.exists()


def test_who_has_left_is_not_offered(editor):
    make_contact("Ana", active=False)
    make_contact("Ben")
    offered = words_of(signed_in(editor).get(ADD), "//select[@name='contact']/option")
    assert "Ben" in offered
    assert "Ana" not in offered


# --- What the database itself refuses ------------------------------------------------------------


@pytest.fixture
def duty() -> Duty:
    return make_duty(make_contact(), NOON, NOON + HOUR, "es")


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    ("begin", "end", "language", "no"),
    [
        (-HOUR, HOUR / 2, "es", True),
        (HOUR / 2, 2 * HOUR, "es", True),
        (HOUR / 4, HOUR / 2, "es", True),
        (-HOUR, 2 * HOUR, "es", True),
        (HOUR, 2 * HOUR, "es", False),
        (-HOUR, 0 * HOUR, "es", False),
        (HOUR / 4, HOUR / 2, "pt-br", False),
        (HOUR / 4, HOUR / 2, "", False),
        (2 * HOUR, HOUR, "", True),
    ],
)
def test_the_database_keeps_spans_apart(duty, begin, end, language, no):
    person = make_contact()
    assert refused(lambda: make_duty(person, NOON + begin, NOON + end, language)) is no


def test_no_overlap_by_moving_an_end_or_a_language(duty):
    later = make_duty(make_contact(), NOON + HOUR, NOON + 2 * HOUR, "es")
    other = make_duty(make_contact(), NOON, NOON + HOUR, "en")
    mine = Duty.objects.filter(pk=later.pk)
    assert refused(lambda: mine.update(starts_at=NOON + HOUR / 2))
    assert not refused(lambda: mine.update(starts_at=NOON + 1.5 * HOUR))
    assert refused(lambda: Duty.objects.filter(pk=other.pk).update(language="es"))
