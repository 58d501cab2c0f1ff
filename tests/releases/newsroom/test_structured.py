"""What a release page tells programs: a NewsArticle with its dates and its corrections."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from releases import sharing
from releases.newsroom.cards import card_address
from tests.make import (
    make_contact,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
DATA = "//script[@type='application/ld+json']/text()"


def shown(client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def told(client, address: str) -> dict[str, dict[str, object]]:
    """Each block of data on a page, by its type."""
    blocks = [json.loads(block) for block in shown(client, address).xpath(DATA)]
    assert all(block.pop("@context") == "https://schema.org" for block in blocks)
    return {block["@type"]: block for block in blocks}


def article(client, address: str) -> dict[str, object]:
    return told(client, address)["NewsArticle"]


def way(client, address: str) -> list[tuple[str, str]]:
    """The breadcrumbs of a page: names and addresses, in their order."""
    items = told(client, address)["BreadcrumbList"]["itemListElement"]
    assert [one["position"] for one in items] == list(range(1, len(items) + 1))
    return [(one["name"], one["item"].removeprefix("http://testserver")) for one in items]


def meta(page: html.HtmlElement, name: str) -> list[str]:
    return page.xpath(f"//meta[@property='{name}']/@content")


def line(page: html.HtmlElement) -> str:
    """The line of dates below the headline."""
    return " ".join(page.xpath("//p[@class='dated']")[0].text_content().split())


def test_a_release_is_a_news_article(stranger, settings):
    topic = make_topic("Bolivia & Peru", slug="bolivia")
    edition = make_edition(
        NOON, headline="A & B <i>", summary="In short.", language="es", topics=(topic.pk,)
    )
    office = {"@type": "Organization", "url": "http://testserver/es/",
              "name": settings.PRESS_OFFICE["full_name"]}  # fmt: skip
    assert article(stranger, edition.get_absolute_url()) == {
        "@type": "NewsArticle",
        "headline": "A & B <i>",
        "description": "In short.",
        "image": [f"http://testserver{card_address(edition)}"],
        "inLanguage": "es",
        "isAccessibleForFree": True,
        "about": [
            {
                "@type": "Thing",
                "name": "Bolivia & Peru",
                "url": "http://testserver/es/topics/bolivia/",
            }
        ],
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
        said = article(stranger, address)
        assert (said["datePublished"], said["dateModified"]) == (NOON.isoformat(), at)
        assert said["mainEntityOfPage"] == f"http://testserver{second.get_absolute_url()}"
        assert said["correction"] == [
            {"@type": "CorrectionComment", "text": "Eleven, not ten.", "datePublished": at}
        ]
        assert meta(shown(stranger, address), "article:modified_time")
    assert article(stranger, first.get_permanent_url())["headline"] == "Ten"


def test_a_typing_error_changes_the_date_too(stranger):
    second = make_next_edition(make_edition(NOON), reason="typo", note="", headline="Spelled")
    said = article(stranger, second.get_absolute_url())
    assert said["dateModified"] == second.public_from.isoformat()
    assert "correction" not in said
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


def test_every_page_says_how_one_comes_there(stranger):
    topic, contact = make_topic("Bolivia", slug="bolivia"), make_contact("Ann Lee", slug="ann-lee")
    edition = make_edition(headline="The Report", topics=(topic.pk,), contacts=(contact.pk,))
    page = edition.get_absolute_url()
    assert way(stranger, page) == [("Home", "/"), ("Releases", "/releases/"), ("The Report", page)]
    assert way(stranger, "/topics/bolivia/")[1:] == [
        ("Topics", "/topics/"),
        ("Bolivia", "/topics/bolivia/"),
    ]
    assert way(stranger, "/contacts/ann-lee/")[1:] == [
        ("Media contacts", "/contacts/"),
        ("Ann Lee", "/contacts/ann-lee/"),
    ]
    for _name, address in way(stranger, page):
        assert stranger.get(address).status_code == 200


def test_the_way_is_told_in_the_language_of_the_page(stranger):
    edition = make_edition(language="pt-br")
    assert way(stranger, edition.get_absolute_url())[0][1] == "/pt-br/"


def test_home_says_who_the_office_is(stranger, settings):
    office = told(stranger, "/es/")["Organization"]
    assert office["name"] == settings.PRESS_OFFICE["full_name"]
    assert office["url"] == "http://testserver/es/"
    assert office["contactPoint"]["telephone"] == settings.PRESS_OFFICE["phone"]


def test_a_contact_is_a_person_without_the_mail_address(stranger):
    contact = make_contact(
        "Ann Lee", role="Economist", languages=["en", "es"], photo=make_picture("ann.png")
    )
    make_edition(contacts=(contact.pk,))
    person = told(stranger, contact.get_absolute_url())["Person"]
    assert (person["name"], person["jobTitle"]) == ("Ann Lee", "Economist")
    assert (person["telephone"], person["knowsLanguage"]) == (contact.phone, ["en", "es"])
    assert person["image"] == f"http://testserver/media/{contact.photo.key}/8/ann.jpg"
    assert contact.email not in json.dumps(person)


def test_the_topics_of_a_former_edition_are_not_told(stranger):
    first = make_edition(topics=(make_topic("Old Topic").pk,))
    make_next_edition(first, topics=(make_topic("New Topic").pk,))
    assert "about" not in article(stranger, first.get_permanent_url())
    [about] = article(stranger, first.get_absolute_url())["about"]
    assert about["name"] == "New Topic"


def test_what_is_not_public_has_no_structured_data(client):
    waiting = make_edition(timezone.now() + timedelta(days=1), headline="Soon")
    secret = sharing.make_link(waiting.release, make_user("publisher"), "Jo")
    answer = client.post(f"/embargo/{secret}/")
    assert "Soon" in answer.content.decode()
    assert not html.fromstring(answer.content).xpath("//script")


def test_the_policy_forbids_scripts_within_the_page_all_the_same(stranger):
    policy = stranger.get(make_edition().get_absolute_url()).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("; script-src 'self'")
    assert "unsafe" not in policy


@pytest.mark.parametrize("page", ["/", "/es/", "/topics/bolivia/", "/contacts/ann-lee/"])
def test_every_page_that_is_shared_names_itself(stranger, page):
    topic, contact = make_topic("Bolivia", slug="bolivia"), make_contact("Ann Lee", slug="ann-lee")
    make_edition(topics=(topic.pk,), contacts=(contact.pk,))
    found = shown(stranger, page)
    assert found.xpath("//link[@rel='canonical']/@href") == [f"http://testserver{page}"]
    # The front pages have a card of their own.
    kind = "summary_large_image" if page in ("/", "/es/") else "summary"
    assert found.xpath("//meta[@name='twitter:card']/@content") == [kind]
    titles = {"/topics/bolivia/": "Bolivia", "/contacts/ann-lee/": "Ann Lee"}
    assert meta(found, "og:title") == [titles.get(page, "CEPR")]
    assert all(meta(found, "og:description"))


def test_a_later_page_of_a_list_is_not_taken_for_the_first(stranger):
    edition = make_edition(topics=(make_topic("Bolivia", slug="bolivia").pk,))
    later = f"/topics/bolivia/?before={edition.dated}.{edition.slug}"
    assert not shown(stranger, later).xpath("//link[@rel='canonical']")
