"""People at the newsroom: the directory and its choices, cards for address books, addresses."""

import pytest

from contacts import moves
from tests.forms import page_of, words_of
from tests.make import make_contact, make_edition, make_picture, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory():
    """Ana and Ben, who speak other languages, on other topics; both on a third."""
    votes, debt, both = (make_topic(name, slug=name.lower()) for name in ("Votes", "Debt", "Both"))
    ana = make_contact("Ana", slug="ana", languages=["en", "es"])
    ben = make_contact("Ben", slug="ben", languages=["en", "ht"])
    make_edition(topics=(votes.pk, both.pk), contacts=(ana.pk,))
    make_edition(topics=(debt.pk, both.pk), contacts=(ben.pk,))


def named(client, query: str = "", below: str = "/contacts/") -> list[str]:
    response = client.get(f"{below}{query}")
    assert response.status_code == 200
    return words_of(response, "//*[@class='contact-name']")


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("", ["Ana", "Ben"]),
        ("?topic=votes", ["Ana"]),
        ("?topic=both", ["Ana", "Ben"]),
        ("?speaks=ht", ["Ben"]),
        ("?topic=both&speaks=es", ["Ana"]),
        ("?topic=debt&speaks=es", []),
        ("?topic=&speaks=", ["Ana", "Ben"]),
    ],
)
def test_people_are_chosen_by_topic_and_language(stranger, directory, query, people):
    assert named(stranger, query) == people


def test_the_form_offers_what_there_is_and_keeps_the_choice(stranger, directory):
    page = page_of(stranger.get("/contacts/?topic=votes&speaks=es"))
    offered = {
        select.get("name"): [option.get("value") for option in select]
        for select in page.xpath("//select")
    }
    assert offered == {
        "topic": ["", "both", "debt", "votes"],
        "speaks": ["", "en", "es", "ht"],
    }
    chosen = page.xpath("//option[@selected]/@value")
    assert chosen == ["votes", "es"]


def test_an_empty_choice_says_whom_to_call(stranger, directory):
    page = stranger.get("/contacts/?topic=debt&speaks=es")
    [said] = words_of(page, "//main//*[@class='notice']")
    assert said.startswith("Nobody is listed for this choice")


@pytest.mark.parametrize("query", ["?topic=secret", "?topic=never", "?speaks=xx", "?speaks=ar"])
def test_what_readers_cannot_see_is_not_found(stranger, directory, query):
    make_topic("Secret", slug="secret")
    assert stranger.get(f"/contacts/{query}").status_code == 404


def test_the_directory_costs_the_same_for_many(stranger, directory, django_assert_num_queries):
    for n in range(6):
        make_edition(contacts=(make_contact(f"Person {n}").pk,))
    with django_assert_num_queries(4):
        assert len(named(stranger)) == 8
    with django_assert_num_queries(5):
        assert named(stranger, "?topic=votes&speaks=es") == ["Ana"]


# --- Photos --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("/contacts/", {"width": "56", "height": "56", "loading": "lazy"}),
        ("/releases/here/", {"width": "56", "height": "56", "loading": "lazy"}),
        ("/contacts/ana/", {"width": "1200", "height": "1600", "loading": None}),
    ],
)
def test_a_photo_comes_in_a_size_that_fits_and_never_whole(stranger, where, said):
    photo = make_picture("ana.png", (1200, 1600))
    make_edition(contacts=(make_contact("Ana", slug="ana", photo=photo).pk,), slug="here")
    page = page_of(stranger.get(where))
    [image] = page.xpath("//main//img")
    sources = {one.get("type"): one.get("srcset") for one in page.xpath("//picture//source")}
    assert {name: image.get(name) for name in said} == said
    assert image.get("src") == f"/media/{photo.key}/960/ana.jpg"
    assert {*sources} == {"image/avif", "image/webp"}
    for offered in (*sources.values(), image.get("srcset")):
        assert [one.split()[1] for one in offered.split(", ")] == ["480w", "960w", "1200w"]
    smallest = stranger.get(sources["image/avif"].split()[0])
    assert (smallest.status_code, smallest.headers["Content-Type"]) == (200, "image/avif")
    assert photo.get_absolute_url() not in stranger.get(where).text


def test_who_has_no_photo_has_no_picture(stranger):
    make_edition(contacts=(make_contact("Ana", slug="ana").pk,))
    for where in ("/contacts/", "/contacts/ana/"):
        page = page_of(stranger.get(where))
        assert page.xpath("//h1")
        assert not page.xpath("//picture | //img")


# --- Cards for address books ---------------------------------------------------------------------


def test_a_card_is_there_for_who_is_public(stranger):
    person = make_contact("Ana Ruiz", slug="ana", photo=make_picture())
    make_edition(contacts=(person.pk,))
    page = page_of(stranger.get("/contacts/ana/"))
    [link] = page.xpath("//a[@download]/@href")
    assert link == "/contacts/ana.vcf"
    card = stranger.get(link)
    assert card.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert card.headers["Content-Disposition"] == 'attachment; filename="ana.vcf"'
    assert card.headers["X-Robots-Tag"] == "noindex"
    lines = card.content.decode().replace("\r\n ", "").split("\r\n")
    assert "FN:Ana Ruiz" in lines
    assert "URL:http://testserver/contacts/ana/" in lines
    [photo] = [line.removeprefix("PHOTO:") for line in lines if line.startswith("PHOTO:")]
    file = stranger.get(photo.removeprefix("http://testserver"))
    assert (file.status_code, file.headers["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize("state", ["not named", "left", "other language"])
def test_nobody_else_has_a_card(stranger, state):
    person = make_contact(slug="ana", active=state != "left")
    others = make_contact()
    contacts = (others.pk,) if state == "not named" else (person.pk, others.pk)
    make_edition(contacts=contacts, language="es" if state == "other language" else "en")
    assert stranger.get("/contacts/ana.vcf").status_code == 404
    assert stranger.get("/contacts/ana/").status_code == 404


def test_a_former_address_leads_to_the_present_card(stranger):
    person = make_contact(slug="ana")
    make_edition(contacts=(person.pk,))
    person.slug = "ana-ruiz"
    moves.store(person)
    assert stranger.get("/contacts/ana.vcf").headers["Location"] == "/contacts/ana-ruiz.vcf"


# --- Mail addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize("where", ["release", "contacts", "contact", "footer"])
def test_mail_addresses_are_whole_for_people_and_hidden_in_the_source(stranger, settings, where):
    """Without a script: a browser, and so a screen reader, has the link and the text."""
    office = str(settings.PRESS_OFFICE["email"])
    person = make_contact(slug="ana", email="ana.ruiz@example.org")
    edition = make_edition(contacts=(person.pk,))
    address = {
        "release": edition.get_absolute_url(),
        "contacts": "/contacts/",
        "contact": "/contacts/ana/",
        "footer": "/",
    }[where]
    mail = office if where == "footer" else person.email
    answer = stranger.get(address)
    [link] = page_of(answer).xpath(f"//a[@href='mailto:{mail}']")
    assert mail in link.text_content()
    source = answer.content.decode()
    assert mail not in source
    assert f"mailto:{mail}" not in source
