"""Quick search at the desk: all that this person may see, and nothing that breaks it."""

from urllib.parse import urlencode

import pytest

from tests.forms import page_of, words_of
from tests.make import make_appeal, make_contact, make_release, make_topic, make_user
from tests.releases.desk.steps import signed_in
from tests.releases.desk.test_hostile import HOSTILE, check

NAMES = "//*[@class='front-headline']"


def hits(user, question: str) -> list[str]:
    """What is found, in the page's order."""
    return words_of(signed_in(user).get("/desk/find/", {"q": question}), NAMES)


@pytest.fixture
def ferries(db) -> None:
    topic, contact = make_topic("Ferry topic"), make_contact("Ferry Contact")
    make_release(headline="Ferry release", topics=(topic.pk,), contacts=(contact.pk,))
    make_appeal(heading="Ferry appeal", name="ferry-appeal")
    make_user("writer", "ferryman")
    make_release(headline="Rice")


def test_each_role_finds_what_it_may_see(ferries, writer, administrator):
    found = ["Ferry release", "Ferry topic", "Ferry Contact", "ferry-appeal"]
    assert hits(writer, "ferry") == found
    assert hits(administrator, "ferry") == [*found, "ferryman"]
    assert hits(make_user(""), "ferry") == []


def test_the_first_hit_is_one_enter_away(ferries, writer):
    page = page_of(signed_in(writer).get("/desk/find/", {"q": "ferry"}))
    assert [link.text_content() for link in page.xpath("//a[@autofocus]")] == ["Ferry release"]


def test_ten_of_a_kind_are_shown(writer):
    for n in range(12):
        make_topic(f"Ferry {n}")
    assert len(hits(writer, "ferry")) == 10


@pytest.mark.parametrize("question", ["%", "_", "\\", "AND (", "*", "", "  ", "x" * 10_000])
def test_signs_are_searched_for_as_they_are(ferries, writer, question):
    assert hits(writer, question) == []


@pytest.mark.parametrize("question", ['"', "'", '"a', "a\x00b", "\x00", "\ud800", "a " * 5000])
def test_no_question_breaks_it(ferries, administrator, question):
    query = urlencode({"q": question}, errors="surrogatepass")
    assert signed_in(administrator).get(f"/desk/find/?{query}").status_code == 200


def test_hostile_names_run_nowhere(writer):
    make_contact(HOSTILE)
    make_release(headline=HOSTILE)
    check(signed_in(writer).get("/desk/find/", {"q": "alert"}))


def test_strangers_are_asked_to_sign_in(stranger):
    for page in ("", "find/", "news/"):
        response = stranger.get(f"/desk/{page}")
        assert (response.status_code, response.url) == (302, f"/desk/login/?next=/desk/{page}")
