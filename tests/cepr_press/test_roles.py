"""The four roles: what each may do in the desk, as the migration sets it up."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from tests.make import make_user

pytestmark = pytest.mark.django_db

WRITER = [
    "releases.view_release",
    "releases.add_release",
    "releases.change_release",
    "releases.submit_release",
    "releases.import_release",
    "releases.view_topic",
    "releases.view_series",
    "releases.view_event",
    "releases.add_event",
    "releases.change_event",
    "releases.view_boilerplate",
    "releases.view_template",
    "contacts.view_contact",
    "contacts.add_contact",
    "contacts.change_contact",
    "contacts.view_duty",
    "donations.view_appeal",
    "donations.view_campaign",
    "files.view_picture",
]
EDITOR = [
    "releases.approve_release",
    "releases.add_topic",
    "releases.add_boilerplate",
    "releases.change_boilerplate",
    "releases.add_template",
    "releases.change_template",
    "releases.change_topic",
    "releases.add_series",
    "releases.change_series",
    "releases.view_edition",
    "releases.view_act",
    "contacts.add_duty",
    "contacts.change_duty",
    "contacts.delete_duty",
    "donations.view_count",
]
PUBLISHER = [
    "releases.publish_release",
    "releases.lift_release",
    "releases.publish_event",
    "donations.add_appeal",
    "donations.change_appeal",
    "donations.add_campaign",
    "donations.change_campaign",
]
ADMINISTRATOR = [
    "releases.delete_topic",
    "releases.delete_series",
    "releases.delete_boilerplate",
    "releases.delete_template",
    "contacts.delete_contact",
    "donations.delete_appeal",
    "donations.delete_campaign",
    "auth.view_user",
    "auth.add_user",
    "auth.change_user",
    "auth.view_group",
    "admin.view_logentry",
    "accounts.view_accountact",
]
ROLES = {
    "writer": {*WRITER},
    "editor": {*WRITER, *EDITOR},
    "publisher": {*WRITER, *EDITOR, *PUBLISHER},
    "administrator": {*WRITER, *EDITOR, *PUBLISHER, *ADMINISTRATOR},
}


def test_there_are_these_roles_and_no_other():
    assert set(Group.objects.values_list("name", flat=True)) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_may_do_what_it_should(role):
    assert make_user(role).get_all_permissions() == ROLES[role]


def test_an_account_without_a_role_may_do_nothing():
    assert make_user("").get_all_permissions() == set()


def test_nobody_deletes_releases_or_changes_editions_and_the_log():
    for role in ROLES:
        user = make_user(role)
        for right in ("delete_release", "change_edition", "delete_edition", "add_edition",
                      "change_act", "delete_act", "change_revision", "delete_address"):  # fmt: skip
            assert not user.has_perm(f"releases.{right}"), (role, right)


def test_each_right_is_there_once_under_its_usual_name():
    """The migration made them before Django did: Django must not have made them again."""
    for codename in ("view_release", "submit_release", "publish_release", "view_act"):
        assert Permission.objects.filter(codename=codename).count() == 1


@pytest.mark.parametrize("role", ["writer", "editor", "publisher", "administrator"])
def test_every_role_comes_into_the_desk(client, role):
    client.force_login(make_user(role))
    assert client.get("/desk/").status_code == 200
    assert client.get("/desk/releases/release/").status_code == 200


def test_an_administrator_makes_nobody_a_superuser(client, administrator):
    """Least of all himself or herself: the account's form must not offer or take it."""
    client.force_login(administrator)
    address = f"/desk/auth/user/{administrator.pk}/change/"
    shown = client.get(address).content.decode()
    assert 'name="is_superuser"' not in shown
    client.post(address, {"username": administrator.username, "is_superuser": "on"})
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_an_administrator_does_not_change_a_superuser(client, administrator):
    above = User.objects.create_superuser("above", password="pass word 12")
    client.force_login(administrator)
    for page in ("change", "password"):
        answer = client.post(f"/desk/auth/user/{above.pk}/{page}/", {"username": "taken"})
        assert answer.status_code in (302, 403)
    client.post(
        f"/desk/auth/user/{above.pk}/password/",
        {"password1": "another word 12", "password2": "another word 12"},
    )
    above.refresh_from_db()
    assert (above.username, above.check_password("pass word 12")) == ("above", True)
