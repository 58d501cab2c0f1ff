"""What a page costs, however many releases there are; and that nothing is remembered."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from releases.content import Figure
from releases.models import Edition, EditionContact, EditionTopic, Release
from tests.make import (
    make_appeal,
    make_contact,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
)

DAY = timedelta(days=1)


def grow(edition: Edition, wanted: int) -> None:
    """Bring the newsroom to so many releases, all on the edition's topic, with its contact."""
    begun, first = edition.public_from - DAY, Edition.objects.count()
    numbers = range(first, wanted)
    releases = Release.objects.bulk_create(Release(slug=f"old-{n}") for n in numbers)
    editions = Edition.objects.bulk_create(
        Edition(
            release=release, number=1, public_from=begun, made_at=begun, slug=release.slug,
            headline=f"Old {n}", body="<p>Old.</p>", dated=date(2001, 1, 1) + n % 5000 * DAY,
        )
        for n, release in zip(numbers, releases, strict=True)
    )  # fmt: skip
    topic, contact = edition.topics.get(), edition.contacts.get()
    EditionTopic.objects.bulk_create(
        EditionTopic(edition=one, topic=topic, language="en", kind=one.kind, dated=one.dated)
        for one in editions
    )
    EditionContact.objects.bulk_create(
        EditionContact(edition=one, contact=contact) for one in editions
    )


def addresses(edition: Edition) -> dict[str, str]:
    topic, contact = edition.topics.get(), edition.contacts.get()
    return {
        "home": "/",
        "release": edition.get_absolute_url(),
        "editions": edition.get_editions_url(),
        "edition": edition.get_permanent_url(),
        "cite": f"{edition.get_absolute_url()}cite/",
        "text": f"/releases/{edition.slug}.txt",
        "edition's data": f"/releases/{edition.slug}/editions/1.json",
        "list": "/releases/",
        "deep list": "/releases/?after=0001-01-01.",
        "middle of the list": f"/releases/?before={edition.dated}.{edition.slug}",
        "topics": "/topics/",
        "topic": topic.get_absolute_url(),
        "deep topic": f"{topic.get_absolute_url()}?after=0001-01-01.",
        "contacts": "/contacts/",
        "contact": contact.get_absolute_url(),
        "feed": "/feed.atom",
        "feed as RSS": "/feed.rss",
        "feed of a kind": "/kinds/press_release/feed.json",
        "list of feeds": "/feeds.opml",
        "news": "/sitemap-news.xml",
        "api": "/api/releases/",
        "api of a release": f"/api{edition.get_absolute_url()}",
        "topic feed": f"{topic.get_absolute_url()}feed.atom",
        "sitemap": "/sitemap.xml",
        "archive": "/archive/",
        "year": f"/archive/{edition.dated.year}/",
        "month": f"/archive/{edition.dated:%Y/%m}/",
        "narrowed": f"/releases/?kind=press_release&topic={topic.slug}&year=2008",
        "coming": "/coming/",
        "sitemap of a year": f"/sitemap-{edition.dated.year}.xml",
        "not found": "/releases/nothing/",
    }


def costs(client, edition: Edition) -> dict[str, int]:
    """How many queries each address takes."""
    found = {}
    for name, address in addresses(edition).items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == (404 if name == "not found" else 200), address
        found[name] = len(queries)
    return found


@pytest.fixture
def edition(db) -> Edition:
    """A release with everything, in the middle of the others by its date."""
    make_appeal()
    figures = (Figure(make_picture().pk, "A square"), Figure(make_picture().pk, "Another"))
    return make_edition(figures=figures, dated=date(2008, 6, 7))


def test_ten_and_ten_thousand_releases_cost_the_same(stranger, edition):
    grow(edition, 10)
    few = costs(stranger, edition)
    grow(edition, 10_000)
    many = costs(stranger, edition)
    assert Edition.objects.public(timezone.now()).count() == 10_000
    # The pages between the first and the last of a long list have two neighbours.
    assert many == few
    # Of a release: its own row, topics, people, pictures, files, neighbours, who is on call,
    # boilerplate, the appeal.
    assert max(few["release"], few["home"], few["edition"]) <= 9
    assert max(few.values()) <= 10


def test_a_rich_release_costs_no_more_than_a_plain_one(stranger, django_assert_max_num_queries):
    figures = tuple(Figure(make_picture().pk, f"Square {n}") for n in range(5))
    edition = make_edition(
        topics=tuple(make_topic().pk for _ in range(8)),
        contacts=tuple(make_contact(photo=make_picture()).pk for _ in range(5)),
        figures=figures,
    )
    for n in range(3):
        edition = make_next_edition(edition, headline=f"Text {n}")
    with django_assert_max_num_queries(9):
        assert stranger.get(edition.get_absolute_url()).status_code == 200


def test_a_home_of_many_topics_and_contacts_costs_no_more(stranger, django_assert_max_num_queries):
    for _ in range(15):
        make_edition(topics=(make_topic().pk, make_topic().pk))
    stranger.get("/archive/")  # Counts of months are taken once a generation.
    for address in ("/", "/releases/", "/topics/", "/contacts/", "/feed.atom"):
        with django_assert_max_num_queries(8):
            assert stranger.get(address).status_code == 200


def test_nothing_is_remembered_of_a_reader(stranger, edition):
    for address in addresses(edition).values():
        answer = stranger.get(address)
        assert not answer.cookies, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert "Accept-Language" not in answer.headers.get("Vary", ""), address


def test_the_browser_s_wishes_change_nothing(stranger, edition):
    address = edition.get_absolute_url()
    plain = stranger.get(address)
    asked = stranger.get(
        address, headers={"accept-language": "es", "cookie": "django_language=es; sessionid=x"}
    )
    assert asked.content == plain.content


def test_staff_see_what_everybody_sees(stranger, client, edition, administrator):
    client.force_login(administrator)
    for address in addresses(edition).values():
        assert client.get(address).content == stranger.get(address).content, address


def test_every_answer_says_what_a_browser_may_load(stranger, edition):
    picture = edition.figures.first().picture.get_absolute_url()
    for address in [*addresses(edition).values(), "/nowhere", "/releases"]:
        headers = stranger.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
    assert stranger.get(picture).headers["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_newsroom_only_answers_questions(stranger, edition, method):
    for name, address in addresses(edition).items():
        expected = {404, 405} if name == "not found" else {405}
        assert getattr(stranger, method)(address).status_code in expected


def test_head_is_get_without_the_body(stranger, edition):
    for address in addresses(edition).values():
        head, get = stranger.head(address), stranger.get(address)
        assert (head.status_code, head.content) == (get.status_code, b"")
        assert head.headers == get.headers
