"""Phone numbers: accepted as people write them, stored as E.164, shown as readers expect."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from contacts.models import Contact
from contacts.phones import display, to_e164
from tests.make import make_contact


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("202-555-0147", "+12025550147"),
        ("(202) 555 0147", "+12025550147"),
        ("+1 202.555.0147", "+12025550147"),
        ("1-202-555-0147", "+12025550147"),
        ("tel:+1-202-555-0147", "+12025550147"),
        ("+591 2 2112233", "+59122112233"),
        ("+55 11 91234-5678", "+5511912345678"),
        ("+34 912 34 56 78", "+34912345678"),
    ],
)
def test_a_number_is_stored_in_one_form(written, stored):
    assert to_e164(written) == stored


@pytest.mark.parametrize("written", ["", "x", "12", "555-0147", "+1 202", "+999 1234567", "\x00"])
def test_what_is_no_number_is_refused(written):
    with pytest.raises(ValidationError, match="valid phone number"):
        to_e164(written)


@pytest.mark.parametrize(
    ("stored", "language", "shown"),
    [
        ("+12025550147", "en", "(202) 555-0147"),
        ("+12025550147", "es", "+1 202-555-0147"),
        ("+12025550147", "pt-br", "+1 202-555-0147"),
        ("+34912345678", "en", "+34 912 34 56 78"),
        ("", "en", ""),
    ],
)
def test_a_number_is_shown_as_readers_expect(stored, language, shown):
    assert display(stored, language) == shown


def test_the_home_country_is_the_office_s(settings):
    settings.PRESS_OFFICE = {**settings.PRESS_OFFICE, "region": "ES"}
    assert to_e164("912 34 56 78") == "+34912345678"
    assert display("+34912345678", "en") == "912 34 56 78"


@given(text=st.text(max_size=30))
def test_any_text_is_a_number_or_is_refused(text):
    try:
        stored = to_e164(text)
    except ValidationError:
        return
    assert to_e164(stored) == stored
    assert to_e164(display(stored, "es")) == stored


@pytest.mark.django_db
def test_a_contact_keeps_the_stored_form():
    contact = make_contact()
    contact.phone, contact.mobile = "(202) 555-0147", " "
    contact.full_clean()
    contact.save()
    stored = Contact.objects.get()
    assert (stored.phone, stored.mobile) == ("+12025550147", "")


@pytest.mark.django_db
@pytest.mark.parametrize("codes", ["en", {"en": 1}, ["xx"], [1], ["en", "xx"]])
def test_languages_come_from_the_list(codes):
    contact = make_contact()
    contact.languages = codes
    with pytest.raises(ValidationError):
        contact.full_clean()


@pytest.mark.django_db
def test_languages_are_shown_by_their_own_names():
    assert make_contact(languages=["es", "ht"]).languages_display == "Español, Kreyòl ayisyen"
