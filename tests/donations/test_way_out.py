"""The way out: where it leads, whom it counts, and that nothing stops or diverts a reader."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings as configured
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cepr_press import env
from donations import known as knowledge
from donations.counting import store, waiting
from donations.destination import destination, target_of
from donations.models import Appeal, Count
from donations.visitors import MOST_REMEMBERED, Recent
from tests.make import make_appeal, make_campaign, make_edition, make_translation, make_user, undone

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
ELSEWHERE = "https://www.example.org/instead"


@pytest.fixture
def reader(db) -> Client:
    """Somebody with a browser."""
    return Client(headers={"user-agent": BROWSER})


@pytest.fixture
def appeal(db) -> Appeal:
    return make_appeal("winter", url="https://www.example.org/give")


def counted() -> list[tuple[int, int]]:
    """People and machines by row, once everything is stored."""
    assert store()
    return list(Count.objects.order_by("pk").values_list("people", "machines"))


def told(answer) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


# --- Where it leads ------------------------------------------------------------------------------


def test_a_reader_is_led_to_the_donation_page_and_counted(reader, appeal):
    edition = make_edition(slug="the-slug")
    answer = reader.get("/donate/winter/?from=the-slug")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("https://www.example.org/give?")
    assert told(answer) == {
        "utm_source": "newsroom", "utm_medium": "release", "utm_campaign": "always",
        "utm_content": "the-slug", "utm_term": "winter",
    }  # fmt: skip
    assert counted() == [(1, 0)]
    row = Count.objects.get()
    assert (row.appeal, row.release_id) == (appeal, edition.release_id)
    assert (row.placement, row.language, row.day) == ("end", "en", timezone.localdate())


def test_nothing_of_it_is_kept_or_told(reader, appeal):
    answer = reader.get("/donate/winter/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.content == b""


def test_each_language_has_its_own_way_out(reader):
    make_appeal("invierno", language="es")
    edition = make_translation(make_edition())
    answer = reader.get(f"/es/donate/invierno/?from={edition.slug}")
    assert answer.status_code == 303
    assert counted() == [(1, 0)]
    assert Count.objects.get().language == "es"
    assert Count.objects.get().release_id == edition.release_id
    assert reader.get("/donate/invierno/").status_code == 404


def test_where_nothing_is_counted_pages_lead_straight_there(reader, appeal, settings):
    settings.COUNT_DONATIONS = False
    edition = make_edition(slug="the-slug")
    page = reader.get(edition.get_absolute_url()).content.decode()
    assert 'href="https://www.example.org/give?utm_source=newsroom' in page
    assert "/donate/" not in page
    answer = reader.get("/donate/winter/?from=the-slug")
    assert answer.status_code == 303
    assert counted() == []


def test_former_addresses_of_a_release_lead_on(reader, appeal):
    edition = make_edition(slug="first-slug")
    page = reader.get(edition.get_permanent_url()).content.decode()
    assert "/donate/winter/?from=first-slug" in page


# --- What takes its place ------------------------------------------------------------------------


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("broken", [False, True])
@pytest.mark.parametrize("own", ["", ELSEWHERE])
@pytest.mark.parametrize("office", ["", "https://www.example.org/office"])
def test_ended_or_broken_leads_elsewhere_rather_than_nowhere(
    reader, settings, ended, broken, own, office
):
    settings.DONATION_FALLBACK = office
    now = timezone.now()
    page = "https://www.example.org/give"
    make_appeal(
        "winter", url=page, fallback_url=own,
        ends_at=now - HOUR if ended else now + HOUR, broken_since=now if broken else None,
    )  # fmt: skip
    answer = reader.get("/donate/winter/")
    expected = (own or office or page) if ended or broken else page
    assert answer.headers["Location"].partition("?")[0] == expected
    assert told(answer)["utm_term"] == "winter"
    assert counted() == [(1, 0)]


def test_it_ends_and_begins_at_its_second(reader, time_machine):
    begins, ends = timezone.now() + HOUR, timezone.now() + 2 * HOUR
    campaign = make_campaign(starts_at=begins, ends_at=ends)
    make_appeal("winter", fallback_url=ELSEWHERE, campaign=campaign)
    seen = []
    for moment in (begins - SECOND, begins, ends - SECOND, ends):
        time_machine.move_to(moment, tick=False)
        answer = reader.get("/donate/winter/")
        seen.append(answer.headers.get("Location", "").partition("?")[0] or answer.status_code)
    page = "https://www.example.org/donate"
    assert seen == [404, page, page, ELSEWHERE]


def test_a_host_that_is_allowed_no_more_is_not_led_to(reader, appeal, settings):
    settings.DONATION_HOSTS = ["give.example.org"]
    assert reader.get("/donate/winter/").status_code == 404
    settings.DONATION_FALLBACK = "https://give.example.org/"
    answer = reader.get("/donate/winter/")
    assert answer.headers["Location"].startswith("https://give.example.org/?utm_source")


def test_a_fallback_on_a_strange_host_is_refused_at_the_start(monkeypatch):
    for value in ("https://evil.example/", "http://cepr.net/", "https://cepr.net:1/", "cepr.net"):
        monkeypatch.setenv("PRESS_DONATION_FALLBACK", value)
        with pytest.raises(Exception, match="PRESS_DONATION_FALLBACK"):
            env.https_address_on("PRESS_DONATION_FALLBACK", ["cepr.net"])
    monkeypatch.setenv("PRESS_DONATION_FALLBACK", "https://cepr.net/give")
    assert env.https_address_on("PRESS_DONATION_FALLBACK", ["cepr.net"]) == "https://cepr.net/give"


# --- What is not there, or not there yet ---------------------------------------------------------


def seen_of(answer, asked: str) -> tuple[object, ...]:
    return (
        answer.status_code,
        sorted(answer.headers.items()),
        answer.content.replace(asked.encode(), b"ASKED"),
    )


@pytest.mark.parametrize("way", ["get", "head"])
def test_a_release_to_come_and_one_that_nobody_made_are_the_same(
    reader, appeal, way, django_assert_num_queries
):
    make_edition(timezone.now() + HOUR, slug="embargoed-secret")
    reader.get("/donate/winter/")
    answers = []
    for slug in ("embargoed-secret", "never-made"):
        # The generation, the address, and what every page says at its end.
        with django_assert_num_queries(3):
            answer = getattr(reader, way)(f"/donate/winter/?from={slug}")
        answers.append(seen_of(answer, slug))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert b"embargoed-secret" not in answers[0][2]
    assert counted() == [(1, 0)]


def test_it_is_there_from_its_second(reader, appeal, time_machine):
    moment = timezone.now() + HOUR
    make_edition(moment, slug="embargoed")
    seen = []
    for at in (moment - SECOND, moment):
        time_machine.move_to(at, tick=False)
        seen.append(reader.get("/donate/winter/?from=embargoed").status_code)
    assert seen == [404, 303]


@pytest.mark.parametrize(
    "address",
    [
        "/donate/unknown/", "/donate/", "/donate/winter/x/", "/donate/WINTER/",
        "/donate/winter/?from=unknown", "/donate/winter/?from=a%00b",
        "/donate/winter/?from=../the-slug", "/donate/winter/?from=https://evil.example/",
        "/donate/winter/?from=" + "a" * 5000,
    ],
)  # fmt: skip
def test_the_unknown_is_not_found(reader, appeal, address):
    assert reader.get(address).status_code == 404
    assert counted() == []


def test_what_is_no_get_is_refused(reader, appeal):
    assert reader.post("/donate/winter/").status_code == 405


# --- Never anywhere else -------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["https", "http", ":", "/", "//", "\\", "@", "?", "#", ".", "cepr.net", "evil.example", "[",
     "%2f", "%40", ":443", "\r\n", "\t", "é", "\x00", "from", "url", "next", "winter", "data"]
)  # fmt: skip
MESSES = st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join)
STORED = MESSES | MESSES.map("https://cepr.net{}".format) | MESSES.map("https://{}".format)


def host_of(location: str) -> str:
    """The host, read as simply as any program might."""
    assert location.startswith("https://")
    host = location.removeprefix("https://")
    for mark in "/?#\\@:":
        host = host.partition(mark)[0]
    return host


@given(stored=STORED, fallback=STORED, office=STORED, release=MESSES, broken=st.booleans())
def test_whatever_is_stored_or_asked_no_strange_host_is_led_to(
    stored, fallback, office, release, broken
):
    row = Appeal(name="winter", url=stored, fallback_url=fallback, campaign=make_unsaved())
    row.broken_since = timezone.now() if broken else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(configured, "DONATION_FALLBACK", office, raising=False)
        patch.setattr(configured, "DONATION_HOSTS", ["cepr.net"])
        address = destination(
            target_of(row), release, ended=target_of(row).has_ended(timezone.now())
        )
    if address:
        assert host_of(address) == "cepr.net"
        assert urlsplit(address).netloc == "cepr.net"
        assert address.isascii()
        assert not set(address) & set(" \t\r\n\\")


def make_unsaved():
    return Appeal._meta.get_field("campaign").related_model(name="A", slug="a")


@pytest.mark.django_db
@given(path=MESSES, query=MESSES, host=MESSES)
def test_whatever_is_asked_for_no_strange_host_is_led_to(path, query, host):
    with undone():
        knowledge.known.clear()
        make_appeal("winter", url="https://cepr.net/give")
        make_edition(slug="a-release")
        reader = Client(headers={"user-agent": BROWSER, "host": "testserver"})
        for address in (f"/donate/{path}/?{query}", f"/donate/winter/?{query}&from={path}{host}"):
            answer = reader.get(address, headers={"referer": host, "x-forwarded-host": "evil"})
            assert answer.status_code in (301, 303, 404, 400)
            if answer.status_code == 303:
                assert host_of(answer.headers["Location"]) == "cepr.net"
            elif answer.status_code == 301:
                assert urlsplit(answer.headers["Location"]).netloc in ("", "testserver")


# --- Whom it counts ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "people", "machines"),
    [
        ({}, 1, 0),
        ({"sec-fetch-mode": "navigate", "sec-fetch-site": "same-origin"}, 1, 0),
        ({"sec-purpose": "prefetch"}, 0, 1),
        ({"sec-purpose": "prefetch;prerender"}, 0, 1),
        ({"purpose": "prefetch"}, 0, 1),
        ({"x-purpose": "preview"}, 0, 1),
        ({"x-moz": "prefetch"}, 0, 1),
        ({"sec-fetch-mode": "no-cors"}, 0, 1),
        ({"user-agent": ""}, 0, 1),
        ({"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, 0, 1),
        ({"user-agent": "Slackbot-LinkExpanding 1.0"}, 0, 1),
        ({"user-agent": "curl/8.5.0"}, 0, 1),
        ({"user-agent": "Microsoft Office/16.0 (Windows NT 10.0)"}, 0, 1),
        ({"user-agent": "Barracuda Sentinel (EE)"}, 0, 1),
    ],
)
def test_people_and_machines_are_told_apart(reader, appeal, headers, people, machines):
    answer = reader.get("/donate/winter/", headers=headers)
    assert counted() == [(people, machines)]
    assert answer.status_code == (503 if answer.headers.get("Location") is None else 303)


def test_what_is_fetched_ahead_gets_nothing_and_the_click_counts(reader, appeal):
    ahead = reader.get("/donate/winter/", headers={"sec-purpose": "prefetch"})
    assert ahead.status_code == 503
    assert ahead.headers["Cache-Control"] == "no-store"
    assert reader.get("/donate/winter/").status_code == 303
    assert counted() == [(1, 1)]


def test_head_is_a_machine(reader, appeal):
    answer = reader.head("/donate/winter/")
    assert (answer.status_code, counted()) == (303, [(0, 1)])


def test_a_second_click_is_the_same_reader_s_for_half_an_hour(reader, appeal, time_machine):
    make_appeal("other", is_default=False)
    for minutes, people in ((0, 1), (1, 1), (30, 1), (61, 2)):
        time_machine.move_to(timezone.now().replace(hour=15, minute=0), tick=False)
        time_machine.shift(timedelta(minutes=minutes))
        assert reader.get("/donate/winter/").status_code == 303
        assert sum(row[0] for row in counted()) == people, minutes
    reader.get("/donate/winter/", headers={"user-agent": f"{BROWSER} another"})
    reader.get("/donate/winter/", REMOTE_ADDR="203.0.113.7")
    reader.get("/donate/other/")
    assert sum(row[0] for row in counted()) == 5


def test_who_it_was_can_be_read_nowhere(appeal, rf, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    recent = Recent()
    request = rf.get("/", headers={"user-agent": BROWSER}, REMOTE_ADDR="203.0.113.7")
    assert not recent.is_repeat(request, appeal.pk)
    assert recent.is_repeat(request, appeal.pk)
    former = set(recent.seen)
    assert "203.0.113.7" not in str(vars(recent))
    time_machine.shift(timedelta(days=1))
    assert not recent.is_repeat(request, appeal.pk)
    assert not former & set(recent.seen)
    assert not Recent().is_repeat(request, appeal.pk)


def test_what_is_remembered_is_bounded(rf, monkeypatch):
    monkeypatch.setattr("donations.visitors.MOST_REMEMBERED", 10)
    recent = Recent()
    for number in range(30):
        recent.is_repeat(rf.get("/", REMOTE_ADDR=f"203.0.113.{number}"), 1)
    assert len(recent.seen) == 10
    assert MOST_REMEMBERED > 10


def test_in_production_the_server_in_front_says_who_asks(reader, appeal, settings):
    settings.PROXIES = 1
    for address in ("203.0.113.7", "203.0.113.8", "203.0.113.8"):
        reader.get("/donate/winter/", headers={"x-forwarded-for": address})
    assert counted() == [(2, 0)]


def test_staff_who_look_at_another_moment_are_not_counted(appeal):
    client = Client(headers={"user-agent": BROWSER})
    client.force_login(make_user("editor"))
    base = reverse("another_moment", args=[timezone.now().isoformat(), ""])
    answer = client.get(f"{base}donate/winter/")
    assert answer.status_code == 303
    assert not waiting.arrived
