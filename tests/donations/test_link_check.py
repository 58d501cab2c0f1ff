"""The check of donation pages: what it asks, what it stores, who is told, where readers go."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from donations.link_check import check, is_broken, record
from donations.models import LinkCheck
from releases.links import Answer
from tests.forms import form_in, words_of
from tests.make import make_appeal
from tests.releases.desk.steps import said, signed_in

INSTEAD = "https://www.example.org/instead"
# Nobody listens at this port: a page that is gone, with no network asked.
SILENT = "127.0.0.1:1"


@pytest.fixture
def silent(settings) -> str:
    settings.LINKS_STAND_IN = SILENT
    settings.DONATION_HOSTS = ["127.0.0.1", "www.example.org"]
    return f"https://{SILENT}/give"


def answered(appeal, verdict: str, words: str = "so"):
    return record(appeal, Answer(appeal.url, verdict, words), timezone.now())


def states(appeal) -> list[str]:
    """The verdicts that are stored, the first one first."""
    return list(appeal.link_checks.order_by("pk").values_list("verdict", flat=True))


@pytest.mark.django_db
def test_the_same_answer_moves_its_moment_and_another_is_a_row_of_its_own(time_machine):
    appeal, now = make_appeal(), timezone.now()
    for hour, verdict in enumerate(["alive", "alive", "gone", "unsure", "gone", "gone"]):
        time_machine.move_to(now + timedelta(hours=hour), tick=False)
        answered(appeal, verdict)
    assert states(appeal) == ["alive", "gone", "unsure", "gone"]
    spans = [one.checked_at - one.since for one in appeal.link_checks.order_by("pk")]
    assert [span / timedelta(hours=1) for span in spans] == [1, 0, 0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verdicts", "broken"),
    [
        (["alive"], False),
        (["gone"], True),
        (["gone", "alive"], False),
        (["gone", "unsure"], True),
        (["gone", "refused"], True),
        (["unsure"], False),
        (["refused"], False),
        (["alive", "gone", "gone"], True),
    ],
)
def test_only_a_page_that_is_gone_is_broken_and_only_one_that_is_there_is_mended(verdicts, broken):
    appeal = make_appeal()
    for verdict in verdicts:
        answered(appeal, verdict)
    assert is_broken(appeal) == broken


def test_readers_are_led_to_the_other_page_while_it_is_gone(stranger, db):
    appeal = make_appeal("winter", fallback_url=INSTEAD)
    there = stranger.get("/donate/winter/").headers["Location"]
    answered(appeal, "gone")
    instead = stranger.get("/donate/winter/").headers["Location"]
    answered(appeal, "alive")
    assert instead.startswith(INSTEAD)
    assert stranger.get("/donate/winter/").headers["Location"] == there != instead


def test_the_command_asks_for_what_runs_and_tells(db, silent):
    now, told = timezone.now(), StringIO()
    make_appeal("winter", url=silent)
    make_appeal("over", url=silent, is_default=False, ends_at=now - timedelta(days=1))
    make_appeal("later", url=silent, is_default=False, starts_at=now + timedelta(days=1))
    with pytest.raises(CommandError, match="2 of 2 donation pages are not there"):
        call_command("check_donation_pages", stdout=told)
    assert "winter: no answer" in told.getvalue()
    assert "over" not in told.getvalue()
    assert LinkCheck.objects.count() == 2


def test_nothing_of_our_own_network_is_asked(db, settings):
    settings.DONATION_HOSTS = ["127.0.0.1"]
    [found] = check([make_appeal(url="https://127.0.0.1/give")])
    assert (found.verdict, found.words) == ("refused", "not asked: not a public web address")


def test_no_host_that_is_not_allowed_is_asked(db, settings):
    settings.DONATION_HOSTS = ["cepr.net"]
    settings.LINKS_STAND_IN = SILENT
    [found] = check([make_appeal(url=f"https://{SILENT}/give")])
    assert (found.verdict, found.words) == ("refused", "leads to a host that is not allowed")


# --- At the desk ----------------------------------------------------------------------------------


@pytest.fixture
def desk(publisher) -> Client:
    return signed_in(publisher)


def test_a_publisher_checks_a_page_and_sees_it_in_the_form_and_the_list(desk, silent):
    appeal = make_appeal("winter", url=silent, fallback_url=INSTEAD)
    page = reverse("admin:donations_appeal_check", args=[appeal.pk])
    assert "This page was never checked." in desk.get(page).content.decode()
    answer = form_in(desk.get(page)).post(desk, "Check now")
    assert said(answer) == ["The donation page: no answer."]
    assert f"Readers are led to {INSTEAD}" in answer.content.decode()
    listed = reverse("admin:donations_appeal_changelist")
    for place in (listed, f"{listed}{appeal.pk}/change/"):
        shown = desk.get(place).content.decode()
        assert "no answer" in shown
        assert page in shown


def test_another_address_is_one_that_was_not_checked(desk, silent):
    appeal = make_appeal("winter", url=silent)
    check([appeal])
    appeal.url = INSTEAD
    appeal.save()
    shown = desk.get(reverse("admin:donations_appeal_change", args=[appeal.pk])).content.decode()
    assert "not checked yet" in shown


def fronts(client: Client) -> list[str]:
    path = "//section[h2='Donation pages to look at']//*[@class='front-headline']"
    return words_of(client.get("/desk/"), path)


def test_the_front_page_says_which_pages_to_look_at(desk, db):
    now = timezone.now()
    gone, mended, doubtful, ended = (
        make_appeal(name, is_default=False) for name in ("gone", "mended", "doubtful", "ended")
    )
    for appeal in (gone, mended, ended):
        answered(appeal, "gone")
    answered(doubtful, "unsure")
    answered(mended, "alive")
    ended.ends_at = now - timedelta(days=1)
    ended.save()
    assert sorted(fronts(desk)) == ["doubtful", "gone"]


def test_the_list_of_appeals_asks_no_more_queries_for_more_of_them(
    desk, db, django_assert_max_num_queries
):
    def grow(number: int) -> None:
        for _ in range(number):
            answered(make_appeal(is_default=False), "alive")

    place = reverse("admin:donations_appeal_changelist")
    grow(2)
    desk.get(place)
    with django_assert_max_num_queries(30) as few:
        desk.get(place)
    grow(8)
    with django_assert_max_num_queries(len(few)):
        desk.get(place)
