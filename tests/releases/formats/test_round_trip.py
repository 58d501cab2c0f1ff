"""What the newsroom writes, the desk's own importers read back."""

import pytest

from releases.html import plain_text
from releases.importers import ImportedRelease
from releases.importers.files import read_file
from releases.importers.rich import parse_rich
from releases.importers.text import parse
from releases.markdown import from_markdown
from releases.models import Edition
from tests.releases.formats.everything import CONTACTS, everything


@pytest.fixture
def edition(db) -> Edition:
    return everything()


def imported(client, edition: Edition, suffix: str) -> ImportedRelease:
    """Bring a release's file in as staff would: a text pasted, a Word file, written Markdown."""
    file = client.get(f"{edition.get_absolute_url().rstrip('/')}.{suffix}").content
    topics = [topic.name_en for topic in edition.topics.all()]
    if suffix == "md":
        return parse_rich(from_markdown(file.decode()), "", topics)
    text = read_file(file)
    return parse_rich(text.markup, text.notes, topics) if text.markup else parse(text.text, topics)


@pytest.mark.parametrize("suffix", ["txt", "md", "docx"])
def test_the_fields_come_back(stranger, edition, suffix):
    found = imported(stranger, edition, suffix)
    assert found.kind == "statement"
    assert found.topics == ("Bolivia",)
    assert found.headline == edition.headline
    assert found.subhead == edition.subhead
    assert found.dated == edition.dated
    assert found.dateline == edition.dateline
    assert found.language == "en"
    assert tuple(one.name for one in found.contacts) == CONTACTS
    assert [one.mobile for one in found.contacts] == [
        one.mobile for one in edition.contacts.order_by("edition_links__position")
    ]


@pytest.mark.parametrize("suffix", ["txt", "md", "docx"])
def test_the_words_of_the_text_come_back_and_no_others(stranger, edition, suffix):
    found = imported(stranger, edition, suffix)
    assert plain_text(found.body).split() == plain_text(edition.body).split()


def test_markdown_gives_back_the_very_same_text(stranger, edition):
    assert imported(stranger, edition, "md").body == edition.body


def test_word_gives_back_headings_quotations_lists_tables_links_and_notes(stranger, edition):
    body = imported(stranger, edition, "docx").body
    for markup in (
        "<h2>What the figures say</h2>", "<blockquote>", "<ul><li>First point<ul>", "<ol>",
        "<th>Country</th>", "<strong>three countries</strong>", 'href="https://example.org/study"',
        '<a href="#fn1" id="fnref1">', '<a href="#fnref1" id="fn1">1</a> Central banks', "<sup>2",
    ):  # fmt: skip
        assert markup in body, markup
