"""search(): one list of questions with the order of their answers, on every database."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from contacts import moves
from releases import workflow
from releases.content import Figure
from releases.looking_ahead import as_known_to
from releases.models import Edition, IndexedText, Posting, Release, Spelling, Stem
from releases.search.question import read
from releases.search.searching import Found, rewritten, search
from tests.examples import examples
from tests.make import (
    make_contact,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_user,
    undone,
)

HOUR = timedelta(hours=1)
LONG = "<p>" + "Nothing of note is said here. " * 60


def asked(typed: str, *languages: str, at=None, narrow=None) -> Found:
    """What answers a question now, in English unless told otherwise."""
    return search(at or timezone.now(), languages or ("en",), read(typed), narrow)


def addresses(found: Found) -> list[str]:
    """The last parts of the addresses of what was found, in order."""
    slugs = dict(Edition.objects.values_list("pk", "slug"))
    return [slugs[match.edition] for match in found.matches]


@pytest.fixture
def archive(db) -> None:
    """Releases that differ in where they say what."""
    bolivia = make_topic("Bolivia")
    jane = make_contact("Jane Debtor")

    def publish(slug: str, headline: str, day: int, **fields) -> None:
        make_edition(slug=slug, headline=headline, dated=date(2024, 1, day), **fields)

    publish("headline", "IMF surcharges cost Argentina", 1, body="<p>Fees grow.</p>")
    publish("topic", "Gas and lithium", 2, topics=(bolivia.pk,), body="<p>A report.</p>")
    publish("person", "A new colleague", 3, contacts=(jane.pk,), body="<p>Welcome.</p>")
    publish("subhead", "Borrowers pay", 4, subhead="What the IMF surcharges take")
    publish("summary", "Who pays", 5, summary="On surcharges of the IMF.")
    publish("body", "Lending", 6, body=f"{LONG} The IMF keeps its surcharges.</p>")
    publish("often", "Loans", 7, body="<p>" + "IMF surcharges. " * 4 + "</p>")
    publish("apart", "Surcharges by the IMF", 8)
    publish("older", "Debt relief now", 9)
    publish("newer", "Debt relief now", 10)
    publish("reversed", "Relief from debt", 11, body="<p>Bolivian debt is large.</p>")
    publish("picture", "A chart", 12, figures=(Figure(make_picture().pk, "A line", "Remittances"),))
    publish("es", "La elección en Bolivia", 13, language="es", body="<p>Contó los votos.</p>")
    publish("pt", "Eleições e dívida", 14, language="pt-br", body="<p>Os votos.</p>")


#: What is asked, in which language, and what answers, in this order.
QUESTIONS = [
    ("imf surcharges", "en", ["headline", "apart", "subhead", "often", "summary", "body"]),
    ("surcharge", "en", ["apart", "headline", "subhead", "summary", "often", "body"]),
    ("SURCHARGES imf", "en", ["apart", "headline", "subhead", "often", "summary", "body"]),
    ("bolivia", "en", ["topic"]),
    ("jane", "en", ["person"]),
    ("debt relief", "en", ["newer", "older", "reversed"]),
    ('"debt relief"', "en", ["newer", "older"]),
    ('"relief from debt"', "en", ["reversed"]),
    ("“Debt Relief”", "en", ["newer", "older"]),
    ("debt -relief", "en", []),
    ("debt -bolivian", "en", ["newer", "older"]),
    ('relief -"debt relief"', "en", ["reversed"]),
    ("remittances", "en", ["picture"]),
    ("the gas", "en", ["topic"]),
    ("eleccion", "es", ["es"]),
    ("ELECCIONES", "es", ["es"]),
    ("voto", "es", ["es"]),
    ("eleicao", "pt-br", ["pt"]),
    ("divida", "pt-br", ["pt"]),
    ("the", "en", []),
    ("", "en", []),
    ("AND (", "en", []),
    ("*", "en", []),
    ('"', "en", []),
    ("\x00debt\x00 relief", "en", ["newer", "older", "reversed"]),
    ("debt" + " relief" * 1000, "en", ["newer", "older", "reversed"]),
    ("debt 🎉", "en", ["reversed", "newer", "older"]),
    ("\u202edebt", "en", ["reversed", "newer", "older"]),
]


def test_what_answers_and_in_which_order(archive):
    """All in one test: the archive takes longer to make than all the questions to ask."""
    found = [(typed, language, asked(typed, language)) for typed, language, _expected in QUESTIONS]
    assert [(*one, addresses(said)) for *one, said in found] == QUESTIONS
    assert [typed for typed, _language, said in found if said.meant] == []


#: What is mistyped, in which language, what is meant by it, and what then answers first.
MISTYPED = [
    ("Bolvia", "en", "Bolivia", "topic"),
    ("bolivai", "en", "Bolivia", "topic"),
    ("surcharegs imf", "en", "surcharges imf", "apart"),
    ("remitances", "en", "Remittances", "picture"),
    ("argetnina", "en", "Argentina", "headline"),
    ("elecion", "es", "elección", "es"),
    ("dvida", "pt-br", "dívida", "pt"),
    ("Jnae", "en", "Jane", "person"),
]


def test_a_mistyped_word_is_understood(archive):
    said = [
        (typed, language, rewritten(typed, found.meant).casefold(), addresses(found)[0])
        for typed, language, *_expected in MISTYPED
        for found in [asked(typed, language)]
    ]
    assert said == [(*typed, meant.casefold(), first) for *typed, meant, first in MISTYPED]


def test_what_is_near_nothing_is_said_to_be_nowhere(archive):
    assert vars(asked("xylophones")) == vars(Found(nowhere=["xylophones"]))
    found = asked("xylophones debt")
    assert addresses(found) == ["reversed", "newer", "older"]
    assert (found.nowhere, found.partly) == (["xylophones"], True)


def test_words_that_are_nowhere_together_find_what_has_most_of_them(archive):
    found = asked("argentina imf lithium")
    assert found.partly
    assert addresses(found)[0] == "headline"
    assert set(addresses(found)) >= {"topic", "subhead"}


def test_filters_narrow_what_is_found(archive):
    may = asked("relief", narrow=lambda editions: editions.filter(dated__day=9))
    assert addresses(may) == ["older"]


def test_several_languages_at_once(archive):
    found = asked("bolivia", "en", "es")
    assert set(addresses(found)) == {"es", "topic"}
    assert addresses(asked("votos", "en", "es", "pt-br")) == ["pt", "es"]


# --- The clock -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_is_to_come_is_not_found_meant_or_counted():
    moment = timezone.now() + HOUR
    make_edition(headline="Lithium", slug="public")
    make_edition(moment, headline="Quinoa lithium", slug="to-come")
    assert addresses(asked("lithium")) == ["public"]
    for typed in ("quinoa", "quinoas", "qinoa", "quinoa lithium", '"quinoa lithium"'):
        found = asked(typed)
        assert found.meant == {}, typed
        assert "to-come" not in addresses(found)
    assert addresses(asked("quinoa", at=moment)) == ["to-come"]
    assert asked("qinoa", at=moment).meant == {"qinoa": "Quinoa"}


@pytest.mark.django_db
def test_a_form_that_only_a_text_to_come_has_is_not_offered():
    make_edition(headline="Bolivia votes")
    make_edition(timezone.now() + HOUR, headline="Bolivias vote")
    assert asked("Bolivas").meant == {}
    assert asked("Bolivas", at=timezone.now() + HOUR).meant == {"bolivas": "Bolivias"}
    assert asked("Bolivis").meant == {"bolivis": "Bolivia"}


@pytest.mark.django_db
def test_a_word_to_come_costs_what_a_word_of_nobody_costs(django_assert_num_queries):
    make_edition(headline="Lithium")
    make_edition(timezone.now() + HOUR, headline="Quinoa")
    for typed in ("quinoa", "nobody"):
        with django_assert_num_queries(9):
            asked(typed)


@pytest.mark.django_db
def test_a_former_text_is_found_where_it_was_public():
    first = make_edition(timezone.now() - HOUR, headline="Quinoa")
    second = make_next_edition(first, headline="Lithium")
    then = second.public_from - timedelta(minutes=1)
    assert [one.edition for one in asked("quinoa", at=then).matches] == [first.pk]
    assert [one.edition for one in asked("lithium").matches] == [second.pk]
    assert asked("quinoa").matches == []


@pytest.mark.django_db
def test_withdrawn_is_not_found():
    edition = make_edition(headline="Quinoa")
    assert len(asked("quinoa").matches) == 1
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    assert asked("quinoa").matches == []


@pytest.mark.django_db
def test_what_is_planned_for_others_stays_hidden_in_another_moment():
    moment = timezone.now() + HOUR
    edition = make_edition(moment, headline="Quinoa")
    named = make_user("publisher")
    release = Release.objects.get(pk=edition.release_id)
    release.named_links.create(person=named)
    for user, found in ((named, 1), (make_user("publisher"), 0)):
        with as_known_to(user, timezone.now()):
            assert len(asked("quinoa", at=moment).matches) == found


@pytest.mark.django_db
def test_taken_back_leaves_the_index():
    before = Posting.objects.count(), IndexedText.objects.count()
    edition = make_edition(timezone.now() + HOUR, headline="Quinoa")
    assert Posting.objects.count() > before[0]
    release = Release.objects.get(pk=edition.release_id)
    workflow.take_back(release.pk, make_user("publisher"), release.version)
    assert (Posting.objects.count(), IndexedText.objects.count()) == before


# --- Names that change ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_renamed_topic_is_found_by_its_new_name():
    topic = make_topic("Quinoa")
    make_edition(slug="named", topics=(topic.pk,))
    topic.name_en = "Lithium"
    moves.store(topic)
    assert addresses(asked("lithium")) == ["named"]
    assert asked("quinoa").matches == []


@pytest.mark.django_db
def test_a_renamed_contact_is_found_by_the_new_name_and_one_who_left_by_none():
    contact = make_contact("Jane Doe")
    make_edition(slug="named", contacts=(contact.pk, make_contact().pk))
    contact.name = "Jane Roe"
    moves.store(contact)
    assert addresses(asked("roe")) == ["named"]
    assert asked("doe").matches == []
    contact.active = False
    moves.store(contact)
    assert asked("roe").matches == []


@pytest.mark.django_db
def test_a_new_phone_number_touches_no_index(django_assert_num_queries):
    contact = make_contact()
    make_edition(contacts=(contact.pk,))
    contact.phone = "+12025550199"
    with django_assert_num_queries(4):
        moves.store(contact)


@pytest.mark.django_db
def test_topics_are_found_by_their_name_in_the_release_s_language():
    topic = make_topic("Elections", name_es="Elecciones")
    make_edition(slug="named", language="es", topics=(topic.pk,))
    assert addresses(asked("eleccion", "es")) == ["named"]


# --- reindex -------------------------------------------------------------------------------------


def index_rows() -> list[list[tuple]]:
    return [
        sorted(Posting.objects.values_list("stem__text", "edition", "weight", "day", "places")),
        sorted(IndexedText.objects.values_list("edition", "text")),
        sorted(Stem.objects.values_list("language", "text")),
        sorted(Spelling.objects.values_list("key", "stem__text", "whole")),
    ]


def test_the_index_can_be_made_anew(archive, capsys):
    whole = index_rows()
    call_command("reindex")
    assert capsys.readouterr().out.startswith("0 editions")
    for model in (Posting, Spelling, IndexedText, Stem):
        model.objects.all().delete()
    assert asked("imf").matches == []
    call_command("reindex")
    assert capsys.readouterr().out.startswith(f"{Edition.objects.count()} editions")
    assert index_rows() == whole


def test_what_is_wrong_is_mended(archive, capsys):
    whole = index_rows()
    posting = Posting.objects.filter(stem__text="imf").first()
    Posting.objects.filter(edition=posting.edition_id).update(weight=1)
    call_command("reindex")
    assert capsys.readouterr().out.startswith("1 editions")
    assert index_rows() == whole


# --- Anything can be asked -----------------------------------------------------------------------

PIECES = ["debt", "relief", " ", '"', "-", "(", "*", "\x00", "é", "\ud800", "\u202e"]
ANYTHING = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=80).map("".join)


class Anything(TestCase):
    @examples(60)
    @given(ANYTHING)
    def test_anything_can_be_asked(self, typed):
        with undone():
            make_edition(headline="Debt relief")
            asked(typed, "en", "es", "pt-br")
