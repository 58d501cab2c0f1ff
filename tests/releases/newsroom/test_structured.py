"""What a release page tells programs: a NewsArticle with its dates and its corrections."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from releases import sharing
from tests.make import make_edition, make_next_edition, make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
DATA = "//script[@type='application/ld+json']/text()"


def shown(client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def article(client, address: str) -> dict[str, object]:
    [data] = shown(client, address).xpath(DATA)
    return json.loads(data)


def meta(page: html.HtmlElement, name: str) -> list[str]:
    return page.xpath(f"//meta[@property='{name}']/@content")


def line(page: html.HtmlElement) -> str:
    """The line of dates below the headline."""
    return " ".join(page.xpath("//p[@class='dated']")[0].text_content().split())


def test_a_release_is_a_news_article(stranger, settings):
    edition = make_edition(NOON, headline="A & B <i>", summary="In short.", language="es")
    office = {"@type": "Organization", "url": "http://testserver/es/",
              "name": settings.PRESS_OFFICE["full_name"]}  # fmt: skip
    assert article(stranger, edition.get_absolute_url()) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "A & B <i>",
        "description": "In short.",
        "inLanguage": "es",
        "datePublished": NOON.isoformat(),
        "dateModified": NOON.isoformat(),
        "mainEntityOfPage": f"http://testserver{edition.get_absolute_url()}",
        "author": office,
        "publisher": office,
    }


@pytest.mark.parametrize("reason", ["correction", "clarification", "update"])
def test_a_noted_edition_changes_the_date_and_adds_its_correction(stranger, reason):
    first = make_edition(NOON, headline="Ten")
    second = make_next_edition(first, None, reason, "Eleven, not ten.", headline="Eleven")
    at = second.public_from.isoformat()
    for address in (second.get_absolute_url(), first.get_permanent_url()):
        told = article(stranger, address)
        assert (told["datePublished"], told["dateModified"]) == (NOON.isoformat(), at)
        assert told["mainEntityOfPage"] == f"http://testserver{second.get_absolute_url()}"
        assert told["correction"] == [
            {"@type": "CorrectionComment", "text": "Eleven, not ten.", "datePublished": at}
        ]
        assert meta(shown(stranger, address), "article:modified_time")
    assert article(stranger, first.get_permanent_url())["headline"] == "Ten"


def test_a_typing_error_changes_the_date_too(stranger):
    second = make_next_edition(make_edition(NOON), reason="typo", note="", headline="Spelled")
    told = article(stranger, second.get_absolute_url())
    assert told["dateModified"] == second.public_from.isoformat()
    assert "correction" not in told
    [modified] = meta(shown(stranger, second.get_absolute_url()), "article:modified_time")
    assert abs(datetime.fromisoformat(modified) - second.public_from) < timedelta(seconds=1)


def test_without_a_change_or_before_it_nothing_is_said_of_one(stranger):
    edition = make_edition(NOON)
    make_next_edition(edition, timezone.now() + timedelta(hours=1), subhead="Later")
    page = shown(stranger, edition.get_absolute_url())
    assert " on " not in line(page)
    assert not meta(page, "article:modified_time")
    assert "correction" not in article(stranger, edition.get_absolute_url())


@pytest.mark.parametrize(
    ("reason", "note", "words"),
    [
        ("correction", "Why.", "Corrected on"),
        ("clarification", "Why.", "Clarified on"),
        ("update", "Why.", "Updated on"),
        ("typo", "", "Updated on"),
    ],
)
def test_it_is_said_in_words_that_fit(stranger, time_machine, reason, note, words):
    time_machine.move_to(NOON)
    edition = make_edition(NOON - timedelta(days=1))
    make_next_edition(edition, None, reason, note, body="<p>x</p>")
    assert line(shown(stranger, edition.get_absolute_url())).endswith(f"{words} March 2, 2026")


def test_a_typing_error_after_a_correction_leaves_the_correction_in_sight(stranger, time_machine):
    time_machine.move_to(NOON)
    second = make_next_edition(make_edition(NOON - timedelta(days=1)), body="<p>x</p>")
    time_machine.move_to(NOON + timedelta(days=1))
    third = make_next_edition(second, reason="typo", note="", body="<p>y</p>")
    said = line(shown(stranger, second.get_absolute_url()))
    assert said.endswith("Corrected on March 2, 2026 Updated on March 3, 2026")
    fourth = make_next_edition(third, body="<p>z</p>")
    make_next_edition(fourth, reason="typo", note="", body="<p>zz</p>")
    said = line(shown(stranger, second.get_absolute_url()))
    assert said.endswith("Corrected on March 3, 2026")
    assert said.count(" on ") == 1


def test_what_is_not_public_has_no_structured_data(client):
    waiting = make_edition(timezone.now() + timedelta(days=1), headline="Soon")
    secret = sharing.make_link(waiting.release, make_user("publisher"), "Jo")
    answer = client.post(f"/embargo/{secret}/")
    assert "Soon" in answer.content.decode()
    assert not html.fromstring(answer.content).xpath("//script")


def test_the_policy_forbids_scripts_all_the_same(stranger):
    policy = stranger.get(make_edition().get_absolute_url()).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
