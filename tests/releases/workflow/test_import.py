"""Bringing in a release from a text file: every part in its own field, nothing lost."""

import os
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from lxml import html

from contacts.models import Contact
from releases import workflow
from releases.importers import decode
from releases.importers.draft import bring_in, bring_in_published
from releases.models import Act, Edition, Release, Revision
from tests.make import make_appeal, make_contact, make_topic

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parents[2] / "fixtures" / "imports"
TOPICS = (
    "US",
    "Latin America",
    "Caribbean",
    "Bolivia",
    "Latin America and the Caribbean",
    "Organization of American States",
    "US Foreign Policy",
)


@pytest.fixture
def topics():
    for name in TOPICS:
        make_topic(name)


def imported(*options: str) -> str:
    """Run the command; return what it says."""
    said = StringIO()
    call_command("import_release", *options, stdout=said)
    return said.getvalue()


def text(name: str) -> str:
    return decode((FILES / name).read_bytes())


def test_a_published_release_lands_in_its_fields(stranger, topics, publisher):
    said = imported(str(FILES / "web_copy.txt"), "--publish")
    edition = Edition.objects.get()
    assert edition.get_absolute_url() in said
    assert edition.public_from == datetime(2022, 3, 4, 5, tzinfo=UTC)
    assert (edition.published_by, edition.dated) == (publisher, date(2022, 3, 4))
    page = html.fromstring(stranger.get(edition.get_absolute_url()).content)
    names = page.xpath("//header[@class='release-head']//li/a/text()")
    assert sorted(names) == [
        "Bolivia",
        "Latin America and the Caribbean",
        "Organization of American States",
        "US Foreign Policy",
    ]
    assert page.xpath("//h1/text()") == [
        "Harbor Study Finds Ferry Fares Doubled While Service Shrank"
    ]
    assert "tel:+12025550146" in page.xpath("//@href")
    assert len(page.xpath("//div[@class='release-text']/div[@class='prose']/p")) == 3
    assert "Support Harbor" not in page.text_content()
    assert page.xpath("//span[@class='dateline']/text()") == ["Washington DC"]


def test_what_found_no_place_stands_in_the_log(topics, publisher):
    said = imported(str(FILES / "web_copy.txt"))
    log = Act.objects.get(action="create").why
    assert "web_copy.txt" in log
    assert "Support Harbor" in log
    assert "Support Harbor" in said
    assert Release.objects.get().stage == "draft"
    assert not Edition.objects.exists()


def test_a_long_rest_is_kept_whole(publisher):
    """Longer than any one column that is not made for it."""
    rest = "\n\n".join(f"Sentence {n} of a long closing block." for n in range(60))
    whole = f"{text('web_copy.txt')}\n\n{rest}"
    release = bring_in(whole, publisher, "long.txt")
    kept = f"{release.body} {release.acts.get().why}"
    assert [n for n in range(60) if f"Sentence {n} of" not in kept] == []
    assert Revision.objects.get().release == release


def test_an_unknown_contact_is_added_once(publisher):
    for _ in range(2):
        bring_in(text("web_copy.txt"), publisher, "a.txt")
    contact = Contact.objects.get()
    assert (contact.name, contact.slug, contact.phone) == (
        "Marta Quill", "marta-quill", "+12025550146",
    )  # fmt: skip
    assert [list(one.contacts.all()) for one in Release.objects.all()] == [[contact]] * 2


def test_a_known_contact_keeps_what_the_directory_says(publisher):
    known = make_contact("MARTA QUILL", phone="+12025550199")
    release = bring_in(text("web_copy.txt"), publisher, "a.txt")
    assert release.contacts.get() == known
    known.refresh_from_db()
    assert known.phone == "+12025550199"


def test_a_contact_is_known_by_mail_before_the_name(publisher):
    by_mail = make_contact("M. Q.", email="MARTA@example.org")
    make_contact("Marta Quill")
    release = bring_in(text("with_everything.txt"), publisher, "a.txt")
    assert by_mail in release.contacts.all()
    assert Contact.objects.filter(name="Tom Obi", email="tom@example.org").exists()


def test_a_namesake_s_address_is_not_taken(publisher):
    make_contact("Somebody Else", slug="marta-quill", email="other@example.org")
    bring_in(text("web_copy.txt"), publisher, "a.txt")
    assert Contact.objects.get(name="Marta Quill").slug == "marta-quill-2"


def test_a_very_long_name_breaks_nothing(publisher):
    name = " ".join(["Maximiliana"] * 30)
    whole = text("web_copy.txt").replace("Marta Quill", name)
    release = bring_in(whole, publisher, "a.txt")
    kept = " ".join([str(release.contacts.first()), release.body, release.acts.get().why])
    assert kept.count("Maximiliana") >= 30


def test_a_release_that_may_not_go_out_leaves_nothing(publisher):
    """No topic is known here, so nothing of it can be published."""
    with pytest.raises(CommandError, match="topic"):
        imported(str(FILES / "web_copy.txt"), "--publish")
    assert (Release.objects.count(), Contact.objects.count(), Act.objects.count()) == (0, 0, 0)


def test_a_writer_may_import_but_not_publish(topics, writer):
    with pytest.raises(workflow.Refused):
        bring_in_published(text("web_copy.txt"), writer, "a.txt")
    assert bring_in(text("web_copy.txt"), writer, "a.txt").changed_by == writer


def test_each_language_s_file_keeps_its_language(topics, publisher):
    languages = [
        bring_in(text(name), publisher, name).language
        for name in ("web_copy.txt", "comunicado.txt", "comunicado_pt.txt")
    ]
    assert languages == ["en", "es", "pt-br"]


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("*.txt")))
def test_every_file_of_ours_becomes_a_draft(topics, publisher, name):
    release = bring_in(text(name), publisher, name)
    assert release.headline
    assert release.body
    assert release.acts.get(action="create").why


def test_what_cannot_be_read_is_said(publisher, tmp_path):
    with pytest.raises(CommandError, match="can’t be read"):
        imported(str(tmp_path / "nowhere.txt"))
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CommandError):
        imported(str(picture))


def test_somebody_must_be_there_to_publish(writer):
    for options in ([], ["--user", writer.username], ["--user", "nobody"]):
        with pytest.raises(CommandError, match="may publish"):
            imported(str(FILES / "web_copy.txt"), *options)


# --- The release that the press office gave as an example, where its file is at hand --------------

if SEED := os.environ.get("SEED_RELEASE"):

    def test_every_part_of_the_example_lands_in_its_field(stranger, topics, publisher):
        make_appeal(heading="Our own appeal")
        imported(SEED, "--publish")
        edition = Edition.objects.get()
        page = html.fromstring(stranger.get(edition.get_absolute_url()).content)
        assert edition.kicker == "Press Release"
        assert edition.topics.count() == 4
        assert edition.dated == date(2021, 12, 4)
        assert edition.public_from == datetime(2021, 12, 4, 5, tzinfo=UTC)
        assert [one.name for one in edition.contacts.all()] == ["Dan Beeton"]
        assert "tel:+12022391460" in page.xpath("//@href")
        assert edition.dateline == "Washington DC"
        paragraphs = page.xpath("//div[@class='release-text']/div[@class='prose']/p")
        assert len(paragraphs) == 11
        body = " ".join(one.text_content() for one in paragraphs)
        assert all(mark in body for mark in "“”’á")
        assert "Support CEPR" not in body
        assert "donat" not in body.lower()
        assert "Support" in Act.objects.get(action="create").why
