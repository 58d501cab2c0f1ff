"""Every address of the desk that is ours × every role. A new address fails until it has a row."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from tests.house.urlmap import Leaf, leaves, values_for
from tests.make import (
    make_appeal,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_user,
)
from tests.releases.desk.steps import signed_in

OURS = ("releases", "contacts", "donations", "files", "auth")
ALL = {"writer", "editor", "publisher", "administrator"}
REVIEW = ALL - {"writer"}
PUBLISH = {"publisher", "administrator"}
ADMIN = {"administrator"}
NOBODY: set[str] = set()
#: Addresses that only act: they are posted to, and answer a GET with 405.
ACTS = {
    "releases_release_submit",
    "releases_release_approve",
    "releases_release_take_back",
    "releases_release_comment",
}
#: Addresses that are asked by POST, since they are sent what the form holds.
ASKED = {
    "releases_release_check",
    "releases_release_check_new",
    "releases_release_links",
    "releases_release_links_new",
}
#: Addresses that a script posts to: a refusal is data, never a redirect.
DATA = {
    "releases_release_autosave",
    "releases_release_autosave_new",
    "releases_release_here",
}
#: Addresses of what one person alone has: 404 for those who have nothing there.
OWN = {"releases_release_unsaved", "releases_release_unsaved_new"}
POSTED = ACTS | ASKED | DATA
#: What an address answers to who may go there, where that is not 200.
STATUS = dict.fromkeys(ACTS, 302) | dict.fromkeys(OWN, 404)
MAY = {
    "releases_release_changelist": ALL,
    "releases_release_add": ALL,
    "releases_release_change": ALL,
    "releases_release_history": ALL,
    "releases_release_revisions": ALL,
    "releases_release_revision": ALL,
    "releases_release_differences": ALL,
    "releases_release_unpublished": ALL,
    "releases_release_restore": ALL,
    "releases_release_delete": NOBODY,
    "releases_release_import": ALL,
    "releases_release_check": ALL,
    "releases_release_check_new": ALL,
    "releases_release_links": ALL,
    "releases_release_links_new": ALL,
    "releases_release_submit": ALL,
    "releases_release_approve": REVIEW,
    "releases_release_send_back": REVIEW,
    "releases_release_publish": PUBLISH,
    "releases_release_publish_urgently": PUBLISH,
    "releases_release_take_back": PUBLISH,
    "releases_release_move": PUBLISH,
    "releases_release_withdraw": PUBLISH,
    "releases_release_mend_note": PUBLISH,
    "releases_release_share": PUBLISH,
    "releases_release_comment": ALL,
    "releases_release_autosave": ALL,
    "releases_release_autosave_new": ALL,
    "releases_release_here": ALL,
    "releases_release_unsaved": ALL,
    "releases_release_unsaved_new": ALL,
    "releases_release_picture": ALL,
    "releases_edition_changelist": REVIEW,
    "releases_edition_add": NOBODY,
    "releases_edition_change": REVIEW,
    "releases_edition_history": REVIEW,
    "releases_edition_delete": NOBODY,
    "releases_act_changelist": REVIEW,
    "releases_act_add": NOBODY,
    "releases_act_change": REVIEW,
    "releases_act_history": REVIEW,
    "releases_act_delete": NOBODY,
    "releases_topic_changelist": ALL,
    "releases_topic_add": REVIEW,
    "releases_topic_change": ALL,
    "releases_topic_history": ALL,
    "releases_topic_delete": ADMIN,
    "contacts_contact_changelist": ALL,
    "contacts_contact_add": ALL,
    "contacts_contact_change": ALL,
    "contacts_contact_history": ALL,
    "contacts_contact_delete": ADMIN,
    "donations_appeal_changelist": ALL,
    "donations_appeal_add": PUBLISH,
    "donations_appeal_change": ALL,
    "donations_appeal_history": ALL,
    "donations_appeal_delete": ADMIN,
    "auth_user_changelist": ADMIN,
    "auth_user_add": ADMIN,
    "auth_user_change": ADMIN,
    "auth_user_history": ADMIN,
    "auth_user_delete": NOBODY,
    "auth_user_password_change": ADMIN,
    "auth_group_changelist": ADMIN,
    "auth_group_add": NOBODY,
    "auth_group_change": ADMIN,
    "auth_group_history": ADMIN,
    "auth_group_delete": NOBODY,
}


def desk() -> Iterator[tuple[str, Leaf]]:
    """Our addresses of the desk, by name."""
    for leaf in leaves(get_resolver().url_patterns):
        name = leaf.name.removeprefix("admin:")
        if name != leaf.name and name.startswith(tuple(f"{app}_" for app in OURS)):
            yield name, leaf


@pytest.fixture
def addresses(db) -> dict[str, str]:
    """Every address of ours, filled in for rows that are there."""
    make_release()
    edition = make_edition(at=timezone.now())
    make_appeal()
    second = make_next_edition(make_edition(), headline="Again")
    first = {"number": 1, "older": 1, "newer": 1}
    table = {
        "admin:releases_release_picture": {"key": make_picture().key},
        "admin:releases_release_mend_note": {"pk": second.release_id, "number": 2},
        "admin:releases_release_revision": first,
        "admin:releases_release_restore": first,
        "admin:releases_release_differences": first,
        "admin:releases_release_unpublished": {"pk": edition.release_id, "number": 1},
    }
    users = {"admin:auth_user_password_change": {"id": make_user("writer").pk}}
    known = {**table, **users}
    return {name: leaf.path(values_for(leaf, known)) for name, leaf in desk()}


def answer(client: Client, name: str, address: str) -> int:
    """What the address answers; an act is asked for with a comment that is not there to settle."""
    posted = name in POSTED
    response = client.post(address, {"settle": "0"}) if posted else client.get(address)
    return response.status_code


def test_every_address_has_a_row():
    assert {name for name, _leaf in desk()} == set(MAY)


@pytest.mark.parametrize("role", sorted(ALL))
def test_who_may_go_where(addresses, role):
    client = signed_in(make_user(role))
    expected = dict.fromkeys(addresses, 403)
    expected |= {name: STATUS.get(name, 200) for name in MAY if role in MAY[name]}
    assert {name: answer(client, name, path) for name, path in addresses.items()} == expected


def test_an_account_without_a_role_may_go_nowhere(addresses):
    client = signed_in(make_user(""))
    assert {answer(client, name, path) for name, path in addresses.items()} == {403}


def test_a_stranger_is_asked_to_sign_in(addresses, stranger):
    for name, path in addresses.items():
        response = stranger.post(path) if name in POSTED else stranger.get(path)
        if name in DATA:
            assert (response.status_code, list(response.json())) == (401, ["error"])
        else:
            assert (response.status_code, response.url) == (302, f"/desk/login/?next={path}")


def test_somebody_who_left_is_a_stranger(addresses):
    user = make_user("administrator")
    client = signed_in(user)
    user.is_active = False
    user.save()
    expected = {name: 401 if name in DATA else 302 for name in addresses}
    assert {name: answer(client, name, path) for name, path in addresses.items()} == expected


def test_acts_are_not_done_by_looking(addresses, administrator):
    client = signed_in(administrator)
    assert {client.get(addresses[name]).status_code for name in POSTED} == {405}


def test_the_roles_are_the_four_of_the_table(db):
    assert set(Group.objects.values_list("name", flat=True)) == ALL


def test_the_names_of_the_autocomplete_fields_are_for_staff_only(db, stranger, writer):
    question = {"app_label": "releases", "model_name": "release", "field_name": "topics"}
    assert stranger.get("/desk/autocomplete/", question).status_code == 302
    assert signed_in(make_user("")).get("/desk/autocomplete/", question).status_code == 403
    assert signed_in(writer).get("/desk/autocomplete/", question).status_code == 200
