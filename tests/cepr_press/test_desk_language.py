"""Staff read the desk in a language of their own; the newsroom's follows from the address."""

import pytest
from django.test import Client

from tests.forms import page_of
from tests.make import make_edition, make_release, make_user
from tests.releases.desk.steps import address, signed_in

WORDS = {"en": "Search the desk", "es": "Buscar en la redacción", "pt-br": "Buscar na redação"}
PAGES = ("", "find/", "news/", "releases/release/", "contacts/contact/", "releases/topic/")


def choose(client: Client, language: str):
    return client.post("/desk/language/", {"language": language, "next": "/desk/"})


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_the_language_that_was_chosen(writer, language, page):
    client = signed_in(writer)
    choose(client, language)
    response = client.get(f"/desk/{page}")
    shown = page_of(response)
    assert shown.get("lang") == language
    said = response.content.decode()
    assert [one for one, words in WORDS.items() if words in said] == [language]


def test_the_form_speaks_it_and_the_text_keeps_its_own(writer):
    release = make_release(writer, language="en")
    client = signed_in(writer)
    choose(client, "es")
    assert page_of(client.get(address(release))).get("lang") == "es"
    [link] = page_of(client.get("/desk/")).find_class("front-headline")
    assert link.get("lang") == "en"


def test_at_first_the_browser_is_asked(writer):
    client = signed_in(writer)
    answer = client.get("/desk/", headers={"accept-language": "pt-BR,pt;q=0.9"})
    assert page_of(answer).get("lang") == "pt-br"
    assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))
    choose(client, "es")
    answer = client.get("/desk/", headers={"accept-language": "pt-BR,pt;q=0.9"})
    assert page_of(answer).get("lang") == "es"


def test_the_newsroom_never_hears_of_it(writer):
    make_edition()
    client = signed_in(writer)
    choose(client, "es")
    assert client.cookies["desk_language"]["path"] == "/desk/"
    answer = client.get("/", headers={"accept-language": "es", "cookie": "desk_language=es"})
    assert page_of(answer).get("lang") == "en"
    assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_a_choice_leads_back_and_nowhere_else(db):
    client = signed_in(make_user("writer"))
    sent = {"language": "es", "next": "https://elsewhere.example/"}
    assert client.post("/desk/language/", sent).url == "/es/"
    assert choose(client, "es").url == "/desk/"
    assert "desk_language" not in signed_in(make_user("writer")).get("/desk/language/").cookies


def test_an_unknown_language_changes_nothing(writer):
    client = signed_in(writer)
    choose(client, "xx")
    assert "desk_language" not in client.cookies
