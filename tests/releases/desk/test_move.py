"""Moving and lifting an embargo at the desk, and publishing while an edition waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from releases import sharing
from releases.models import Edition
from tests.forms import form_in, page_of, words_of
from tests.make import make_approved_again, make_edition, make_next_edition, make_topic, make_user
from tests.releases.desk.steps import LIST, address, press, said, signed_in
from tests.releases.desk.test_hostile import HOSTILE, check

MOVE = "Move or lift the embargo"
ERRORS = "//*[contains(@class, 'errorlist')]/li"
JULY = datetime(2099, 7, 1, 14, tzinfo=UTC)
WHY = {"why": "The ministry asked."}


@pytest.fixture
def waiting(db) -> Edition:
    return make_edition(JULY, headline="Quiet Words", slug="quiet", language="es")


@pytest.fixture
def client(publisher):
    return signed_in(publisher)


def shown(client, edition: Edition, page: str = "move"):
    return client.get(address(edition.release, page))


def words(response) -> str:
    return " ".join(words_of(response, "//*[@class='what']"))


def test_the_form_holds_the_moment_that_there_is(client, waiting):
    values = form_in(shown(client, waiting)).values
    assert (values["at_0"], values["at_1"], values["at_2"], values["when"]) == (
        "2099-07-01", "10:00", "America/New_York", "later",
    )  # fmt: skip


def test_a_move_is_told_with_both_clocks(client, waiting, stranger):
    typed = {"at_0": "2099-07-02", "at_1": "16:30", "at_2": "Europe/Madrid", **WHY}
    response = form_in(shown(client, waiting)).post(client, MOVE, typed)
    assert said(response)[0].startswith(
        "Scheduled: public from Thu 2 Jul 2099, 10:30 New York · in "
    )
    assert "14:30 UTC, 10:30 La Paz, 16:30 Madrid" in said(response)[0]
    edition = Edition.objects.get()
    assert edition.public_from == JULY + timedelta(days=1, minutes=30)
    assert stranger.get(edition.get_absolute_url()).status_code == 404
    assert "The ministry asked." in words_of(response, "//*[@class='why']")[0]


def test_a_lift_is_public_at_once(client, waiting, stranger):
    response = form_in(shown(client, waiting)).post(client, MOVE, {"when": "now", **WHY})
    assert said(response) == ["Public now at /es/releases/quiet/"]
    assert stranger.get("/es/releases/quiet/").status_code == 200


def test_the_page_says_what_will_happen_to_whom(client, waiting, publisher):
    topics = (make_topic("Bolivia").pk, make_topic("Trade").pk)
    edition = make_edition(JULY, headline="Quiet Words", topics=topics, language="es")
    for name in ("Jo", "Ana", "Lee"):
        sharing.make_link(edition.release, publisher, name)
    sharing.revoke(edition.release, publisher, [edition.release.share_links.first().pk])
    told = words(shown(client, edition))
    assert "“Quiet Words” (edition 1)" in told
    assert "public from Wed 1 Jul 2099, 10:00 New York · in " in told
    assert "14:00 UTC, 10:00 La Paz, 16:00 Madrid" in told
    assert "it is public in Spanish" in told
    assert "Bolivia, Trade" in told
    assert "2 share links then redirect to the page." in told
    # The other release has none to speak of.
    assert "share links then" not in words(shown(client, waiting))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"why": ""}, "This field is required."),
        ({"at_0": ""}, "Give a date and a time."),
        (
            {"at_0": "2020-01-01"},
            "This time has passed: give a later one, or choose “Now”.",
        ),
        (
            {"at_0": "2099-03-08", "at_1": "02:30"},
            "There is no 02:30 in New York on Sun 8 Mar 2099: at 02:00 the clocks are put forward "
            "to 03:00.",
        ),
        ({}, "The edition waits for this very moment already."),
    ],
)
def test_what_is_refused_is_told_and_nothing_typed_is_lost(client, waiting, typed, error):
    values = {"at_0": "2099-07-01", **WHY, **typed}
    response = form_in(shown(client, waiting)).post(client, MOVE, values)
    assert words_of(response, ERRORS) == [error]
    assert {**form_in(response).values, **values} == form_in(response).values
    assert Edition.objects.get().public_from == JULY


def test_a_doubled_hour_is_asked_about(client, waiting):
    values = {"at_0": "2099-11-01", "at_1": "01:30", **WHY}
    asked = form_in(form_in(shown(client, waiting)).post(client, MOVE, values))
    asked.post(client, MOVE, {"at_3": "2099-11-01T06:30:00+00:00"})
    assert Edition.objects.get().public_from == datetime(2099, 11, 1, 6, 30, tzinfo=UTC)


def test_somebody_else_was_faster(client, waiting):
    form = form_in(shown(client, waiting))
    press(signed_in(make_user("publisher")), waiting.release, "Take back the scheduled edition")
    response = form.post(client, MOVE, {"when": "now", **WHY})
    assert "changed this release after you opened it" in words_of(response, ERRORS)[0]
    assert not Edition.objects.exists()


def test_a_moment_that_has_come_is_told(client, time_machine):
    edition = make_edition(timezone.now() + timedelta(hours=1))
    form = form_in(shown(client, edition))
    time_machine.move_to(edition.public_from, tick=False)
    response = form.post(client, MOVE, {"when": "now", **WHY})
    assert any("public already" in one for one in words_of(response, ERRORS))
    assert "No edition is waiting" in shown(client, edition).content.decode()


def test_a_hostile_headline_runs_nowhere(client):
    check(shown(client, make_edition(JULY, headline=HOSTILE)))


# --- Publishing while an edition waits -----------------------------------------------------------


@pytest.fixture
def beside(db) -> Edition:
    """An edition that waits beside a public one, and another text approved."""
    first = make_edition(headline="First Words", slug="words")
    waiting = make_next_edition(first, JULY, headline="Waiting Words")
    make_approved_again(waiting, headline="Urgent Words")
    return waiting


@pytest.mark.parametrize(
    ("answer", "after"),
    [("take_back", ["First Words", "Urgent Words"]),
     ("keep", ["First Words", "Urgent Words", "Waiting Words"])],
)  # fmt: skip
def test_what_becomes_of_the_one_that_waits_is_asked(client, beside, answer, after, stranger):
    page = shown(client, beside, "publish")
    assert "edition 2, made from edition 1, public from Wed 1 Jul 2099, 10:00" in words(page)
    assert "replaces edition 1" in words(page)
    form, wish = form_in(page), {"reason": "typo"}
    assert "when" not in form.values
    refused = form.post(client, "Publish", wish)
    assert words_of(refused, ERRORS) == ["Say what becomes of the edition that waits."]
    response = form_in(refused).post(client, "Publish", {"waiting": answer})
    assert said(response) == ["Public now at /releases/words/"]
    headlines = Edition.objects.order_by("number").values_list("headline", flat=True)
    assert list(headlines) == after
    assert "Urgent Words" in stranger.get("/releases/words/").content.decode()
    if answer == "keep":
        bar = words_of(response, "//*[@class='bar-newsroom']")[0]
        assert "edition 3, made from edition 2: public from Wed 1 Jul 2099" in bar


def test_a_first_edition_that_waits_can_be_taken_back_only(client):
    waiting = make_edition(JULY, headline="Waiting Words")
    make_approved_again(waiting, headline="Urgent Words")
    page = shown(client, waiting, "publish")
    values = page_of(page).xpath("//input[@name='waiting']/@value")
    assert values == ["take_back"]
    assert "reason" not in form_in(page).values
    form_in(page).post(client, "Publish", {"waiting": "take_back"})
    assert Edition.objects.get().headline == "Urgent Words"


def test_the_moment_came_while_the_form_was_open(client, time_machine):
    waiting = make_next_edition(
        make_edition(), timezone.now() + timedelta(hours=1), headline="Waiting Words"
    )
    make_approved_again(waiting, headline="Urgent Words")
    form = form_in(shown(client, waiting, "publish"))
    time_machine.move_to(waiting.public_from, tick=False)
    response = form.post(client, "Publish", {"waiting": "keep", "reason": "typo"})
    assert words_of(response, ERRORS) == ["This field is required."]
    assert "replaces edition 2" in words(response)
    assert Edition.objects.count() == 2


def test_the_list_names_what_an_edition_was_made_from(client, beside):
    [row] = words_of(client.get(LIST), "//*[@id='result_list']/tbody/tr")
    assert "public; edition 2, made from edition 1: public from Wed 1 Jul 2099" in row


# --- Ways there ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "led"), [("publisher", True), ("editor", False)])
def test_the_front_page_leads_there_who_may_go(waiting, role, led):
    page = page_of(signed_in(make_user(role)).get("/desk/"))
    place = address(waiting.release, "move")
    assert bool(page.xpath("//a[@class='front-action'][@href=$place]", place=place)) is led


def test_a_share_link_expires_by_the_clocks_of_a_zone(client, waiting):
    typed = {"name": "Jo", "expires_at_0": "2099-06-30", "expires_at_1": "12:00",
             "expires_at_2": "Europe/Madrid"}  # fmt: skip
    form_in(shown(client, waiting, "share")).post(client, "Make a share link", typed)
    link = waiting.release.share_links.get()
    assert link.expires_at == datetime(2099, 6, 30, 10, tzinfo=UTC)
    assert "Tue 30 Jun 2099, 06:00 EDT" in shown(client, waiting, "share").content.decode()
