"""Views of appeals: counted where the office wants it, of readers who don't mind, and no others."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from donations import seeing
from donations.counting import store
from donations.models import Count
from donations.seeing import Throttle
from donations.visitors import Recent
from tests.make import make_appeal, make_edition, make_topic, make_user

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SEEN = "/donate/winter/seen/"
SCRIPT = "js/seen.js"


@pytest.fixture
def reader(db) -> Client:
    """Somebody with a browser; its answers are checked for CSRF as in production."""
    return Client(headers={"user-agent": BROWSER}, enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def counting(settings, monkeypatch):
    settings.COUNT_VIEWS = True
    monkeypatch.setattr(seeing, "recent", Recent())
    monkeypatch.setattr(seeing, "throttle", Throttle(100))


@pytest.fixture
def appeal(db):
    return make_appeal("winter")


def views() -> list[tuple[int | None, str, int]]:
    assert store()
    rows = Count.objects.order_by("pk")
    return list(rows.values_list("release", "placement", "views"))


def test_a_view_is_counted_once_for_a_reader(reader, appeal):
    edition = make_edition(slug="wages")
    for _ in range(2):
        answer = reader.post(f"{SEEN}?from=wages")
        assert (answer.status_code, answer.content) == (204, b"")
        assert not answer.cookies
    assert views() == [(edition.release_id, "end", 1)]


def test_another_reader_is_another_view(reader, appeal):
    reader.post(SEEN)
    reader.post(SEEN, REMOTE_ADDR="192.0.2.7")
    assert [number for _release, _place, number in views()] == [2]


@pytest.mark.parametrize(
    "headers",
    [
        {"DNT": "1"}, {"Sec-GPC": "1"}, {"Sec-Fetch-Site": "cross-site"}, {"User-Agent": ""},
        {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
    ],
)  # fmt: skip
def test_who_asks_not_to_be_counted_or_is_no_reader_is_not(reader, appeal, headers):
    assert reader.post(SEEN, headers=headers).status_code == 204
    assert views() == []
    reader.post(SEEN, headers={"DNT": "0", "Sec-Fetch-Site": "same-origin"})
    assert len(views()) == 1


def test_only_known_appeals_and_public_releases_are_counted(reader, appeal):
    now = timezone.now()
    make_edition(slug="planned", at=now + timedelta(days=1))
    make_appeal("later", is_default=False, starts_at=now + timedelta(days=1))
    make_appeal("over", is_default=False, ends_at=now - timedelta(days=1))
    answers = [
        reader.post(address)
        for address in (
            "/donate/nowhere/seen/", "/donate/later/seen/", "/donate/over/seen/",
            f"{SEEN}?from=planned", f"{SEEN}?from=nowhere", f"{SEEN}?from=%00", f"/es{SEEN}",
        )
    ]  # fmt: skip
    assert {answer.status_code for answer in answers} == {404}
    # A release that waits for its moment answers as one that is not there.
    planned, nowhere = answers[3:5]
    assert planned.content == nowhere.content
    assert views() == []
    assert reader.post(SEEN).status_code == 204
    assert len(views()) == 1


def test_it_takes_a_post_without_a_body(reader, appeal):
    looked = reader.get(SEEN)
    assert (looked.status_code, looked.headers["Allow"]) == (405, "POST")
    assert reader.post(SEEN, {"text": "x" * 2000}).status_code == 413
    assert views() == []


def test_a_flood_is_cut_off(reader, appeal, monkeypatch):
    monkeypatch.setattr(seeing, "throttle", Throttle(2, clock=lambda: 7.0))
    for n in range(5):
        assert reader.post(SEEN, REMOTE_ADDR=f"192.0.2.{n}").status_code == 204
    assert [number for _release, _place, number in views()] == [2]


def test_the_throttle_opens_again_each_second():
    now = [0.0]
    throttle = Throttle(1, clock=lambda: now[0])
    let_through = []
    for at in (0.0, 0.5, 1.0, 1.9, 3.0):
        now[0] = at
        let_through.append(throttle.lets_through())
    assert let_through == [True, False, True, False, True]


# --- The pages ------------------------------------------------------------------------------------


@pytest.fixture
def pages(appeal) -> list[str]:
    """A release's page, its edition's, and its topic's; each shows an appeal."""
    topic = make_topic()
    make_appeal("on-topics", placement="topic")
    edition = make_edition(topics=(topic.pk,))
    return [edition.get_absolute_url(), edition.get_permanent_url(), topic.get_absolute_url()]


def test_pages_with_an_appeal_have_the_script_and_may_run_it(stranger, pages):
    for page in pages:
        answer = stranger.get(page)
        assert SCRIPT in answer.content.decode(), page
        policy = answer.headers["Content-Security-Policy"]
        assert policy.endswith("; script-src 'self'"), page
        assert "; connect-src 'self';" in policy, page
    home = stranger.get("/")
    assert SCRIPT not in home.content.decode()
    assert "script-src" not in home.headers["Content-Security-Policy"]


def test_by_default_there_is_no_script_and_no_address(settings, reader, pages):
    settings.COUNT_VIEWS = False
    for page in pages:
        answer = reader.get(page)
        assert "appeal-button" in answer.content.decode()
        assert SCRIPT not in answer.content.decode()
    # A release's own script copies its text; a topic's page has none.
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert reader.post(SEEN).status_code == 404


def test_staff_looking_at_another_moment_count_nothing(pages):
    client = Client()
    client.force_login(make_user("publisher"))
    page = client.get(f"/desk/at/{timezone.now().isoformat()}{pages[0]}").content.decode()
    assert "appeal-button" in page
    assert SCRIPT not in page
