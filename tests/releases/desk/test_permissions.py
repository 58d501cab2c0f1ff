"""Every address of the desk × every role × a release of one's own, another's, a restricted one.

tests/releases/desk/matrix.py is the table. Each address is looked at and posted to, with a form
that would do something if it were let in.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from contacts.models import Contact
from files.renditions import file_name, widths
from releases import autosaving, workflow
from releases.content import Attachment, Figure
from releases.models import Act, Comment, Edition, NamedPerson, Release, Revision, ShareLink, Topic
from tests.house.urlmap import Leaf, values_for
from tests.make import (
    make_appeal,
    make_boilerplate,
    make_document,
    make_duty,
    make_edition,
    make_event,
    make_picture,
    make_series,
    make_user,
    undone,
)
from tests.releases.desk.desk_walk import PLACES, below_the_desk
from tests.releases.desk.matrix import ALL, LEAD_ON, NO_VERSION, OWN_ACCOUNT, ROWS, Row
from tests.releases.desk.steps import signed_in
from tests.selection import long_but

IN, NO_RIGHT, NOT_THERE, NO_WAY, WHO = "in", "no right", "not there", "no such way", "sign in first"
WAYS = ("GET", "POST")
WHOSE = ("own", "another's", "named", "not named")
AUTOCOMPLETE = {"app_label": "releases", "model_name": "release", "field_name": "topics"}
#: What the forms of all pages ask for together: whoever gets in, does something.
FILLED_IN = {
    "why": "Because.", "when": "now", "reason": "error", "text": "Words.", "who": "everybody",
    "name": "Ana", "headline": "Changed", "note": "Oops.", "kind": "statement", "language": "en",
    "contact_links-TOTAL_FORMS": "0", "contact_links-INITIAL_FORMS": "0",
    "figures-TOTAL_FORMS": "0", "figures-INITIAL_FORMS": "0",
    "attachments-TOTAL_FORMS": "0", "attachments-INITIAL_FORMS": "0",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One address as it is asked for, and its row."""

    name: str
    path: str
    row: Row
    whose: str = ""


def leaves_of_the_table() -> Iterator[tuple[Leaf, Row]]:
    for leaf in below_the_desk():
        if leaf.name in ROWS:
            yield leaf, ROWS[leaf.name]


def one_of(whose: str, person: User) -> Edition:
    """A public edition with files: the person's own, another's, or a restricted one."""
    figures = (Figure(make_picture().pk, "A square"),)
    attachments = (Attachment(make_document().pk, "The report"),)
    writer = person if whose == "own" else make_user("writer")
    edition = make_edition(timezone.now(), by=writer, figures=figures, attachments=attachments)
    if whose in ("named", "not named"):
        people = [person] if whose == "named" else [writer]
        release = Release.objects.get(pk=edition.release_id)
        workflow.restrict(release.pk, writer, release.version, people)
    return edition


def path_on(leaf: Leaf, edition: Edition) -> str:
    """The leaf's address for this edition, for its release, or for what hangs on that."""
    key = edition.release_id
    if "releases_edition" in leaf.name:
        key = edition.pk
    elif "releases_act" in leaf.name:
        key = Act.objects.filter(release=edition.release_id).latest("pk").pk
    values = dict.fromkeys(("pk", "object_id"), key) | dict.fromkeys(
        ("number", "older", "newer"), 1
    )
    picture = edition.figures.get().picture
    files = {"key": picture.key, "width": widths(picture)[0], "name": file_name(picture, "jpg")}
    if leaf.name.endswith("_document"):
        files["key"] = edition.attachments.get().document.key
    return leaf.path({**values, **files})


def places(person: User, kinds: tuple[str, ...]) -> list[Place]:
    """Every address of the table; those that hang on a release, once for each kind of these."""
    editions = {whose: one_of(whose, person) for whose in kinds}
    for release in (None, *(one.release for one in editions.values())):
        autosaving.keep(person, release, {"headline": ["Typed, and not saved"]})
    make_appeal()
    make_duty(Contact.objects.first(), timezone.now(), timezone.now() + timedelta(hours=1))
    make_series()
    make_event(shown_from=None)
    make_boilerplate()
    table = {name: rows()[0] for name, rows in PLACES.items()}
    topic = ContentType.objects.get_for_model(Topic).pk
    table["view_on_site"] = {"content_type_id": topic, "object_id": Topic.objects.first().pk}
    table["admin:auth_user_password_change"] = {"id": make_user("writer").pk}
    found = []
    for leaf, row in leaves_of_the_table():
        if row.hangs:
            on = editions.items()
            found += [Place(leaf.name, path_on(leaf, one), row, whose) for whose, one in on]
        else:
            found.append(Place(leaf.name, leaf.path(values_for(leaf, table)), row))
    return found


def ask(client: Client, place: Place, way: str, sent: Mapping[str, object] | None = None) -> str:
    """What the address answers, in a word; what it does is undone."""
    with undone():
        if way == "GET":
            asked = AUTOCOMPLETE if place.name == "admin:autocomplete" else None
            return word(client.get(place.path, asked))
        return word(client.post(place.path, {**FILLED_IN, **(sent or {})}))


def word(response: HttpResponse) -> str:
    """The answer in a word. A row that is not there leads back to the desk: Django's way.

    400 is told to who was let in and sent nothing that could be used.
    """
    status = response.status_code
    if status in (403, 404, 405):
        return {403: NO_RIGHT, 404: NOT_THERE, 405: NO_WAY}[status]
    if status == 401:
        return WHO
    assert status in (200, 302, 400), status
    where = getattr(response, "url", "")
    if where.startswith("/desk/login/"):
        return WHO
    return NOT_THERE if where == "/desk/" else IN


def expected(place: Place, role: str, way: str) -> set[str]:
    """What the table says; whoever has no right learns that, or nothing."""
    if way not in place.row.ways:
        return {NO_WAY}
    hidden = place.whose == "not named"
    if not place.row.allows(role, way):
        return {NO_RIGHT, NOT_THERE} if hidden or not role else {NO_RIGHT}
    return {NOT_THERE} if hidden else {IN}


def everything() -> list[object]:
    """All rows that an act at the desk would touch."""
    models = (Release, Edition, Act, Revision, Comment, NamedPerson, ShareLink)
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_every_address_of_the_desk_has_a_row():
    there = {leaf.name for leaf in below_the_desk()}
    assert there == {*ROWS, *OWN_ACCOUNT, *LEAD_ON}


@pytest.mark.parametrize("role", long_but(sorted(ALL), "writer"))
def test_who_may_go_where(db, role):
    person = make_user(role)
    client = signed_in(person)
    wrong = [
        (place, way, answer)
        for place in places(person, WHOSE)
        for way in WAYS
        if (answer := ask(client, place, way)) not in expected(place, role, way)
    ]
    assert wrong == []


def test_an_account_without_a_role_goes_nowhere(db):
    person = make_user("")
    client = signed_in(person)
    for place in places(person, ("another's",)):
        for way in WAYS:
            assert ask(client, place, way) in expected(place, "", way), (place, way)


@pytest.mark.parametrize("signed_out", ["stranger", "somebody who left"])
def test_strangers_are_asked_to_sign_in(db, signed_out):
    person = make_user("administrator")
    client = signed_in(person) if signed_out == "somebody who left" else Client()
    found = places(person, ("own",))
    User.objects.filter(pk=person.pk).update(is_active=False)
    for place in found:
        for way in WAYS:
            said = ask(client, place, way)
            # What a script posts to may say of a look that there is none.
            assert said == WHO or (said == NO_WAY and way not in place.row.ways), (place, way)


@pytest.mark.parametrize("role", long_but(sorted(ALL), "writer"))
def test_what_is_refused_changes_nothing(db, role):
    """Nor does it with the right version: the refusal is not for having seen another."""
    person = make_user(role)
    client = signed_in(person)
    found, before = places(person, ("not named", "another's")), everything()
    for place in found:
        if IN not in expected(place, role, "POST"):
            client.post(place.path, {**FILLED_IN, "seen": version_of(place)})
            assert everything() == before, place


def version_of(place: Place) -> int:
    """The version of the release that an address names; 0 where it names none."""
    key = next((int(part) for part in place.path.split("/") if part.isdecimal()), 0)
    found = Release.objects.filter(pk=key).values_list("version", flat=True)
    return found.first() or 0


@pytest.mark.parametrize(
    "seen", long_but([{}, {"seen": ""}, {"seen": "-1"}, {"seen": "999"}], {"seen": "999"})
)
def test_every_writing_address_demands_the_version_seen(administrator, seen):
    client = signed_in(administrator)
    found, before = places(administrator, ("another's",)), everything()
    writing = [
        place
        for place in found
        if place.row.hangs and place.name not in NO_VERSION and "POST" in place.row.ways
    ]
    assert len(writing) > 8
    for place in writing:
        client.post(place.path, {**FILLED_IN, **seen})
        assert everything() == before, place


def test_what_needs_no_version_is_in_the_table():
    assert NO_VERSION.keys() <= ROWS.keys()


@pytest.mark.long
def test_the_forms_sent_would_do_something(administrator):
    """So that a refusal is one: with the version seen, they do."""
    client = signed_in(administrator)
    did = set()
    for place in places(administrator, ("another's",)):
        before = everything()
        with undone():
            client.post(place.path, {**FILLED_IN, "seen": version_of(place)})
            if everything() != before:
                did.add(place.name.rpartition("_")[2])
    assert did >= {"change", "people", "withdraw", "back", "comment"}


def test_the_roles_are_the_four_of_the_table(db):
    assert set(Group.objects.values_list("name", flat=True)) == ALL
