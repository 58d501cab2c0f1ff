"""A topic or a contact gets another address: the former one leads there, and is nobody else's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cepr_press import generation
from contacts.models import Contact
from releases.models import Topic
from tests.forms import form_in, words_of
from tests.make import make_contact, make_edition, make_topic
from tests.releases.desk.steps import signed_in

#: kind → its model, how one is made, its page, the desk's list, what an edition calls it.
KINDS = {
    "topic": (Topic, make_topic, "/topics/", "/desk/releases/topic/", "topics"),
    "contact": (Contact, make_contact, "/contacts/", "/desk/contacts/contact/", "contacts"),
}
ERRORS = "//*[contains(@class, 'errorlist')]/li"


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


def carried(kind, slug: str, at=None, **fields):
    """A row that an edition carries."""
    _model, make, _page, _desk, place = kind
    row = make(slug=slug)
    make_edition(at, **{place: (row.pk,)}, **fields)
    return row


def move(client, kind, row, slug: str):
    """Give it another address at the desk, as its form asks."""
    address = f"{kind[3]}{row.pk}/change/"
    form = form_in(client.get(address), f"{kind[0]._meta.model_name}_form")
    return form.post(client, "Save", {"slug": slug})


def leads(client, address: str) -> str:
    """Where an address leads for good; '' where it shows something."""
    answer = client.get(address)
    assert answer.status_code in (200, 301)
    return answer.headers.get("Location", "")


def test_every_former_address_leads_to_the_present_one(kind, editor, stranger):
    row, desk, page = carried(kind, "one"), signed_in(editor), kind[2]
    for slug in ("two", "three"):
        move(desk, kind, row, slug)
    found = [leads(stranger, f"{page}{slug}/") for slug in ("one", "two", "three")]
    assert found == [f"{page}three/", f"{page}three/", ""]


def test_going_back_makes_no_loop(kind, editor, stranger):
    row, desk, page = carried(kind, "one"), signed_in(editor), kind[2]
    for slug in ("two", "one", "two", "one"):
        move(desk, kind, row, slug)
    assert [leads(stranger, f"{page}{slug}/") for slug in ("one", "two")] == ["", f"{page}one/"]


def test_a_topic_s_feed_moves_along_in_each_language(editor, stranger):
    row = carried(KINDS["topic"], "one", language="es")
    move(signed_in(editor), KINDS["topic"], row, "two")
    assert leads(stranger, "/es/topics/one/feed.atom") == "/es/topics/two/feed.atom"
    assert leads(stranger, "/es/topics/one/") == "/es/topics/two/"
    for address in ("/topics/one/", "/topics/one/feed.atom", "/topics/two/"):
        assert stranger.get(address).status_code == 404


def test_nothing_leads_to_what_is_not_public(kind, editor, stranger, time_machine):
    moment = timezone.now() + timedelta(hours=1)
    row = carried(kind, "one", moment)
    move(signed_in(editor), kind, row, "two")
    addresses = [f"{kind[2]}{slug}/" for slug in ("one", "two", "never")]
    seen = []
    for step in (-1, 0, 1):
        time_machine.move_to(moment + timedelta(seconds=step), tick=False)
        seen.append([stranger.get(address).status_code for address in addresses])
    assert seen == [[404, 404, 404], [301, 200, 404], [301, 200, 404]]


def test_a_contact_who_has_left_is_led_to_by_nothing(editor, stranger):
    row = carried(KINDS["contact"], "one")
    move(signed_in(editor), KINDS["contact"], row, "two")
    Contact.objects.filter(pk=row.pk).update(active=False)
    assert stranger.get("/contacts/one/").status_code == 404


def test_a_former_address_is_given_to_nobody_else(kind, editor):
    row, other, desk = carried(kind, "one"), carried(kind, "other"), signed_in(editor)
    move(desk, kind, row, "two")
    response = move(desk, kind, other, "one")
    [told] = words_of(response, ERRORS)
    assert told.startswith(f"This was an address of “{row}” and leads there")
    other.refresh_from_db()
    assert other.slug == "other"
    assert not other.former_addresses.exists()


def test_it_is_free_again_once_its_owner_is_gone(kind, administrator):
    make = kind[1]
    row, other, desk = make(slug="one"), make(slug="other"), signed_in(administrator)
    move(desk, kind, row, "two")
    desk.post(f"{kind[3]}{row.pk}/delete/", {"post": "yes"})
    assert not kind[0].objects.filter(pk=row.pk).exists()
    move(desk, kind, other, "one")
    other.refresh_from_db()
    assert other.slug == "one"


def test_another_name_moves_nothing(editor, stranger):
    row, kind = carried(KINDS["topic"], "one"), KINDS["topic"]
    form = form_in(signed_in(editor).get(f"{kind[3]}{row.pk}/change/"), "topic_form")
    form.post(signed_in(editor), "Save", {"name_en": "A new name"})
    assert leads(stranger, "/topics/one/") == ""
    assert not row.former_addresses.exists()


def test_the_form_says_what_happens(kind, editor):
    row = kind[1]()
    page = signed_in(editor).get(f"{kind[3]}{row.pk}/change/").content.decode()
    assert "the former address leads to the new one for ever" in page


def test_pages_that_are_kept_are_made_anew(kind, db):
    row, before = kind[1](slug="one"), generation.current()
    row.former_addresses.create(slug="zero")
    assert generation.current() > before
