"""robots.txt and security.txt: what programs ask a host for first."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.utils import timezone

from tests.cepr_press.test_page_cache import app, ask

__all__ = ["app"]
pytestmark = pytest.mark.django_db


def robots(client) -> RobotFileParser:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "text/plain; charset=utf-8",
    )
    parser = RobotFileParser()
    parser.parse(answer.content.decode().splitlines())
    return parser


@pytest.mark.parametrize("path", ["/", "/es/releases/x/", "/feed.atom", "/media/x/y.png"])
def test_robots_may_read_the_newsroom(stranger, path):
    assert robots(stranger).can_fetch("*", f"http://testserver{path}")


@pytest.mark.parametrize("path", ["/desk/", "/desk/releases/release/", "/embargo/secret/"])
def test_robots_have_no_business_at_the_desk_or_a_share_link(stranger, path):
    assert not robots(stranger).can_fetch("*", f"http://testserver{path}")


def test_robots_are_led_to_the_sitemaps_of_each_language(stranger):
    maps = robots(stranger).site_maps() or []
    assert {f"http://testserver{way}/sitemap.xml" for way in ("", "/es", "/pt-br")} <= set(maps)
    for address in maps:
        assert stranger.get(address.removeprefix("http://testserver")).status_code == 200


def security(text: str) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in text.splitlines())


def test_who_finds_a_hole_learns_whom_to_tell(stranger, settings):
    said = security(stranger.get("/.well-known/security.txt").content.decode())
    assert said["Contact"] == f"mailto:{settings.PRESS_OFFICE['email']}"
    assert said["Canonical"] == "http://testserver/.well-known/security.txt"
    settings.SECURITY_CONTACT = "https://example.org/holes"
    said = security(stranger.get("/.well-known/security.txt").content.decode())
    assert said["Contact"] == "https://example.org/holes"


def test_security_txt_never_expires_and_is_valid_for_less_than_a_year(app, time_machine):
    for moment in (datetime(2031, 1, 1, tzinfo=UTC), datetime(2033, 2, 28, 23, 59, tzinfo=UTC)):
        time_machine.move_to(moment, tick=False)
        answer = ask(app, "/.well-known/security.txt")
        left = datetime.fromisoformat(security(answer.text)["Expires"]) - timezone.now()
        assert timedelta(days=30) < left < timedelta(days=365)
        assert answer.headers["cache-control"] == "public, max-age=86400"
