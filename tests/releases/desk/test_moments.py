"""A moment is entered by the clocks of a zone: the odd nights of the year, as a truth table."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from releases.desk.moments import MomentField, gap, readings, resolve

NEW_YORK, LA_PAZ, MADRID = "America/New_York", "America/La_Paz", "Europe/Madrid"
LORD_HOWE, APIA, DUBLIN = "Australia/Lord_Howe", "Pacific/Apia", "Europe/Dublin"

#: Zone, what its clocks show, and the moments in UTC at which they show it.
READINGS = [
    # New York, spring: 2:00 is followed by 3:00.
    (NEW_YORK, "2026-03-08T01:59:59", ["2026-03-08T06:59:59"]),
    (NEW_YORK, "2026-03-08T02:00", []),
    (NEW_YORK, "2026-03-08T02:59:59", []),
    (NEW_YORK, "2026-03-08T03:00", ["2026-03-08T07:00"]),
    # New York, autumn: 2:00 is followed by 1:00.
    (NEW_YORK, "2026-11-01T00:59:59", ["2026-11-01T04:59:59"]),
    (NEW_YORK, "2026-11-01T01:00", ["2026-11-01T05:00", "2026-11-01T06:00"]),
    (NEW_YORK, "2026-11-01T01:59:59", ["2026-11-01T05:59:59", "2026-11-01T06:59:59"]),
    (NEW_YORK, "2026-11-01T02:00", ["2026-11-01T07:00"]),
    # Madrid has other nights and other hours.
    (MADRID, "2026-03-29T01:59:59", ["2026-03-29T00:59:59"]),
    (MADRID, "2026-03-29T02:30", []),
    (MADRID, "2026-03-29T03:00", ["2026-03-29T01:00"]),
    (MADRID, "2026-10-25T01:59:59", ["2026-10-24T23:59:59"]),
    (MADRID, "2026-10-25T02:30", ["2026-10-25T00:30", "2026-10-25T01:30"]),
    (MADRID, "2026-10-25T03:00", ["2026-10-25T02:00"]),
    (MADRID, "2026-03-08T02:30", ["2026-03-08T01:30"]),
    (MADRID, "2026-11-01T01:30", ["2026-11-01T00:30"]),
    # La Paz and UTC have no odd night.
    (LA_PAZ, "2026-03-08T02:30", ["2026-03-08T06:30"]),
    (LA_PAZ, "2026-11-01T01:30", ["2026-11-01T05:30"]),
    ("UTC", "2026-03-29T02:30", ["2026-03-29T02:30"]),
    ("UTC", "2026-10-25T02:30", ["2026-10-25T02:30"]),
    # Half an hour, and a whole day that never was.
    (LORD_HOWE, "2026-04-05T01:45", ["2026-04-04T14:45", "2026-04-04T15:15"]),
    (LORD_HOWE, "2026-10-04T02:15", []),
    (APIA, "2011-12-30T12:00", []),
]


def wall(text: str) -> datetime:
    """A time as clocks show it, of no zone."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(("zone", "shown", "moments"), READINGS)
def test_at_which_moments_clocks_show_a_time(zone, shown, moments):
    expected = [datetime.fromisoformat(f"{moment}+00:00") for moment in moments]
    assert readings(wall(shown), ZoneInfo(zone)) == expected


@pytest.mark.parametrize(("zone", "shown", "moments"), READINGS)
def test_one_moment_is_taken_and_nothing_is_guessed(zone, shown, moments):
    if len(moments) == 1:
        assert resolve(wall(shown), ZoneInfo(zone)).isoformat().startswith(moments[0])
        return
    with pytest.raises(ValidationError) as refused:
        resolve(wall(shown), ZoneInfo(zone))
    assert refused.value.code == ("doubled" if moments else "skipped")
    for moment in moments:
        answer = datetime.fromisoformat(f"{moment}+00:00").isoformat()
        assert resolve(wall(shown), ZoneInfo(zone), answer).isoformat() == answer


@pytest.mark.parametrize(
    ("zone", "shown", "before", "after"),
    [
        (NEW_YORK, "2026-03-08T02:00", "2026-03-08T02:00", "2026-03-08T03:00"),
        (NEW_YORK, "2026-03-08T02:59:59", "2026-03-08T02:00", "2026-03-08T03:00"),
        (MADRID, "2026-03-29T02:30", "2026-03-29T02:00", "2026-03-29T03:00"),
        (LORD_HOWE, "2026-10-04T02:15", "2026-10-04T02:00", "2026-10-04T02:30"),
        (APIA, "2011-12-30T12:00", "2011-12-30T00:00", "2011-12-31T00:00"),
    ],
)
def test_the_two_times_around_a_gap(zone, shown, before, after):
    assert gap(wall(shown), ZoneInfo(zone)) == (wall(before), wall(after))


@pytest.mark.parametrize("answer", ["", "first", "2026-11-01T01:30", "2026-11-01T07:30:00+00:00"])
def test_an_answer_that_names_neither_is_none(answer):
    with pytest.raises(ValidationError, match="Which of the two"):
        resolve(wall("2026-11-01T01:30"), ZoneInfo(NEW_YORK), answer)


# --- The field, as a form has it ------------------------------------------------------------------


class Form(forms.Form):
    at = MomentField(required=False)


class Demanding(forms.Form):
    at = MomentField()


def typed(day: str = "", hour: str = "", zone: str = NEW_YORK, **answer: str) -> dict[str, str]:
    return {"at_0": day, "at_1": hour, "at_2": zone, **answer}


def shown(form: forms.Form) -> dict[str, str]:
    """What the field shows and would send; of a question, the answer that is chosen."""
    field = html.fromstring(f"<form>{form['at']}</form>")
    return {name: value for name, value in field.form_values() if value}


def offered(form: forms.Form) -> list[tuple[str, str]]:
    """The answers that the field offers: what is sent, and the words."""
    field = html.fromstring(f"<form>{form['at']}</form>")
    return [
        (one.getparent().text_content().strip(), one.get("value"))
        for one in field.xpath(".//input[@type='radio']")
    ]


def test_a_moment_is_in_utc():
    for zone, hour in ((NEW_YORK, 14), ("UTC", 10), (LA_PAZ, 14), (MADRID, 8)):
        form = Form(typed("2026-07-07", "10:00", zone))
        assert form.is_valid()
        assert form.cleaned_data["at"] == datetime(2026, 7, 7, hour, tzinfo=UTC)
        assert form.cleaned_data["at"].tzinfo == UTC


def test_left_empty_it_is_none_unless_it_must_not_be():
    assert Form(typed()).is_valid()
    assert Form({}).is_valid()
    assert Form(typed()).fields["at"].clean(["", "", NEW_YORK, ""]) is None
    assert not Demanding(typed()).is_valid()
    assert not Demanding({}).is_valid()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (typed("2026-07-07"), "Give a date and a time."),
        (typed("", "10:00"), "Give a date and a time."),
        (typed("someday", "10:00"), "Enter a valid date."),
        (typed("2026-07-07", "late"), "Enter a valid time."),
        (typed("0001-01-01", "00:00"), "Enter a valid date."),
        (typed("9999-12-31", "23:59"), "Enter a valid date."),
        (typed("2026-07-07", "10:00", "Mars/Olympus"), "Select a valid choice. Mars/Olympus is not "
         "one of the available choices."),
        (typed("2026-03-08", "02:30"), "There is no 02:30 in New York on Sun 8 Mar 2026: at 02:00 "
         "the clocks are put forward to 03:00."),
        (typed("2026-10-25", "02:30", MADRID), "02:30 comes twice in Madrid on Sun 25 Oct 2026. "
         "Which of the two?"),
    ],
)  # fmt: skip
def test_what_is_no_moment_is_told_and_kept(values, said):
    form = Form(values)
    assert form.errors["at"] == [said]
    asked = {name: value for name, value in shown(form).items() if name != "at_3"}
    kept = {name: value for name, value in values.items() if value and value != "Mars/Olympus"}
    assert asked == {"at_2": NEW_YORK, **kept}


def test_which_of_two_is_asked_in_words():
    assert offered(Form(typed("2026-11-01", "01:30"))) == [
        ("the first time, summer time, UTC−4", "2026-11-01T05:30:00+00:00"),
        ("the second time, standard time, UTC−5", "2026-11-01T06:30:00+00:00"),
    ]
    assert [words for words, _ in offered(Form(typed("2026-10-25", "02:30", MADRID)))] == [
        "the first time, summer time, UTC+2",
        "the second time, standard time, UTC+1",
    ]


def test_the_question_stands_only_where_there_is_one():
    for values in (typed(), typed("2026-11-01", "02:30"), typed("2026-03-08", "02:30")):
        assert offered(Form(values)) == []
    assert offered(Form()) == []
    assert offered(Form(typed("2026-11-01", "01:30", LA_PAZ))) == []


def test_an_offset_of_half_an_hour_is_whole(settings):
    settings.READER_ZONES = [LORD_HOWE, DUBLIN]
    assert [words for words, _ in offered(Form(typed("2026-04-05", "01:45", LORD_HOWE)))] == [
        "the first time, summer time, UTC+11",
        "the second time, standard time, UTC+10:30",
    ]
    # What Dublin's law calls standard time is what everybody calls summer time.
    assert offered(Form(typed("2026-10-25", "01:30", DUBLIN)))[0][0].endswith("summer time, UTC+1")


def test_the_offices_zone_stands_first_and_once(settings):
    settings.READER_ZONES = ["UTC", NEW_YORK, LA_PAZ]
    field = html.fromstring(f"<form>{Form()['at']}</form>")
    names = [option.get("value") for option in field.xpath(".//option")]
    assert names == [NEW_YORK, "UTC", LA_PAZ]
    assert shown(Form()) == {"at_2": NEW_YORK}


ODD_NIGHTS = [
    datetime(2026, 3, 8, 5, tzinfo=UTC),
    datetime(2026, 11, 1, 4, tzinfo=UTC),
    datetime(2026, 3, 28, 23, tzinfo=UTC),
    datetime(2026, 10, 24, 23, tzinfo=UTC),
]
moments = st.one_of(
    st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.builds(
        lambda night, seconds: night + timedelta(seconds=seconds),
        st.sampled_from(ODD_NIGHTS),
        st.integers(0, 4 * 3600),
    ),
).map(lambda at: at.replace(microsecond=0))


@given(at=moments)
@example(at=datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
@example(at=datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
def test_a_moment_that_is_shown_and_sent_back_is_the_same(at):
    form = Demanding(shown(Demanding(initial={"at": at})))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == at


@given(at=moments, zone=st.sampled_from([NEW_YORK, LA_PAZ, MADRID, "UTC", LORD_HOWE, DUBLIN]))
def test_a_moment_is_among_those_that_its_own_clocks_tell(at, zone):
    there = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert at in readings(there, ZoneInfo(zone))
    assert resolve(there, ZoneInfo(zone), at.isoformat()) == at


@given(shown=st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001
def test_times_around_a_gap_are_times(shown):
    """What no moment shows lies between two times that one moment shows, or would."""
    zone = ZoneInfo(NEW_YORK)
    if not readings(shown, zone):
        before, after = gap(shown, zone)
        assert before <= shown < after
        assert readings(before - timedelta(seconds=1), zone)
        assert readings(after, zone)
