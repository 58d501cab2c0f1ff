"""The public page that says what changed between two editions."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from releases.models import Edition
from tests.make import make_contact, make_edition, make_next_edition, make_topic

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
DAY = NOON.date()


def page(older: Edition, newer: Edition) -> str:
    """The page as the public gets it."""
    answer = Client().get(address(newer.slug, older.number, newer.number))
    assert answer.status_code == 200
    return answer.content.decode()


def address(slug: str, older: int, newer: int) -> str:
    return reverse("newsroom:differences", args=[slug, older, newer])


def status(slug: str, older: int, newer: int) -> int:
    return Client().get(address(slug, older, newer)).status_code


def marked(html: str, tag: str) -> list[str]:
    """The words of each <ins> or <del>, as they are read aloud."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", one)) for one in found]


@pytest.fixture
def corrected() -> tuple[Edition, Edition]:
    """Two editions: the second says eleven where the first said ten."""
    first = make_edition(
        NOON, dated=DAY, headline="Ten died in Senkata", body="<p>Ten died on a Tuesday.</p>"
    )
    newer = {"headline": "Eleven died in Senkata", "body": "<p>Eleven died on a Tuesday.</p>"}
    second = make_next_edition(first, note="An eleventh died.", **newer)
    return first, second


def test_it_tells_the_words_that_went_and_came_in_words(corrected):
    html = page(*corrected)
    assert marked(html, "del") == ["[removed: Ten]", "[removed: Ten]"]
    assert marked(html, "ins") == ["[added: Eleven]", "[added: Eleven]"]
    assert "</ins> died on a Tuesday.</p>" in html
    assert [">Headline</h2>" in html, ">Text</h2>" in html] == [True, True]
    assert [">Subhead</h2>" in html, ">Summary</h2>" in html] == [False, False]


def test_it_says_why_and_when_and_leads_to_both_editions(corrected):
    html = page(*corrected)
    assert "Correction</strong>" in html
    assert "An eleventh died." in html
    for edition in corrected:
        assert f'href="{edition.get_permanent_url()}"' in html
        assert edition.public_from.astimezone(timezone.get_current_timezone()).isoformat() in html


def test_each_edition_in_between_gives_its_reason(corrected):
    first, second = corrected
    third = make_next_edition(second, None, "update", "A twelfth.", subhead="x")
    html = page(first, third)
    assert html.index("An eleventh died.") < html.index("A twelfth.")
    assert "An eleventh died." not in page(second, third)
    assert marked(page(second, third), "ins") == ["[added: x]"]


def test_topics_and_contacts_are_told_by_name():
    old, kept, new = make_topic("Chile"), make_topic("Peru"), make_topic("Bolivia")
    gone, come = make_contact("Ana Paz"), make_contact("Dan Moss")
    first = make_edition(NOON, dated=DAY, topics=(old.pk, kept.pk), contacts=(gone.pk,))
    second = make_next_edition(first, topics=(kept.pk, new.pk), contacts=(come.pk,))
    html = page(first, second)
    assert marked(html, "del") == ["[removed: Chile]", "[removed: Ana Paz]"]
    assert marked(html, "ins") == ["[added: Bolivia]", "[added: Dan Moss]"]


def test_the_date_and_the_kind_are_told_as_readers_see_them():
    first = make_edition(NOON, dated=DAY)
    second = make_next_edition(first, dated=DAY + timedelta(days=7), kind="statement")
    html = page(first, second)
    assert marked(html, "del") == ["[removed: Press Release]", "[removed: 2]"]
    assert marked(html, "ins") == ["[added: Statement]", "[added: 9]"]


def test_where_only_the_form_changed_it_says_so():
    first = make_edition(NOON, dated=DAY, body="<p>Ten died.</p>")
    second = make_next_edition(first, reason="typo", note="", body="<p>Ten <em>died</em>.</p>")
    html = page(first, second)
    assert "The words are the same" in html
    assert marked(html, "ins") == marked(html, "del") == []


def test_markup_in_the_words_is_escaped():
    first = make_edition(NOON, dated=DAY, headline="Plain")
    second = make_next_edition(first, headline="<script>alert(1)</script>")
    html = page(first, second)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_search_engines_keep_the_release_not_this_page(corrected):
    assert '<meta name="robots" content="noindex">' in page(*corrected)


def test_only_an_earlier_with_a_later_edition_that_is_there(corrected):
    slug = corrected[1].slug
    assert status(slug, 1, 2) == 200
    assert {status(slug, *pair) for pair in ((2, 1), (1, 1), (2, 2), (0, 2), (1, 3), (0, 0))} == {
        404
    }
    assert status("nowhere", 1, 2) == 404


def test_an_edition_to_come_is_as_if_it_were_not(corrected):
    slug = corrected[1].slug
    make_next_edition(corrected[1], timezone.now() + timedelta(hours=1), headline="Soon")
    to_come, never = Client().get(address(slug, 1, 3)), Client().get(address(slug, 1, 4))
    assert to_come.status_code == never.status_code == 404
    strip = re.compile(rb"editions/1/\d/")
    assert strip.sub(b"", to_come.content) == strip.sub(b"", never.content)


def test_a_withdrawn_release_says_that_it_is_gone_and_nothing_else(corrected):
    second = corrected[1]
    Edition.objects.filter(pk=second.pk).update(public_until=timezone.now())
    answer = Client().get(address(second.slug, 1, 2))
    assert answer.status_code == 410
    assert "An eleventh died." not in answer.content.decode()
    assert status(second.slug, 1, 3) == 404


def test_the_page_speaks_the_language_of_the_release():
    with translation.override("es"):
        first = make_edition(
            NOON, dated=DAY, language="es", headline="Murieron diez", dateline="La Paz"
        )
        second = make_next_edition(first, headline="Murieron once")
        html = page(first, second)
    assert '<html lang="es"' in html
    assert '<div class="changes prose" lang="es" dir="ltr">' in html
    assert status(second.slug, 1, 2) == 404


def test_it_asks_the_database_as_often_for_two_editions_as_for_many(
    corrected, django_assert_num_queries
):
    first, last = corrected
    with django_assert_num_queries(6):
        page(first, last)
    for n in range(4):
        last = make_next_edition(last, headline=f"Headline {n}", topics=(make_topic().pk,))
    with django_assert_num_queries(6):
        page(first, last)


def test_the_link_leads_from_an_edition_to_what_changed_in_it(corrected):
    first, second = corrected
    link = render_to_string("newsroom/_changes_link.html", {"item": second})
    assert f'href="{address(second.slug, 1, 2)}"' in link
    assert render_to_string("newsroom/_changes_link.html", {"item": first}).strip() == ""


def test_nothing_but_reading_is_answered(corrected):
    second = corrected[1]
    assert Client().post(address(second.slug, 1, 2)).status_code == 405
    assert Client().head(address(second.slug, 1, 2)).status_code == 200
