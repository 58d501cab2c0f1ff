"""The list of releases: what it says of each, how it is narrowed, what it finds."""

from urllib.parse import urlencode

import pytest

from releases.models import Release
from tests.forms import words_of
from tests.make import make_approved, make_release, make_topic
from tests.releases.desk.steps import LIST, signed_in

HEADLINES = "//*[@id='result_list']/tbody/tr/th"


@pytest.fixture
def editors_list(editor):
    """Return what the list shows under a question: headlines, newest change first."""
    client = signed_in(editor)

    def ask(question: dict[str, object]) -> list[str]:
        response = client.get(LIST, question)
        assert response.status_code == 200
        return words_of(response, HEADLINES)

    return ask


def test_a_row_says_what_it_is_and_who_was_last(editor, writer):
    make_release(writer, headline="A word on rice", kind="statement", language="es")
    [row] = words_of(signed_in(editor).get(LIST), "//*[@id='result_list']/tbody/tr")
    for words in ("A word on rice", "Statement", "Español", "draft", "not public"):
        assert words in row
    assert writer.username in row


def test_the_newest_change_stands_first(editors_list):
    for headline in ("One", "Two", "Three"):
        make_release(headline=headline)
    assert editors_list({}) == ["Three", "Two", "One"]


def test_it_is_narrowed_by_stage_kind_language_and_topic(editors_list):
    rice = make_topic("Rice")
    make_release(headline="A", kind="statement", language="es", topics=(rice.pk,))
    make_approved(headline="B")
    assert editors_list({"stage__exact": "approved"}) == ["B"]
    assert editors_list({"stage__exact": "draft"}) == ["A"]
    assert editors_list({"kind__exact": "statement"}) == ["A"]
    assert editors_list({"language__exact": "en"}) == ["B"]
    assert editors_list({"topics__id__exact": rice.pk}) == ["A"]


@pytest.mark.parametrize("word", ["crossings", "FERRY", "harbour tolls", "ferry-fares", "wharf"])
def test_it_finds_words_of_headline_subhead_summary_text_and_address(editors_list, word):
    make_release(
        headline="Crossings",
        subhead="Ferry prices",
        summary="Harbour tolls doubled.",
        slug="ferry-fares",
        body="<p>At the wharf.</p>",
    )
    make_release(headline="Rice")
    assert editors_list({"q": word}) == ["Crossings"]


@pytest.mark.parametrize("words", ["AND (", "*", "%", "_", "\\", "x" * 10_000, "é ñ"])
def test_signs_are_searched_for_as_they_are(editors_list, words):
    make_release(headline="Rice")
    assert editors_list({"q": words}) == []


@pytest.mark.parametrize("words", ['"', "'", '"a', "a\x00b", "\ud800"])
def test_no_question_breaks_it(editor, words):
    make_release(headline="Rice")
    query = urlencode({"q": words}, errors="surrogatepass")
    assert signed_in(editor).get(f"{LIST}?{query}").status_code == 200


def test_it_asks_the_database_as_often_for_many_as_for_few(editor, django_assert_max_num_queries):
    writer = make_release().changed_by
    client = signed_in(editor)
    client.get(LIST)
    for n in range(30):
        make_release(writer, headline=f"Release {n}")
    with django_assert_max_num_queries(10):
        client.get(LIST)
    assert Release.objects.count() == 31
