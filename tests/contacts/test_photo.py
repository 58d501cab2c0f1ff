"""A contact's photo at the desk: replaced, removed, and what the log says of it."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile

from contacts.models import Contact
from files.models import Picture
from tests.forms import form_in
from tests.make import make_contact, make_picture
from tests.releases.desk.steps import signed_in

pytestmark = pytest.mark.django_db


def form_of(client, contact: Contact):
    return form_in(client.get(f"/desk/contacts/contact/{contact.pk}/change/"), "contact_form")


def told() -> str:
    return str(LogEntry.objects.latest("pk").get_change_message())


def test_it_is_removed_and_the_log_names_it(editor):
    contact = make_contact(photo=make_picture("ana.png"))
    client = signed_in(editor)
    form_of(client, contact).post(client, "Save", {"remove_photo": "on"})
    contact.refresh_from_db()
    assert contact.photo is None
    assert told() == "Deleted photo “ana.png”."
    # Editions may show it elsewhere: unused files are swept apart.
    assert Picture.objects.count() == 1


def test_only_a_photo_that_is_there_can_be_removed(editor):
    client = signed_in(editor)
    assert "remove_photo" in form_of(client, make_contact(photo=make_picture())).values
    assert "remove_photo" not in form_of(client, make_contact()).values


def test_a_new_one_takes_its_place_whatever_else_is_ticked(editor):
    contact = make_contact(photo=make_picture("ana.png"))
    with make_picture("new.png").file.open() as file:
        upload = SimpleUploadedFile("new.png", file.read())
    client = signed_in(editor)
    form_of(client, contact).post(client, "Save", {"remove_photo": "on", "new_photo": upload})
    contact.refresh_from_db()
    assert contact.photo.name == "new.png"
    assert told() == "Changed new photo."
