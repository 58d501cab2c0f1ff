"""vCard 4.0 (RFC 6350): what an address book takes in."""

import re

import pytest
import vobject

from contacts.models import Contact
from contacts.vcard import vcard

PAGE = "https://press.example.org/contacts/lucia/"


def unfolded(card: str) -> list[str]:
    """The logical lines of a card (RFC 6350, 3.2)."""
    assert card.endswith("END:VCARD\r\n")
    return card.replace("\r\n ", "").split("\r\n")[:-1]


def test_a_card_says_all_there_is():
    person = Contact(
        name="Lucía Barrenechea", role="Press Officer", email="lucia@example.org",
        phone="+12025550125", mobile="+12025550184", languages=["es", "pt-br"],
    )  # fmt: skip
    assert unfolded(vcard(person, "The Office", PAGE, "https://press.example.org/p.jpg")) == [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "FN:Lucía Barrenechea",
        "N:;Lucía Barrenechea;;;",
        "ORG:The Office",
        "TITLE:Press Officer",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+12025550125',
        'TEL;VALUE=uri;TYPE="work,cell":tel:+12025550184',
        "EMAIL;TYPE=work:lucia@example.org",
        "LANG;PREF=1:es",
        "LANG;PREF=2:pt-br",
        f"URL:{PAGE}",
        "PHOTO:https://press.example.org/p.jpg",
        "END:VCARD",
    ]


def test_what_is_not_there_is_not_said():
    lines = unfolded(vcard(Contact(name="Ana"), "", PAGE))
    names = [re.split("[;:]", line)[0] for line in lines]
    assert names == ["BEGIN", "VERSION", "KIND", "FN", "N", "URL", "END"]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ruiz, Ana; MA", "Ruiz\\, Ana\\; MA"),
        ("back\\slash", "back\\\\slash"),
        ("two\r\nEMAIL:evil@example.org", "two EMAIL:evil@example.org"),
    ],
)
def test_no_name_makes_a_line_of_its_own(name, written):
    assert f"FN:{written}" in unfolded(vcard(Contact(name=name), "", PAGE))


@pytest.mark.parametrize("letter", ["a", "é", "中", "😀"])
@pytest.mark.parametrize("length", [60, 71, 72, 73, 120])
def test_long_lines_are_folded_between_characters(letter, length):
    card = vcard(Contact(name=letter * length), "", PAGE)
    assert all(len(line) <= 75 for line in card.encode().split(b"\r\n"))
    assert f"FN:{letter * length}" in unfolded(card)


@pytest.mark.parametrize(
    "name", ["Lucía Barrenechea", "Ruiz, Ana; MA", "back\\slash", "名前 " * 30 + "😀", "a" * 200]
)
def test_an_address_book_of_others_reads_the_same(name):
    """vobject, which calendars and address books written in Python use."""
    person = Contact(
        name=name.strip(), role="Press Officer, La Paz; Lima", email="lucia@example.org",
        phone="+12025550125", mobile="+12025550184", languages=["es", "pt-br"],
    )  # fmt: skip
    card = vobject.readOne(vcard(person, "The Office, Inc.", PAGE, "https://example.org/p.jpg"))
    assert card.version.value == "4.0"
    assert card.fn.value == name.strip()
    assert card.n.value.given == name.strip()
    assert card.org.value == ["The Office, Inc."]
    assert card.title.value == "Press Officer, La Paz; Lima"
    assert [one.value for one in card.tel_list] == ["tel:+12025550125", "tel:+12025550184"]
    assert [one.params["TYPE"] for one in card.tel_list] == [["work,voice"], ["work,cell"]]
    assert [one.value for one in card.lang_list] == ["es", "pt-br"]
    assert (card.email.value, card.url.value) == ("lucia@example.org", PAGE)
