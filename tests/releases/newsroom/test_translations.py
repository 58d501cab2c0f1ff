"""A release in other languages: who leads where, what is behind, and from which second on."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from lxml import etree

from releases import workflow
from releases.models import Edition, Release
from tests.forms import page_of
from tests.make import (
    LONG_AGO,
    make_edition,
    make_next_edition,
    make_topic,
    make_translation,
    make_user,
)
from tests.releases.newsroom.test_walk import clock

__all__ = ["clock"]

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
HOST = "http://testserver"


def alternates(response) -> dict[str, str]:
    """What the page tells search engines, by language."""
    links = page_of(response).xpath("//link[@rel='alternate'][@hreflang]")
    return {link.get("hreflang"): link.get("href") for link in links}


def switched(response) -> dict[str, str]:
    """Where the masthead's languages lead."""
    links = page_of(response).xpath("//*[@class='languages-list']//a")
    return {link.get("lang"): link.get("href") for link in links}


def also_in(response, within: str = "//article") -> list[tuple[str, str]]:
    """The links to translations: the name of the language, and where it leads."""
    links = page_of(response).xpath(f"{within}//*[@class='also']//a")
    assert all(link.get("lang") == link.get("hreflang") for link in links)
    return [(link.text_content(), link.get("href")) for link in links]


def notices(response) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page_of(response).find_class("notice")]


@pytest.fixture
def english(db) -> Edition:
    return make_edition(slug="the-report", headline="The report")


def test_both_lead_to_each_other(stranger, english):
    spanish = make_translation(english, slug="el-informe")
    there, here = "/es/releases/el-informe/", "/releases/the-report/"
    assert spanish.get_absolute_url() == there
    one, other = stranger.get(here), stranger.get(there)
    assert also_in(one) == [("Español", there)]
    assert also_in(other) == [("English", here)]
    family = {"en": f"{HOST}{here}", "es": f"{HOST}{there}", "x-default": f"{HOST}{here}"}
    assert alternates(one) == alternates(other) == family
    assert switched(one) == {"en": "/", "es": there, "pt-br": "/pt-br/"}
    assert switched(other) == {"en": here, "es": "/es/", "pt-br": "/pt-br/"}


def test_three_languages_lead_to_each_other_in_one_order(stranger, english):
    make_translation(english, language="pt-br", slug="o-relatorio")
    make_translation(english, slug="el-informe")
    portuguese = stranger.get("/pt-br/releases/o-relatorio/")
    assert [name for name, _address in also_in(portuguese)] == ["English", "Español"]
    assert set(alternates(portuguese)) == {"en", "es", "pt-br", "x-default"}


def test_a_release_in_one_language_says_nothing_of_others(stranger, english):
    page = stranger.get(english.get_absolute_url())
    assert (also_in(page), alternates(page)) == ([], {})
    assert switched(page) == {"en": "/", "es": "/es/", "pt-br": "/pt-br/"}


def test_lists_lead_to_themselves_in_other_languages(stranger, english):
    for name in ("releases", "topics", "contacts"):
        lists = {"en": f"/{name}/", "es": f"/es/{name}/", "pt-br": f"/pt-br/{name}/"}
        assert switched(stranger.get(f"/es/{name}/")) == lists
        assert all(stranger.get(address).status_code == 200 for address in lists.values())


def test_lists_say_in_which_languages_else(stranger, english):
    spanish = make_translation(english)
    topic, contact = english.topics.get(), english.contacts.get()
    pages = ["/", "/releases/", topic.get_absolute_url(), contact.get_absolute_url()]
    for address in pages:
        found = also_in(stranger.get(address), "//main")
        assert found == [("Español", spanish.get_absolute_url())], address
    assert also_in(stranger.get("/es/"), "//main") == [("English", english.get_absolute_url())]


def test_a_page_of_many_translated_releases_costs_no_more(stranger, django_assert_max_num_queries):
    for _ in range(5):
        make_translation(make_edition())
    for address in ("/", "/releases/", "/es/releases/"):
        with django_assert_max_num_queries(10):
            stranger.get(address)
    spanish = Edition.objects.filter(language="es").first()
    with django_assert_max_num_queries(10):
        assert stranger.get(spanish.get_absolute_url()).status_code == 200


def test_the_links_are_there_from_the_second_of_the_translation(stranger, english, clock):
    spanish = make_translation(english, timezone.now() + HOUR)
    clock.move_to(spanish.public_from - SECOND)
    page = stranger.get(english.get_absolute_url())
    assert (also_in(page), alternates(page)) == ([], {})
    clock.move_to(spanish.public_from)
    page = stranger.get(english.get_absolute_url())
    assert also_in(page) == [("Español", spanish.get_absolute_url())]


def test_a_translation_may_come_before_its_original(stranger, clock):
    english = make_edition(timezone.now() + HOUR)
    spanish = make_translation(english)
    page = stranger.get(spanish.get_absolute_url())
    assert (also_in(page), alternates(page)) == ([], {})
    clock.move_to(english.public_from)
    page = stranger.get(spanish.get_absolute_url())
    assert also_in(page) == [("English", english.get_absolute_url())]


def test_a_withdrawn_translation_is_linked_no_more(stranger, english):
    spanish = make_translation(english)
    assert also_in(stranger.get(english.get_absolute_url()))
    release = Release.objects.get(pk=spanish.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    page = stranger.get(english.get_absolute_url())
    assert (also_in(page), alternates(page)) == ([], {})


def test_without_its_original_a_translation_speaks_for_itself(stranger, english):
    spanish = make_translation(english)
    portuguese = make_translation(english, language="pt-br")
    release = Release.objects.get(pk=english.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    page = stranger.get(spanish.get_absolute_url())
    assert also_in(page) == [("Português", portuguese.get_absolute_url())]
    assert set(alternates(page)) == {"es", "pt-br", "x-default"}


# --- What is behind ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("correction", "The original in Spanish was corrected on"),
        ("clarification", "The original in Spanish was clarified on"),
        ("update", "The original in Spanish was updated on"),
    ],
)
@pytest.mark.django_db
def test_readers_are_told_what_the_translation_does_not_have(stranger, reason, said):
    spanish = make_edition(language="es")
    english = make_translation(spanish, language="en")
    assert notices(stranger.get(english.get_absolute_url())) == []
    corrected = make_next_edition(spanish, reason=reason, body="<p>Mended.</p>")
    page = stranger.get(english.get_absolute_url())
    [notice] = notices(page)
    assert notice.startswith(said)
    link = page_of(page).xpath("//*[@class='notice']/a")[0].get("href")
    assert link == corrected.get_changes_url()
    assert stranger.get(link).status_code == 200
    assert notices(stranger.get(spanish.get_absolute_url())) == []


def test_the_notice_goes_with_the_edition_that_has_it(stranger, english, publisher):
    spanish = make_translation(english)
    make_next_edition(english, body="<p>Mended.</p>")
    release = Release.objects.get(pk=spanish.release_id)
    release = workflow.catch_up(release.pk, publisher, release.version, 2)
    assert notices(stranger.get(spanish.get_absolute_url())) != []
    make_next_edition(spanish, body="<p>Corregido.</p>")
    assert notices(stranger.get(spanish.get_absolute_url())) == []


def test_a_typing_error_of_the_original_is_no_matter(stranger, english):
    spanish = make_translation(english)
    make_next_edition(english, reason="typo", note="", body="<p>Mended.</p>")
    assert notices(stranger.get(spanish.get_absolute_url())) == []


def test_a_correction_to_come_is_not_told(stranger, english, clock):
    spanish = make_translation(english)
    corrected = make_next_edition(english, timezone.now() + HOUR, body="<p>Mended.</p>")
    assert notices(stranger.get(spanish.get_absolute_url())) == []
    clock.move_to(corrected.public_from)
    assert notices(stranger.get(spanish.get_absolute_url())) != []


def test_the_past_was_not_behind(client, english, administrator):
    """The newsroom of another moment: the link and the notice as they stood."""
    with time_machine.travel(timezone.now() - HOUR):
        earlier = make_edition()
        spanish = make_translation(earlier, timezone.now())
        between = (timezone.now() + SECOND).isoformat()
    make_next_edition(earlier, body="<p>Mended.</p>")
    client.force_login(administrator)
    below = f"/desk/at/{between}"
    page = client.get(f"{below}{spanish.get_absolute_url()}")
    assert [one for one in notices(page) if "original" in one] == []
    assert also_in(page) == [("English", f"{below}{earlier.get_absolute_url()}")]
    assert any("original" in one for one in notices(client.get(spanish.get_absolute_url())))


# --- Feeds ---------------------------------------------------------------------------------------


def titles(client, address: str) -> list[str]:
    return [entry.findtext("{*}title") for entry in page_entries(client, address)]


def test_nothing_untranslated_is_in_a_feed_unless_asked_for(stranger, english):
    topic = english.topics.get()
    alone = make_edition(headline="Only in English", topics=(topic.pk,))
    # On another day than the others at any hour: within a day, what was made later goes first.
    make_translation(english, timezone.now(), headline="El informe")
    make_edition(headline="Solo en español", language="es", topics=(topic.pk,))
    for feed in ("feed.atom", f"topics/{topic.slug}/feed.atom"):
        assert titles(stranger, f"/es/{feed}") == ["El informe", "Solo en español"]
        all_there_is = {"Solo en español", "El informe", "Only in English"}
        assert set(titles(stranger, f"/es/{feed}?all=1")) == all_there_is
        assert set(titles(stranger, f"/{feed}")) == {"Only in English", "The report"}
        whole = {"Only in English", "The report", "Solo en español"}
        assert set(titles(stranger, f"/{feed}?all=1")) == whole
        assert titles(stranger, f"/es/{feed}?all=yes") == titles(stranger, f"/es/{feed}")
    entry = next(
        one
        for one in page_entries(stranger, "/es/feed.atom?all=1")
        if one.findtext("{*}title") == "Only in English"
    )
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert alone.get_absolute_url() in entry.find("{*}link").get("href")


def page_entries(client, address: str):
    return etree.fromstring(client.get(address).content).findall("{*}entry")


def test_an_entry_names_its_translations(stranger, english):
    spanish = make_translation(english)
    [entry] = page_entries(stranger, "/feed.atom")
    links = {link.get("hreflang"): link.get("href") for link in entry.findall("{*}link")}
    assert links["es"] == f"{HOST}{spanish.get_absolute_url()}"


def test_topics_are_named_in_the_language_of_the_translation(stranger):
    topic = make_topic("Elections", name_es="Elecciones")
    spanish = make_translation(make_edition(LONG_AGO, topics=(topic.pk,)))
    page = stranger.get(spanish.get_absolute_url()).content.decode()
    assert "Elecciones" in page
    assert "Elections" not in page
