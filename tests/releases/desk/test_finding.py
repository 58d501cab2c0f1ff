"""At the desk: pinning, a place in a series, dates to come."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from releases import workflow
from releases.models import Act, Event, Pin, Release
from tests.forms import form_in, words_of
from tests.make import make_edition, make_event, make_release, make_series, make_user
from tests.releases.desk.steps import address, said, signed_in

pytestmark = pytest.mark.django_db
FINDING = "//section[@aria-labelledby='finding']/p"
EVENTS = "/desk/releases/event/"


@pytest.fixture
def public() -> Release:
    return Release.objects.get(pk=make_edition(headline="A vote").release_id)


def test_a_publisher_pins_and_unpins_and_the_log_says_so(public, publisher, stranger):
    make_edition(headline="Newer")
    client = signed_in(publisher)
    page = client.get(address(public))
    assert words_of(page, FINDING)[0] == "Not pinned to the front page."
    form = form_in(client.get(address(public, "pin")))
    page = form.post(client, "Pin to the front page", {"when": "open"})
    assert words_of(page, FINDING)[0] == "Pinned to the front page until somebody takes it off."
    focus = "//section[@aria-labelledby='pinned']//h3"
    assert words_of(stranger.get("/"), focus) == ["A vote"]
    page = form_in(page, "unpin").post(client, "Unpin")
    assert words_of(page, FINDING)[0] == "Not pinned to the front page."
    assert words_of(stranger.get("/"), focus) == []
    acts = Act.objects.filter(release=public, by=publisher).order_by("pk")
    assert [act.action for act in acts] == ["pin", "unpin"]
    assert Pin.objects.count() == 1


def test_the_desk_says_what_stands_in_focus_now(publisher, stranger):
    days = [date(2024, 1, 1 + n) for n in range(5)]
    pinned = [make_edition(headline=f"No. {n}", dated=day) for n, day in enumerate(days)][:4]
    for edition in pinned:
        release = Release.objects.get(pk=edition.release_id)
        workflow.pin(release.pk, publisher, release.version)
    page = signed_in(publisher).get(address(release, "pin"))
    shown = ["No. 3", "No. 2", "No. 1"]
    assert words_of(page, "//main//ul/li/a[@lang]") == shown
    assert words_of(stranger.get("/"), "//section[@aria-labelledby='pinned']//h3") == shown
    assert "Of more than 3 those pinned last are shown." in page.content.decode()


def test_a_pin_may_end_by_itself_but_not_in_the_past(public, publisher):
    client = signed_in(publisher)
    form = form_in(client.get(address(public, "pin")))
    past = {"when": "until", "at_0": "2020-01-01", "at_1": "10:00"}
    page = form.post(client, "Pin to the front page", past)
    assert "Give a date and a time that are still to come." in page.content.decode()
    assert not Pin.objects.exists()
    day = f"{timezone.localdate() + timedelta(days=9)}"
    page = form.post(client, "Pin to the front page", {**past, "at_0": day})
    assert words_of(page, FINDING)[0].startswith("Pinned to the front page until ")
    assert timezone.localtime(Pin.objects.get().until).hour == 10
    assert public.acts.get(action="pin").why.startswith("Until ")


def test_a_second_pin_takes_the_place_of_the_first(public, publisher):
    public = workflow.pin(public.pk, publisher, public.version)
    until = timezone.now() + timedelta(days=1)
    workflow.pin(public.pk, publisher, public.version, until)
    assert Pin.objects.standing(timezone.now()).get().until == until
    assert Pin.objects.count() == 2


def test_only_publishers_pin_and_only_what_readers_get_to_see(public, editor, publisher):
    with pytest.raises(workflow.Refused, match="no right"):
        workflow.pin(public.pk, editor, public.version)
    draft = make_release()
    with pytest.raises(workflow.Refused, match="can be pinned"):
        workflow.pin(draft.pk, publisher, draft.version)
    with pytest.raises(workflow.Refused, match="is not pinned"):
        workflow.unpin(public.pk, publisher, public.version)


def test_an_editor_places_releases_and_puts_them_in_order(public, editor, stranger):
    other = Release.objects.get(pk=make_edition(headline="B count").release_id)
    series, client = make_series("The votes"), signed_in(editor)
    for release in (public, other):
        form = form_in(client.get(address(release, "place")))
        page = form.post(client, "Place in a series", {"series": str(series.pk)})
    assert words_of(page, FINDING)[-2] == "“The votes”, place 2"
    form = form_in(client.get(f"/desk/releases/series/{series.pk}/change/"), "series_form")
    form.post(client, "Save", {"places-0-position": "5"})
    titles = words_of(stranger.get(series.get_absolute_url()), "//h3")
    assert titles == ["B count", "A vote"]
    told = [act.why for act in public.acts.filter(action="place").order_by("pk")]
    assert told == ["“The votes”, place 1.", "“The votes”, place 5."]
    form = form_in(client.get(address(public, "place")))
    page = form.post(client, "Place in a series", {"series": ""})
    assert "In no series." in words_of(page, FINDING)
    assert words_of(stranger.get(series.get_absolute_url()), "//h3") == ["B count"]


def test_a_series_says_nothing_of_what_is_restricted(public, editor, writer, publisher):
    hidden = make_release(writer, headline="The merger")
    series = make_series("", public, hidden)
    hidden = workflow.restrict(hidden.pk, writer, hidden.version, [writer])
    client = signed_in(editor)
    change = f"/desk/releases/series/{series.pk}/change/"
    page = client.get(change)
    assert "A vote" in page.content.decode()
    assert "The merger" not in page.content.decode()
    form_in(page, "series_form").post(client, "Save", {"places-0-position": "9"})
    assert list(series.places.values_list("release", "position")) == [
        (hidden.pk, 2),
        (public.pk, 9),
    ]
    assert workflow.reorder(series, editor, {hidden.pk: 7}) == []
    history = client.get(f"/desk/releases/series/{series.pk}/history/")
    assert "The merger" not in history.content.decode()


# --- Dates to come -------------------------------------------------------------------------------


def coming(stranger) -> list[str]:
    return words_of(stranger.get("/coming/"), "//h3")


def test_a_writer_prepares_a_date_and_a_publisher_shows_it(writer, publisher, stranger):
    client = signed_in(writer)
    form = form_in(client.get(f"{EVENTS}add/"), "event_form")
    assert "Save and show to readers" not in form.buttons
    day = str(timezone.localdate() + timedelta(days=5))
    form.post(client, "Save", {"title": "The hearing", "day": day, "state": "confirmed"})
    event = Event.objects.get()
    assert coming(stranger) == []
    client = signed_in(publisher)
    change = f"{EVENTS}{event.pk}/change/"
    page = form_in(client.get(change), "event_form").post(client, "Save and show to readers")
    assert said(page) == ["Readers see “The hearing” now."]
    assert coming(stranger) == ["The hearing"]
    assert "shown to readers" in LogEntry.objects.latest("pk").get_change_message()
    assert "event_form" in page.content.decode()
    locked = signed_in(writer).get(change)
    assert words_of(locked, "//input[@name='title']") == []
    form_in(page, "event_form").post(client, "Don’t show it any more")
    assert coming(stranger) == []


def moved(client, event: Event, **changed):
    form = form_in(client.get(f"{EVENTS}{event.pk}/change/"), "event_form")
    return form.post(client, "Save", changed)


def test_a_date_that_readers_know_is_moved_with_a_reason(publisher, stranger):
    event, client = make_event(), signed_in(publisher)
    former, day = event.day, str(event.day + timedelta(days=1))
    page = moved(client, event, day=day)
    assert "Readers know another date" in page.content.decode()
    page = moved(client, event, day=day, state="moved")
    assert "Say why it is moved or cancelled" in page.content.decode()
    moved(client, event, day=day, state="moved", reason="She is ill.")
    event.refresh_from_db()
    assert (event.former_day, event.sequence) == (former, 1)
    said = " ".join(words_of(stranger.get("/coming/"), "//li[contains(@class, 'event')]"))
    assert "Moved: She is ill." in said
    assert f"before: {former:%B} {former.day}, {former.year}" in said


def test_a_date_that_nobody_knows_moves_without_a_word(publisher):
    event = make_event(shown_from=None)
    moved(signed_in(publisher), event, day=str(event.day + timedelta(days=1)))
    former = event.day
    event.refresh_from_db()
    assert (event.day, event.former_day) == (former + timedelta(days=1), None)


def test_an_hour_that_no_clock_or_two_show_is_refused(publisher):
    client = signed_in(publisher)
    for day, hour in (("2031-03-09", "02:30"), ("2031-11-02", "01:30")):
        page = moved(client, make_event(shown_from=None), day=day, hour=hour)
        assert "the clocks skip this time or show it twice" in page.content.decode(), day


def test_nobody_without_the_right_shows_one(writer, stranger):
    event, client = make_event(shown_from=None), signed_in(writer)
    form = form_in(client.get(f"{EVENTS}{event.pk}/change/"), "event_form")
    form.buttons["Show"] = ("_show", "")
    form.post(client, "Show")
    assert coming(stranger) == []
    assert make_user("writer").has_perm("releases.change_event")
