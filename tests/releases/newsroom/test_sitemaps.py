"""Sitemaps: every public release, its translations, and what is news, right to the second."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import etree

from releases.models import Edition
from tests.cepr_press.test_page_cache import app, ask
from tests.make import (
    LONG_AGO,
    make_contact,
    make_edition,
    make_next_edition,
    make_translation,
)
from tests.releases.newsroom.schemas import BY_EACH, file_in

__all__ = ["app"]
pytestmark = pytest.mark.django_db
HOST = "http://testserver"
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def document(client, address: str) -> etree._Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    return etree.fromstring(answer.content)


def locations(client, address: str) -> list[str]:
    return document(client, address).xpath("//s:loc/text()", namespaces=NAMES)


def test_the_sitemaps_lead_to_every_public_release(stranger):
    old = make_edition(LONG_AGO, dated=date(2020, 1, 2))
    new = make_edition(LONG_AGO, dated=date(2024, 2, 29))
    make_edition(timezone.now() + timedelta(hours=1), dated=date(2023, 1, 1))
    make_edition(LONG_AGO, language="es", dated=date(2022, 1, 1))
    years = locations(stranger, "/sitemap.xml")
    assert years == [f"http://testserver/sitemap-{year}.xml" for year in (2024, 2020)]
    found = [url for year in years for url in locations(stranger, year)]
    assert found == [f"http://testserver{one.get_absolute_url()}" for one in (new, old)]
    assert len(locations(stranger, "/es/sitemap.xml")) == 1


def test_a_correction_is_a_change_of_the_page(stranger):
    edition = make_edition(dated=date(2024, 2, 29))
    second = make_next_edition(edition, headline="After")
    root = etree.fromstring(stranger.get("/sitemap-2024.xml").content)
    (changed,) = root.xpath("//s:lastmod/text()", namespaces=NAMES)
    at = datetime.fromisoformat(changed)
    assert abs(at - second.public_from) < timedelta(seconds=1)
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("year", ["0", "1", "1999", "9999", "10000", "99999999999999999999"])
def test_a_year_without_releases_does_not_exist(stranger, year):
    make_edition(contacts=(make_contact().pk,))
    assert stranger.get(f"/sitemap-{year}.xml").status_code == 404


def test_the_pages_of_a_family_name_each_other(stranger):
    english = make_edition(slug="the-report", dated=date(2024, 2, 29))
    make_translation(english, slug="el-informe", dated=date(2024, 3, 1))
    make_edition(dated=date(2024, 2, 1))
    family = [
        ("en", f"{HOST}/releases/the-report/"),
        ("es", f"{HOST}/es/releases/el-informe/"),
        ("x-default", f"{HOST}/releases/the-report/"),
    ]
    for address in ("/sitemap-2024.xml", "/es/sitemap-2024.xml"):
        links = document(stranger, address).xpath("//x:link", namespaces=NAMES)
        assert [(one.get("hreflang"), one.get("href")) for one in links] == family


def test_news_is_what_began_within_two_days(stranger, time_machine):
    time_machine.move_to(NOON, tick=False)
    edition = make_edition(NOON - timedelta(hours=47), headline="“A” & B", language="pt-br")
    make_edition(NOON - timedelta(hours=48), language="pt-br")
    make_edition(NOON + SECOND, language="pt-br")
    root = document(stranger, "/pt-br/sitemap-news.xml")
    assert root.xpath("//s:loc/text()", namespaces=NAMES) == [f"{HOST}{edition.get_absolute_url()}"]
    said = {etree.QName(one).localname: one.text for one in root.iterfind(".//n:*", NAMES)}
    assert said["title"] == "“A” & B"
    assert said["language"] == "pt"
    assert datetime.fromisoformat(said["publication_date"]) == NOON - timedelta(hours=47)
    assert f"{HOST}/pt-br/sitemap-news.xml" in locations(stranger, "/pt-br/sitemap.xml")
    assert locations(stranger, "/sitemap-news.xml") == locations(stranger, "/sitemap.xml") == []


def test_a_correction_does_not_make_news_of_what_is_old(stranger, time_machine):
    time_machine.move_to(NOON, tick=False)
    old, new = make_edition(LONG_AGO), make_edition(NOON - timedelta(hours=1))
    make_next_edition(old, headline="Old, corrected")
    make_next_edition(new, headline="New, corrected")
    root = document(stranger, "/sitemap-news.xml")
    assert root.xpath("//n:title/text()", namespaces=NAMES) == ["New, corrected"]
    began = root.xpath("//n:publication_date/text()", namespaces=NAMES)
    assert [datetime.fromisoformat(one) for one in began] == [NOON - timedelta(hours=1)]


@pytest.mark.parametrize(("second", "there"), [(-2, True), (-1, True), (0, False), (1, False)])
def test_no_kept_answer_outlives_the_moment_at_which_a_release_leaves(
    app, time_machine, second, there
):
    time_machine.move_to(NOON, tick=False)
    make_edition(NOON, slug="was-news")
    time_machine.move_to(NOON + timedelta(hours=48, seconds=-3), tick=False)
    assert "was-news" in ask(app, "/sitemap-news.xml").text
    time_machine.move_to(NOON + timedelta(hours=48, seconds=second), tick=False)
    answer = ask(app, "/sitemap-news.xml")
    assert ("was-news" in answer.text) == there
    if there:
        assert sum(answer.spans[name] for name in ("s-maxage", "stale-if-error")) == -second


@BY_EACH
def test_they_are_valid(stranger, schemas):
    english = make_edition(slug="the-report", dated=date(2024, 2, 29))
    make_translation(english, slug="el-informe", dated=date(2024, 3, 1))
    schema = etree.XMLSchema(file=file_in(schemas, "sitemap-all.xsd"))
    for address in ("/sitemap-2024.xml", "/es/sitemap-2024.xml", "/sitemap-news.xml"):
        schema.assertValid(document(stranger, address))
    schema = etree.XMLSchema(file=file_in(schemas, "siteindex.xsd"))
    schema.assertValid(document(stranger, "/sitemap.xml"))
