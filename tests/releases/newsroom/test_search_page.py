"""The search page: what readers see of what they asked for, in three languages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from releases.models import Edition
from tests.cepr_press.test_page_cache import app
from tests.make import make_contact, make_edition, make_topic
from tests.releases.newsroom.planted import Words, planted_content
from tests.releases.newsroom.reader import Reader

__all__ = ["app"]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEARCH = "/search/"
BODY = "<p>" + "Nothing of note. " * 40 + "A lender of last resort &amp; more.</p>"


@pytest.fixture
def clock(db):
    """A clock that stands, so that the generation is not asked for anew."""
    with time_machine.travel(timezone.now(), tick=False) as standing:
        yield standing


def page(stranger: Client, address: str = SEARCH, **query) -> str:
    """What a reader is shown for a question."""
    answer = stranger.get(address, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_field_stands_on_every_page_and_works_without_a_script(stranger):
    edition = make_edition()
    for address in ("/", "/es/", "/pt-br/topics/", edition.get_absolute_url(), "/nowhere/"):
        shown = stranger.get(address).content.decode()
        language = address if address in ("/es/",) else "/pt-br/" if "pt-br" in address else "/"
        assert f'role="search" action="{language}search/"' in shown
        assert 'name="q"' in shown
    assert page(stranger).count('name="q"') == 1


def test_headline_and_excerpt_show_the_words_that_were_asked_for(stranger):
    make_edition(
        headline="Lenders & lending", summary="On banks.", body=BODY, dated=date(2024, 2, 29)
    )
    shown = page(stranger, q="lender")
    assert "<mark>Lenders</mark> &amp; lending" in shown
    assert "A <mark>lender</mark> of last resort &amp; more." in shown
    assert "February 29, 2024" in shown
    assert "1 release" in shown
    assert '<meta name="robots" content="noindex">' in shown
    # The page that only has the field is like any other.
    assert '<meta name="robots"' not in page(stranger)


def test_a_summary_that_has_the_words_is_the_excerpt(stranger):
    make_edition(summary="Banks, and what a lender is.", body=BODY)
    shown = page(stranger, q="lenders")
    assert "Banks, and what a <mark>lender</mark> is." in shown
    assert "last resort" not in shown


def test_markup_in_a_question_or_a_text_is_text(stranger):
    make_edition(headline="Lender <b>bold</b>")
    typed = '"><script>alert(1)</script> lender'
    shown = page(stranger, q=typed)
    assert "<script>" not in shown
    assert f'value="{escape(typed)}"' in shown
    assert "&lt;b&gt;bold" in page(stranger, q="lender")


def test_filters_combine_and_stay_in_the_address(stranger):
    topic, day = make_topic("Oil"), date(2023, 1, 1)
    for n in range(12):
        make_edition(slug=f"oil-{n}", headline="Oil price", topics=(topic.pk,), kind="statement",
                     dated=day + n * DAY)  # fmt: skip
    make_edition(
        slug="other-kind", headline="Oil price", topics=(topic.pk,), dated=date(2023, 1, 1)
    )
    make_edition(slug="other-year", headline="Oil price", topics=(topic.pk,), kind="statement",
                 dated=date(2022, 1, 1))  # fmt: skip
    make_edition(slug="other-topic", headline="Oil price", kind="statement", dated=day)
    chosen = {"q": "oil price", "topic": topic.slug, "kind": "statement", "year": "2023"}
    first = page(stranger, **chosen)
    assert "12 releases" in first
    following = f"?q=oil+price&amp;topic={topic.slug}&amp;kind=statement&amp;year=2023&amp;page=2"
    assert following in first
    second = page(stranger, **chosen, page=2)
    assert following.removesuffix("&amp;page=2") in second
    found = first + second
    for slug in ("other-kind", "other-year", "other-topic"):
        assert f"/{slug}/" not in found
        assert f"/{slug}/" in page(stranger, q="oil price") + page(stranger, q="oil price", page=2)
    assert all(f"/oil-{n}/" in found for n in range(12))
    for selected in (f'"{topic.slug}" selected', '"statement" selected', "<option selected>2023"):
        assert selected in first


def test_what_nobody_can_choose_is_left_out(stranger):
    make_edition(headline="Oil")
    odd = {"topic": "\x00", "kind": "x", "year": "²³", "language": "en'", "page": "99999"}
    assert "1 release" in page(stranger, q="oil", **odd)
    assert "1 release" in page(stranger, q="oil", page="300")
    for year in ("0", "9999", "-1", "1e3"):
        page(stranger, q="oil", year=year)


def test_other_languages_when_they_are_asked_for(stranger):
    make_edition(slug="english", headline="Petróleo")
    make_edition(slug="spanish", headline="El petróleo", language="es")
    assert "/es/releases/spanish/" not in page(stranger, q="petroleo")
    assert "/es/releases/spanish/" in page(stranger, q="petroleo", language="es")
    shown = page(stranger, q="petroleo", language="all")
    assert "/es/releases/spanish/" in shown
    assert '"/releases/english/"' in shown
    assert '<h3 class="headline" dir="auto" lang="es">' in shown


def test_a_mistyped_word(stranger):
    make_edition(slug="named", headline="Bolivia votes")
    shown = page(stranger, q="Bolvia vote")
    assert '<a href="?q=Bolivia+vote"><strong>Bolivia vote</strong></a>' in shown
    assert "<mark>Bolivia</mark> <mark>votes</mark>" in shown


def test_topics_and_people_by_their_names_come_first(stranger):
    topic, jane = make_topic("Bolivia", name_es="Bolivia"), make_contact("Jane Doe")
    make_edition(topics=(topic.pk,), contacts=(jane.pk,))
    assert f'<a href="{topic.get_absolute_url()}">Bolivia</a>' in page(stranger, q="bolivia")
    assert f'<a href="{jane.get_absolute_url()}">Jane Doe</a>' in page(stranger, q="doe jane")


def test_nothing_found_helps(stranger):
    topic = make_topic("Oil")
    make_edition(slug="english", headline="Lithium", topics=(topic.pk,))
    make_edition(headline="Quinoa", language="es")
    shown = page(stranger, q="quinoa")
    assert "Nothing was found for “quinoa”." in shown
    assert '<a href="?q=quinoa&amp;language=es">1 release in Español</a>' in shown
    shown = page(stranger, q="lithium", year="1999")
    assert '<a href="?q=lithium">1 release in English</a>' in shown
    assert topic.name in page(stranger)


@pytest.mark.parametrize(
    "typed", ['"', '""', "AND (", "*", "\x00", "a" * 10_000, "🎉", "\u202e", "-", "'; --", "%00%"]
)
def test_no_question_is_an_error(stranger, typed):
    make_edition(headline="Oil")
    page(stranger, q=typed)


def test_what_is_kept_a_secret_answers_like_what_nobody_wrote(app, clock):
    word = Words()
    make_edition(headline="Lithium")
    make_edition(timezone.now() + HOUR, **vars(planted_content(word)))
    reader = Reader(app)

    def told(question: str) -> tuple[object, ...]:
        one = reader.ask(f"/search/?q={question}")
        return one.status, one.queries, one.body.decode().replace(question, "ASKED")

    reader.ask("/")
    fields = ("headline", "subhead", "summary", "dateline", "body", "alt", "topic", "contact")
    for field in fields:
        never = "n" + word.given[field]
        assert told(word.given[field]) == told(never), field
        assert told(word.given[field][:-1]) == told(never[:-1]), field
    assert told("lithium")[1:] != told("lithiun")[1:]


def test_a_search_costs_the_same_however_many_are_found(stranger, django_assert_num_queries):
    for n in range(3):
        make_edition(headline=f"Oil {n}", topics=(make_topic().pk, make_topic().pk))
    for typed in ("oil", "oil 1"):
        with django_assert_num_queries(8):
            page(stranger, q=typed)
    for n in range(12):
        make_edition(headline=f"Oil {n}", topics=(make_topic().pk, make_topic().pk))
    with django_assert_num_queries(8):
        page(stranger, q="oil")
    with django_assert_num_queries(3):
        page(stranger)


def test_pages_of_results_are_kept_and_questions_bounded(app, clock):
    make_edition(headline="Oil")
    reader = Reader(app)
    first = reader.ask("/search/?q=oil&utm_source=mail")
    assert b"1 release" in first.body
    again = reader.ask("/search/?utm_source=other&q=oil")
    assert (again.body, again.queries) == (first.body, 0)
    assert b"1 release" in reader.ask("/search/?q=oil" + "+oil" * 3000).body
    assert reader.ask("/releases/?q=oil").body == reader.ask("/releases/").body


def test_questions_never_push_other_pages_out(app, clock, monkeypatch):
    monkeypatch.setattr("cepr_press.page_store.MOST_SEARCHED_BYTES", 50_000)
    edition = make_edition(headline="Oil")
    reader = Reader(app)
    reader.ask(edition.get_absolute_url())
    for n in range(20):
        reader.ask(f"/search/?q=oil+{n}")
    assert reader.ask("/search/?q=oil+19").queries == 0
    assert reader.ask(edition.get_absolute_url()).queries == 0
    assert reader.ask("/search/?q=oil+0").queries > 0
    assert app.store.searched_size <= 50_000


def test_the_newsroom_of_another_moment_has_its_own_answers(client, administrator):
    make_edition(timezone.now() + HOUR, slug="to-come", headline="Oil")
    client.force_login(administrator)
    for hours, found in ((2, True), (0, False)):
        moment = (timezone.now() + hours * HOUR).isoformat()
        shown = client.get(f"/desk/at/{moment}/search/", {"q": "oil"}).content.decode()
        assert ("releases/to-come/" in shown) is found
        assert 'role="search" action="/desk/at/' in shown
    assert Edition.objects.count() == 1


# --- While somebody types ------------------------------------------------------------------------


def offered(stranger: Client, typed: str, address: str = "/search/suggestions/") -> list[str]:
    return [one["text"] for one in stranger.get(address, {"q": typed}).json()["suggestions"]]


def test_what_begins_like_a_name_or_a_headline_is_offered(stranger):
    topic, jane = make_topic("Bolivia", name_es="Bolivia (país)"), make_contact("Jane Bolter")
    for language in ("en", "es"):
        make_edition(
            headline="Élections: the bolivar falls", language=language, topics=(topic.pk,),
            contacts=(jane.pk,),
        )  # fmt: skip
    assert offered(stranger, "bol") == ["Bolivia", "Jane Bolter", "Élections: the bolivar falls"]
    assert offered(stranger, "elect BOL") == ["Élections: the bolivar falls"]
    assert offered(stranger, "bol", "/es/search/suggestions/")[0] == "Bolivia (país)"
    assert offered(stranger, "") == offered(stranger, "\x00") == offered(stranger, "zz") == []


def test_what_is_to_come_is_not_offered(stranger, clock):
    make_edition(timezone.now() + HOUR, headline="Quinoa", topics=(make_topic("Quince").pk,))
    assert offered(stranger, "qui") == []
    clock.shift(HOUR)
    assert offered(stranger, "qui") == ["Quince", "Quinoa"]


def test_only_pages_with_something_to_press_run_a_script(stranger):
    edition = make_edition()
    home = edition.get_absolute_url()
    for address in ("/", f"{home}editions/", "/search/suggestions/", "/search"):
        answer = stranger.get(address)
        assert "script-src" not in answer.headers["Content-Security-Policy"], address
        assert b'type="module"' not in answer.content
    for address, name in (
        ("/search/", "search"),
        ("/es/search/?q=x", "search"),
        (home, "copy"),
        (f"{home}editions/1/", "copy"),
        (f"{home}cite/", "copy"),
    ):
        answer = stranger.get(address)
        policy = answer.headers["Content-Security-Policy"]
        assert policy.endswith("; script-src 'self'")
        assert policy.startswith("default-src 'none'")
        assert f'<script type="module" src="/static/js/{name}.js">' in answer.content.decode()
