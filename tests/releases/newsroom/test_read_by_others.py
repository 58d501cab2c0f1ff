"""What programs that others wrote get out of a release page."""

from datetime import UTC, datetime

import extruct
import pytest
import trafilatura

from tests.make import make_contact, make_edition, make_topic

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
HOST = "http://testserver"
PARAGRAPHS = [
    "The “ação” of the fund cost Nîmes & São Paulo more than ten million dollars in a year.",
    "“Nobody was asked,” said the mayor, who has asked for an answer from the board since May.",
    "تقرير جديد: رسوم صندوق النقد الدولي الإضافية تكلف مصر مليار دولار سنويًا",
    "Of the five countries that paid most, three had asked for a delay of the payments before.",
]
#: Each language with a headline as long and as accented as they come.
HEADLINES = {
    "en": "Report on “surcharges” finds: Côte d’Ivoire & Peru paid twice what they had borrowed",
    "es": "Un informe halla que Perú pagó dos veces lo que había pedido: «¿Quién lo decidió?»",
    "pt-br": "Relatório diz que o Peru pagou duas vezes o que tomou emprestado, diz associação",
}


def page(client, language: str) -> str:
    edition = make_edition(
        NOON, language=language, headline=HEADLINES[language], summary="In short.",
        slug="the-report", dateline="", body="".join(f"<p>{one}</p>" for one in PARAGRAPHS),
        topics=(make_topic("Bolivia").pk,), contacts=(make_contact("Ann Lee").pk,),
    )  # fmt: skip
    return client.get(edition.get_absolute_url()).content.decode()


@pytest.mark.parametrize("language", HEADLINES)
def test_an_archive_gets_headline_date_author_and_the_whole_text(stranger, settings, language):
    # It looks for a person's name: from one with "for" and "and" in it, it makes two.
    settings.PRESS_OFFICE = {**settings.PRESS_OFFICE, "full_name": "Andean Policy Institute"}
    found = trafilatura.bare_extraction(page(stranger, language), with_metadata=True)
    assert found.title == HEADLINES[language]
    assert found.date == "2026-03-02"
    assert found.author == "Andean Policy Institute"
    assert found.description == "In short."
    assert [one for one in PARAGRAPHS if one not in found.text] == []


@pytest.mark.parametrize("language", HEADLINES)
def test_a_search_engine_gets_the_same_from_the_data(stranger, settings, language):
    found = extruct.extract(page(stranger, language), base_url=HOST)
    data = {one["@type"]: one for one in found["json-ld"]}
    article = data["NewsArticle"]
    assert article["headline"] == HEADLINES[language]
    assert article["inLanguage"] == language
    assert datetime.fromisoformat(article["datePublished"]) == NOON
    assert article["author"]["name"] == settings.PRESS_OFFICE["full_name"]
    assert data["BreadcrumbList"]["itemListElement"][-1]["name"] == HEADLINES[language]


def test_a_chat_gets_headline_summary_and_card(stranger):
    text = page(stranger, "en")
    [graph] = extruct.extract(text, base_url=HOST, syntaxes=["opengraph"])["opengraph"]
    said = dict(graph["properties"])
    assert (said["og:title"], said["og:description"]) == (HEADLINES["en"], "In short.")
    assert said["og:type"] == "article"
    assert said["og:url"] == f"{HOST}/releases/the-report/"
    assert said["og:image"].startswith(f"{HOST}/releases/the-report/card-")
