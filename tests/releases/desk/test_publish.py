"""Publishing at the desk: now, at a time, again with a note; and taking back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from releases import workflow
from releases.content import Content
from tests.forms import form_in, page_of, words_of
from tests.make import make_approved, make_approved_again, make_edition, make_user
from tests.releases.desk.steps import LIST, address, buttons, press, said, signed_in

ERRORS = "//*[contains(@class, 'errorlist')]/li"
ON_SITE = "//a[contains(@class, 'viewsitelink')]/@href"


def test_publishing_now(publisher, stranger):
    release = make_approved(headline="Out it goes", slug="out-it-goes")
    client = signed_in(publisher)
    response = form_in(client.get(address(release, "publish"))).post(client, "Publish")
    assert said(response) == ["Public now at /releases/out-it-goes/"]
    edition = release.editions.get()
    assert edition.published_by == publisher
    assert stranger.get("/releases/out-it-goes/").status_code == 200


def test_publishing_at_a_time_of_the_press_office(publisher, stranger):
    release = make_approved(slug="later")
    client = signed_in(publisher)
    response = form_in(client.get(address(release, "publish"))).post(
        client, "Publish", {"when": "later", "at_0": "2099-07-01", "at_1": "10:00"}
    )
    assert said(response)[0].startswith(
        "Scheduled: public from Wed 1 Jul 2099, 10:00 New York · in "
    )
    # New York is four hours behind UTC in July.
    assert release.editions.get().public_from == datetime(2099, 7, 1, 14, tzinfo=UTC)
    assert stranger.get("/releases/later/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"at_0": "", "at_1": ""}, "Give a date and a time."),
        (
            {"at_0": "2020-07-01", "at_1": "10:00"},
            "This time has passed: give a later one, or choose “Now”.",
        ),
        ({"at_0": "someday", "at_1": "10:00"}, "Enter a valid date."),
    ],
)
def test_a_time_that_cannot_be_is_told_beside_it(publisher, typed, sentence):
    release = make_approved()
    client = signed_in(publisher)
    response = form_in(client.get(address(release, "publish"))).post(
        client, "Publish", {"when": "later", **typed}
    )
    assert words_of(response, ERRORS) == [sentence]
    assert form_in(response).values["when"] == "later"
    assert not release.editions.exists()


@pytest.mark.parametrize(
    ("day", "hour"), [("2099-03-08", "02:30"), ("2099-11-01", "01:30")], ids=["skipped", "doubled"]
)
def test_a_time_that_is_none_or_two_is_refused(publisher, day, hour):
    """On these days of 2099 the clocks of New York are put forward and back."""
    release = make_approved()
    client = signed_in(publisher)
    response = form_in(client.get(address(release, "publish"))).post(
        client, "Publish", {"when": "later", "at_0": day, "at_1": hour}
    )
    assert len(words_of(response, ERRORS)) == 1
    assert not release.editions.exists()


def test_which_of_two_times_is_asked_and_nothing_else_is_lost(publisher):
    """Each of the two is an answer; the one for another night is none."""
    for hour, which in ((5, "the first time, summer time, UTC−4"), (6, "the second time, sta")):
        release, client = make_approved(), signed_in(publisher)
        typed = {"when": "later", "at_0": "2099-11-01", "at_1": "01:30"}
        shown = form_in(client.get(address(release, "publish")))
        assert "at_3" not in shown.values
        response = shown.post(client, "Publish", typed)
        [question] = words_of(response, ERRORS)
        assert question == "01:30 comes twice in New York on Sun 1 Nov 2099. Which of the two?"
        assert any(one.startswith(which) for one in words_of(response, "//label"))
        asked = form_in(response)
        assert {**asked.values, **typed} == asked.values
        answer = f"2099-11-01T{hour:02}:30:00+00:00"
        wrong = asked.post(client, "Publish", {"at_3": answer.replace("2099", "2098")})
        assert words_of(wrong, ERRORS) == [question]
        asked.post(client, "Publish", {"at_3": answer})
        assert release.editions.get().public_from == datetime(2099, 11, 1, hour, 30, tzinfo=UTC)


def test_a_time_is_entered_by_the_clocks_of_another_zone(publisher):
    release, client = make_approved(), signed_in(publisher)
    page = client.get(address(release, "publish"))
    assert words_of(page, "//select[@name='at_2']/option") == [
        "New York", "UTC", "La Paz", "Madrid",
    ]  # fmt: skip
    typed = {"when": "later", "at_0": "2099-07-01", "at_1": "16:00", "at_2": "Europe/Madrid"}
    response = form_in(page).post(client, "Publish", typed)
    assert "Wed 1 Jul 2099, 10:00 New York" in said(response)[0]
    assert release.editions.get().public_from == datetime(2099, 7, 1, 14, tzinfo=UTC)


def test_a_time_left_in_the_field_does_not_hinder_publishing_now(publisher):
    release, client = make_approved(), signed_in(publisher)
    shown = form_in(client.get(address(release, "publish")))
    shown.post(client, "Publish", {"when": "now", "at_0": "2099-11-01", "at_1": "01:30"})
    assert release.editions.get().is_public(timezone.now())


def test_a_later_edition_says_why_and_tells_readers(publisher, stranger):
    edition = make_edition(headline="Ten crossings", slug="crossings")
    release = make_approved_again(edition, headline="Twelve crossings")
    client = signed_in(publisher)
    shown = form_in(client.get(address(release, "publish")))
    assert len(words_of(shown.post(client, "Publish"), ERRORS)) == 1
    told = words_of(shown.post(client, "Publish", {"reason": "correction"}), ERRORS)
    assert told == ["Write the public note that tells readers what changed."]

    shown.post(client, "Publish", {"reason": "correction", "note": "Two were missing."})
    page = stranger.get("/releases/crossings/").content.decode()
    assert "Twelve crossings" in page
    assert "Two were missing." in page
    assert list(release.editions.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_a_typing_error_needs_no_note(publisher):
    release = make_approved_again(make_edition(headline="Hedline"), headline="Headline")
    client = signed_in(publisher)
    form_in(client.get(address(release, "publish"))).post(client, "Publish", {"reason": "typo"})
    assert release.editions.count() == 2


def test_a_text_changed_meanwhile_is_not_published(publisher):
    release = make_approved()
    client = signed_in(publisher)
    shown = form_in(client.get(address(release, "publish")))
    writer = make_user("writer")
    workflow.save(release.pk, writer, release.version, Content(headline="Changed"))
    response = shown.post(client, "Publish")
    told = " ".join(words_of(response, "//*[contains(@class, 'errornote')]"))
    assert f"{writer.username} changed this release after you opened it." in told
    assert not release.editions.exists()


def test_a_scheduled_edition_is_taken_back(publisher):
    edition = make_edition(at=timezone.now() + timedelta(days=1), headline="Soon")
    client = signed_in(publisher)
    response = press(client, edition.release, "Take back the scheduled edition")
    assert said(response) == ["“Soon” is now: approved, not public."]
    assert not edition.release.editions.exists()
    assert "Publish…" in buttons(response)


def test_the_public_page_is_one_click_away_only_while_there_is_one(publisher):
    client = signed_in(publisher)
    draft = make_approved()
    scheduled = make_edition(at=timezone.now() + timedelta(days=1)).release
    public = make_edition(slug="in-public").release
    for release in (draft, scheduled):
        assert page_of(client.get(address(release))).xpath(ON_SITE) == []
    assert page_of(client.get(address(public))).xpath(ON_SITE) == ["/releases/in-public/"]


def test_the_list_says_what_readers_see(publisher):
    make_approved(headline="Still here")
    make_edition(headline="Out there")
    make_edition(at=datetime(2099, 7, 1, 14, tzinfo=UTC), headline="On its way")
    rows = words_of(signed_in(publisher).get(LIST), "//*[@id='result_list']/tbody/tr")
    assert len(rows) == 3
    [here] = [row for row in rows if "Still here" in row]
    [out] = [row for row in rows if "Out there" in row]
    [way] = [row for row in rows if "On its way" in row]
    assert "not public" in here
    assert "public" in out.replace("not public", "")
    assert "public from Wed 1 Jul 2099, 10:00 New York" in way
