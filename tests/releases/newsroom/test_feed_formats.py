"""Every feed in every format: the same releases, read by programs that others wrote."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import jsonschema
import pytest
from django.utils import timezone
from lxml import etree

from releases import workflow
from releases.content import Attachment, Figure
from releases.models import Edition, Release
from releases.newsroom.feeds import FORMATS
from tests.cepr_press.test_page_cache import app, ask
from tests.make import (
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_translation,
    make_user,
)
from tests.releases.newsroom.schemas import BY_EACH, file_in

__all__ = ["app"]
pytestmark = pytest.mark.django_db
HOST = "http://testserver"
BEGUN = datetime(2026, 3, 2, 17, tzinfo=UTC)
NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
EVERY = pytest.mark.parametrize("suffix", FORMATS)


@dataclass(frozen=True)
class Item:
    """What a program finds in an entry."""

    urn: str
    address: str
    title: str
    text: str
    published: datetime
    updated: datetime
    tags: list[str]
    pictures: list[str]


def moment(parsed: Any) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def items(text: str | bytes) -> list[Item]:
    """The entries, as feedparser or (of a JSON Feed) Python's own reader finds them."""
    text = text if isinstance(text, bytes) else text.encode()
    if text.startswith(b"{"):
        return [from_json(one) for one in json.loads(text)["items"]]
    found = feedparser.parse(text, sanitize_html=False)
    assert not found.bozo
    return [from_xml(one) for one in found.entries]


def from_xml(one: Any) -> Item:
    return Item(
        urn=one.id,
        address=one.link,
        title=one.title,
        text=one.content[0].value,
        published=moment(one.published_parsed),
        updated=moment(one.updated_parsed),
        tags=[tag.term for tag in one.get("tags", [])],
        pictures=[enclosure.href for enclosure in one.enclosures],
    )


def from_json(one: dict[str, Any]) -> Item:
    return Item(
        urn=one["id"],
        address=one["url"],
        title=one["title"],
        text=one["content_html"],
        published=datetime.fromisoformat(one["date_published"]).replace(microsecond=0),
        updated=datetime.fromisoformat(one["date_modified"]).replace(microsecond=0),
        tags=one["tags"],
        pictures=[attachment["url"] for attachment in one["attachments"]],
    )


def gone(text: bytes) -> list[str]:
    """The identities of what was withdrawn."""
    if text.startswith(b"{"):
        return [one["id"] for one in json.loads(text)["_newsroom"]["withdrawn"]]
    return [one.get("ref") for one in etree.fromstring(text).iter(TOMBSTONE)]


def feed(client, address: str) -> list[Item]:
    answer = client.get(address)
    assert answer.status_code == 200
    return items(answer.content)


def make_rich(**fields: Any) -> Edition:
    """A release with what is hard to write down: marks, accents, Arabic, emoji, two pictures."""
    figures = tuple(Figure(make_picture(f"{n}.png").pk, f"Square {n}", "A & B") for n in (1, 2))
    own = {
        "headline": "“Çà” & <b> – تقرير 🌍",
        "body": "<p>One &lt; <em>two</em>.</p><table><tbody><tr><td>3</td><td>4</td></tr>"
        "<tr><td>5</td><td>6</td></tr></tbody></table>",
        "dateline": "La Paz",
        "topics": (make_topic("Bolivia & Peru").pk,),
        "figures": figures,
    }
    return make_edition(BEGUN, **{**own, **fields})


@EVERY
def test_an_entry_has_the_whole_release(stranger, suffix):
    edition = make_rich()
    [item] = feed(stranger, f"/feed.{suffix}")
    assert item.title == "“Çà” & <b> – تقرير 🌍"
    assert item.address == f"{HOST}{edition.get_absolute_url()}"
    assert item.urn == edition.release.uuid.urn
    assert "La Paz</span> — One &lt; <em>two</em>." in item.text
    assert "<td>3</td>" in item.text
    assert item.published == item.updated == edition.public_from
    assert item.tags == ["Bolivia & Peru"]
    shown = [one.picture.get_absolute_url() for one in edition.figures.all()]
    # An item of RSS has one enclosure.
    assert item.pictures == [f"{HOST}{one}" for one in shown][: 1 if suffix == "rss" else 2]


@EVERY
def test_files_come_after_the_pictures_and_none_that_may_not_be_used(stranger, suffix):
    """What a feed leads to is there: a picture's own file goes with its last day of use."""
    old = Figure(make_picture("old.png").pk, "Old", use_until=date(2020, 1, 1))
    files = (Attachment(make_document("shares.csv").pk, "Shares"),)
    edition = make_rich(figures=(old,), attachments=files)
    address = edition.attachments.get().document.get_absolute_url()
    [item] = feed(stranger, f"/feed.{suffix}")
    assert item.pictures == [f"{HOST}{address}"]
    assert stranger.get(address).status_code == 200
    text = stranger.get(f"/feed.{suffix}").content.decode()
    assert "Shares" in text
    assert '"image":' not in text
    assert 'medium="image"' not in text
    assert '"size_in_bytes": 19' in text if suffix == "json" else 'length="19"' in text


@EVERY
def test_a_picture_says_how_large_it_is(stranger, suffix):
    edition = make_rich()
    size = edition.figures.first().picture.file.size
    said = f'"size_in_bytes": {size}' if suffix == "json" else f'length="{size}"'
    assert said in stranger.get(f"/feed.{suffix}").content.decode()


@EVERY
def test_the_feed_is_there_where_a_picture_s_file_is_lost(stranger, suffix):
    edition = make_rich()
    edition.figures.first().picture.file.delete(save=False)
    [item] = feed(stranger, f"/feed.{suffix}")
    assert item.pictures


@EVERY
def test_a_correction_is_an_update_of_the_same_entry(stranger, suffix):
    first = make_rich()
    second = make_next_edition(first, None, note="Eleven, not ten.", headline="After")
    [item] = feed(stranger, f"/feed.{suffix}")
    assert (item.urn, item.title) == (first.release.uuid.urn, "After")
    assert (item.published, item.updated) == (
        first.public_from,
        second.public_from.replace(microsecond=0),
    )
    assert item.text.index("Eleven, not ten.") < item.text.index("La Paz")


@EVERY
def test_what_was_withdrawn_leaves_a_tombstone_and_nothing_else(stranger, suffix):
    edition, kept = make_rich(headline="Taken Back"), make_edition(headline="Kept")
    assert gone(stranger.get(f"/feed.{suffix}").content) == []
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    content = stranger.get(f"/feed.{suffix}").content
    assert [item.title for item in items(content)] == [kept.headline]
    assert gone(content) == [edition.release.uuid.urn]
    assert b"Taken Back" not in content


@EVERY
@pytest.mark.parametrize(
    "beginning", ["/", "/topics/bolivia/", "/kinds/press_release/", "/es/", "/pt-br/"]
)
def test_each_is_right_to_the_second_through_the_page_cache(app, time_machine, suffix, beginning):
    time_machine.move_to(NOON - timedelta(hours=1), tick=False)
    language = beginning.strip("/") if beginning in ("/es/", "/pt-br/") else "en"
    topics = (make_topic("Bolivia", slug="bolivia").pk,)
    make_edition(NOON - timedelta(hours=2), language=language, topics=topics, headline="Before")
    edition = make_edition(NOON, language=language, topics=topics, headline="At noon")
    address = f"{beginning}feed.{suffix}"
    for second, titles in (
        (-1, ["Before"]),
        (0, ["At noon", "Before"]),
        (1, ["At noon", "Before"]),
    ):
        time_machine.move_to(edition.public_from + timedelta(seconds=second), tick=False)
        assert [item.title for item in items(ask(app, address).text)] == titles


@EVERY
def test_each_feed_has_its_own_and_no_other(stranger, suffix):
    bolivia = (make_topic("Bolivia", slug="bolivia").pk,)
    make_edition(headline="On it", topics=bolivia)
    make_edition(headline="A letter on it", topics=bolivia, kind="open_letter")
    make_edition(headline="Statement", kind="statement")
    make_edition(headline="Carta", kind="open_letter", language="es")

    def titles(address: str) -> set[str]:
        return {item.title for item in feed(stranger, address)}

    assert titles(f"/feed.{suffix}") == {"On it", "A letter on it", "Statement"}
    assert titles(f"/topics/bolivia/feed.{suffix}") == {"On it", "A letter on it"}
    assert titles(f"/kinds/open_letter/feed.{suffix}") == {"A letter on it"}
    assert titles(f"/es/kinds/open_letter/feed.{suffix}") == {"Carta"}
    assert titles(f"/kinds/open_letter/feed.{suffix}?all=1") == {"A letter on it", "Carta"}
    assert titles(f"/kinds/media_advisory/feed.{suffix}") == set()
    for nothing in (f"/kinds/unheard_of/feed.{suffix}", f"/topics/peru/feed.{suffix}"):
        assert stranger.get(nothing).status_code == 404


@EVERY
def test_a_topic_s_former_address_leads_to_the_same_format(stranger, suffix):
    topic = make_topic("Bolivia", slug="bolivia-today")
    topic.former_addresses.create(slug="bolivia")
    make_edition(topics=(topic.pk,))
    answer = stranger.get(f"/topics/bolivia/feed.{suffix}")
    assert (answer.status_code, answer.url) == (301, f"/topics/bolivia-today/feed.{suffix}")


@EVERY
def test_a_feed_stays_the_same_while_nothing_happens(stranger, time_machine, suffix):
    make_rich()
    before = stranger.get(f"/feed.{suffix}").content
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert stranger.get(f"/feed.{suffix}").content == before


@EVERY
def test_a_feed_says_what_it_is_of(stranger, settings, suffix):
    make_edition(topics=(make_topic("Bolivia", slug="bolivia").pk,))
    content = stranger.get(f"/topics/bolivia/feed.{suffix}?all=1").content
    title = f"{settings.PRESS_OFFICE['name']}: Bolivia"
    own, home = f"{HOST}/topics/bolivia/feed.{suffix}?all=1", f"{HOST}/topics/bolivia/"
    if suffix == "json":
        said = json.loads(content)
        assert (said["title"], said["feed_url"], said["home_page_url"]) == (title, own, home)
    else:
        said = feedparser.parse(content).feed
        links = {one.rel: one.href for one in said.links}
        assert (said.title, links["self"], links["alternate"]) == (title, own, home)


@EVERY
def test_an_entry_leads_to_its_translations(stranger, suffix):
    english = make_edition()
    spanish = make_translation(english)
    content = stranger.get(f"/feed.{suffix}").content.decode()
    assert f"{HOST}{spanish.get_absolute_url()}" in content


# --- The list of all feeds ----------------------------------------------------------------------


def outlines(client) -> dict[str, tuple[str, str]]:
    """Name and page of each feed in the list, by its address."""
    answer = client.get("/feeds.opml")
    assert answer.headers["Content-Type"] == "text/x-opml; charset=utf-8"
    root = etree.fromstring(answer.content)
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    found = root.xpath("//outline[@type='rss']")
    return {one.get("xmlUrl"): (one.get("text"), one.get("htmlUrl")) for one in found}


def test_the_list_of_feeds_leads_to_every_one_of_them(stranger):
    topic = make_topic("Bolivia & Peru", slug="bolivia", name_es="Bolivia y Perú")
    make_edition(topics=(topic.pk,))
    make_edition(topics=(topic.pk,), language="es")
    there = outlines(stranger)
    assert there[f"{HOST}/topics/bolivia/feed.atom"] == (
        "Bolivia & Peru",
        f"{HOST}/topics/bolivia/",
    )
    assert there[f"{HOST}/es/topics/bolivia/feed.atom"][0] == "Bolivia y Perú"
    assert f"{HOST}/pt-br/topics/bolivia/feed.atom" not in there
    for way in ("", "/es", "/pt-br"):
        assert {f"{HOST}{way}/feed.atom", f"{HOST}{way}/kinds/statement/feed.atom"} <= set(there)
    for address, (_name, page) in there.items():
        for one in (address, page):
            assert stranger.get(one.removeprefix(HOST)).status_code == 200


# --- By schemas ---------------------------------------------------------------------------------


def make_all_kinds_of_entries() -> None:
    edition = make_rich()
    make_translation(edition)
    make_next_edition(edition, body="<p>x</p>")
    taken = Release.objects.get(pk=make_edition().release_id)
    workflow.withdraw(taken.pk, make_user("publisher"), taken.version, "error")


@BY_EACH
def test_atom_is_valid(stranger, schemas):
    make_all_kinds_of_entries()
    schema = etree.RelaxNG(file=file_in(schemas, "atom.rng"))
    for address in ("/feed.atom", "/es/feed.atom", "/pt-br/feed.atom", "/feed.atom?all=1"):
        schema.assertValid(etree.fromstring(stranger.get(address).content))


@BY_EACH
def test_json_feed_is_valid(stranger, schemas):
    make_all_kinds_of_entries()
    schema = json.loads(file_in(schemas, "jsonfeed-1.1.json").read_text())
    for address in ("/feed.json", "/es/feed.json", "/pt-br/feed.json", "/feed.json?all=1"):
        jsonschema.validate(json.loads(stranger.get(address).content), schema)
