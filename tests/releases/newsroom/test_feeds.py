"""The Atom feed: well-formed, stable under corrections, in each language."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from lxml import etree, html

from releases.newsroom.feeds import FORMATS
from tests.make import make_edition, make_next_edition, make_topic

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client, address: str = "/feed.atom") -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(answer.content)


def entries(root: etree._Element) -> list[dict[str, str]]:
    """Each entry's simple values, by the names of its elements."""
    return [
        {etree.QName(part).localname: part.text or part.get("href", "") for part in entry}
        for entry in root.iterfind("a:entry", ATOM)
    ]


def test_an_entry_has_the_whole_release(stranger):
    topics = (make_topic("Bolivia").pk,)
    edition = make_edition(
        headline="A & B", summary="In short.", dateline="La Paz", topics=topics,
        body="<p>“One” &lt; <em>two</em></p>",
    )  # fmt: skip
    (entry,) = entries(feed(stranger))
    assert (entry["title"], entry["summary"]) == ("A & B", "In short.")
    assert entry["link"] == f"http://testserver{edition.get_absolute_url()}"
    assert entry["content"].endswith("La Paz</span> — “One” &lt; <em>two</em></p>")
    assert entry["id"] == f"urn:uuid:{edition.release.uuid}"
    terms = feed(stranger).xpath("//a:category/@term", namespaces=ATOM)
    assert terms == ["Bolivia"]


def test_it_is_valid_where_a_reader_program_looks(stranger):
    """What RFC 4287 asks of a feed (4.1.1) and of an entry (4.1.2)."""
    make_edition()
    root = feed(stranger)
    assert root.xpath("count(a:author/a:name)", namespaces=ATOM) == 1
    for node in (root, root.find("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(node.findall(f"a:{name}", ATOM)) == 1
        datetime.fromisoformat(node.findtext("a:updated", namespaces=ATOM))
    (own,) = root.xpath("a:link[@rel='self']/@href", namespaces=ATOM)
    assert own == "http://testserver/feed.atom"


def test_a_correction_keeps_the_identity_and_the_first_date(stranger):
    edition = make_edition(headline="Before")
    (before,) = entries(feed(stranger))
    make_next_edition(edition, headline="After")
    (after,) = entries(feed(stranger))
    assert (before["title"], after["title"]) == ("Before", "After")
    assert (after["id"], after["link"]) == (before["id"], before["link"])
    assert after["published"] == before["published"]
    assert after["updated"] > before["updated"]
    UUID(after["id"].removeprefix("urn:uuid:"))


@pytest.mark.parametrize(
    ("language", "prefix", "reasons"),
    [
        ("en", "", ["Clarification", "Correction"]),
        ("es", "/es", ["Aclaración", "Corrección"]),
        ("pt-br", "/pt-br", ["Esclarecimento", "Correção"]),
    ],
)
def test_an_entry_opens_with_its_notes_in_its_own_language(stranger, language, prefix, reasons):
    first = make_edition(language=language, body="<p>Ten.</p>")
    second = make_next_edition(first, note="Eleven,\n\nnot < ten.", body="<p>Eleven.</p>")
    make_next_edition(second, None, "clarification", "In Senkata.", body="<p>Eleven there.</p>")
    [entry] = entries(feed(stranger, f"{prefix}/feed.atom"))
    shown = html.fromstring(entry["content"])
    assert shown.xpath(".//strong/text()") == reasons
    words = shown.text_content()
    places = [words.index(one) for one in ("In Senkata.", "Eleven,", "not < ten.", "Eleven there")]
    assert places == sorted(places)
    assert words.count(str(timezone.localdate().year)) == 2


def test_a_typing_error_says_nothing_in_the_feed(stranger):
    edition = make_edition(body="<p>Tne.</p>", dateline="")
    make_next_edition(edition, reason="typo", note="", body="<p>Ten.</p>")
    [entry] = entries(feed(stranger))
    assert entry["content"] == "<p>Ten.</p>"


def test_a_note_of_another_release_or_to_come_is_not_in_an_entry(stranger):
    make_next_edition(make_edition(), timezone.now() + timedelta(hours=1), body="<p>Later.</p>")
    make_next_edition(make_edition(), note="Its own.", body="<p>x</p>")
    found = [entry["content"].count("<strong>") for entry in entries(feed(stranger))]
    assert sorted(found) == [0, 1]


def test_a_hostile_note_stays_words(stranger):
    note = "</p><script>alert(1)</script>\x0b<a href='javascript:x'>y</a>"
    make_next_edition(make_edition(), note=note, body="<p>x</p>")
    [entry] = entries(feed(stranger))
    shown = html.fromstring(entry["content"])
    assert not shown.xpath("//script | //a")
    assert "<script>alert(1)</script>" in shown.text_content()


def test_the_feed_costs_the_same_with_notes(stranger, django_assert_max_num_queries):
    for _ in range(5):
        make_next_edition(make_edition(), body="<p>x</p>")
    with django_assert_max_num_queries(7):
        feed(stranger)


def test_it_has_the_newest_thirty_in_order(stranger):
    for n in range(32):
        make_edition(headline=f"No. {n}", dated=date(2024, 1, 1) + timedelta(days=n))
    titles = [entry["title"] for entry in entries(feed(stranger))]
    assert titles == [f"No. {n}" for n in range(31, 1, -1)]


def test_a_topic_s_feed_has_its_releases_only(stranger):
    edition, _other = make_edition(headline="On it"), make_edition(headline="Off it")
    address = f"{edition.topics.get().get_absolute_url()}feed.atom"
    assert [entry["title"] for entry in entries(feed(stranger, address))] == ["On it"]


def test_an_empty_feed_is_a_feed(stranger):
    assert entries(feed(stranger)) == []


def test_the_feed_stays_the_same_while_nothing_happens(stranger, time_machine):
    make_edition()
    before = stranger.get("/feed.atom").content
    time_machine.move_to(timezone.now() + timedelta(days=3))
    assert stranger.get("/feed.atom").content == before


def test_a_page_says_where_its_feed_is(stranger):
    edition = make_edition()
    topic = edition.topics.get().get_absolute_url()
    kind = "/releases/?kind=press_release"
    for address, below in (("/", "/"), (topic, topic), (kind, "/kinds/press_release/")):
        page = html.fromstring(stranger.get(address).content)
        links = page.xpath("//link[@rel='alternate'][@type]")
        named = {one.get("href"): one.get("type") for one in links}
        for suffix, form in FORMATS.items():
            wanted = f"{below}feed.{suffix}"
            assert named[wanted] == form.MIME_TYPE
            answer = stranger.get(wanted)
            assert answer.headers["Content-Type"] == f"{form.MIME_TYPE}; charset=utf-8"
