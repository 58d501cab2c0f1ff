"""Every writing address of a release demands the version that its page had shown."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from releases import workflow
from releases.content import read
from releases.models import Edition, Release, ShareLink, Withdrawal
from tests.house.urlmap import Leaf, leaves
from tests.make import (
    make_appeal,
    make_approved,
    make_edition,
    make_next_edition,
    make_release,
    make_user,
)
from tests.releases.desk.steps import opened, signed_in

#: Addresses that are posted to and need no version, and why.
EXEMPT = {
    "admin:releases_release_autosave": "the person's own slot; restoring it compares the version",
    "admin:releases_release_upload": "a picture that hangs on nothing until the form is saved",
    "admin:releases_release_here": "who has the form open; the answer tells of newer versions",
    "admin:releases_release_unsaved": "discards the person's own slot",
    "admin:releases_release_comment": "a comment changes neither text nor stage",
    "admin:releases_release_share": "a link opens an edition, which never changes",
    "admin:releases_release_check": "stores nothing",
    "admin:releases_release_links": "stores nothing",
    "preview_release": "stores nothing",
    "admin:releases_release_history": "is read only",
    **dict.fromkeys(
        (
            "admin:releases_release_revisions",
            "admin:releases_release_revision",
            "admin:releases_release_differences",
            "admin:releases_release_unpublished",
        ),
        "is read only",
    ),
    "admin:releases_release_delete": "nobody deletes a release",
}
OURS = ("admin:releases_release_", "preview_")


def draft() -> Release:
    return make_release()


def in_review() -> Release:
    release = make_release()
    return workflow.submit(release.pk, release.changed_by, release.version)


def scheduled() -> Release:
    return make_edition(timezone.now() + timedelta(days=1)).release


def public() -> Release:
    return make_edition().release


def pinned() -> Release:
    release = Release.objects.get(pk=make_edition().release_id)
    return workflow.pin(release.pk, make_user("publisher"), release.version)


def behind() -> Release:
    """A translation that began with the first of its original's two editions."""
    edition = make_edition()
    by = make_user("writer")
    made = workflow.translate(edition.release_id, by, latest(edition.release_id).version, "es")
    make_next_edition(edition, headline="Corrected")
    return made


def latest(pk: int) -> Release:
    return Release.objects.get(pk=pk)


def to_another(client: Client, release: Release) -> dict[str, Any]:
    """The address of a release in another language."""
    return {"address": make_edition(language="es").get_absolute_url()}


def corrected() -> Release:
    return make_next_edition(make_edition(), headline="Corrected").release


def saved_twice() -> Release:
    release = make_release()
    content = replace(read(release), headline="Written again")
    return workflow.save(release.pk, release.changed_by, release.version, content)


def changed_form(client: Client, release: Release) -> dict[str, Any]:
    values = opened(client, release).values
    sent = {name: value for name, value in values.items() if value is not None}
    return {**sent, "headline": "Overwritten"}


def fields(**values: str) -> Callable[[Client, Release], dict[str, Any]]:
    return lambda client, release: dict(values)


#: A release that the act is possible for, and what its form sends besides the version.
WRITES: dict[str, tuple[Callable[[], Release], Callable[[Client, Release], dict[str, Any]]]] = {
    "admin:releases_release_change": (draft, changed_form),
    "admin:releases_release_duplicate": (draft, fields()),
    "admin:releases_release_submit": (draft, fields()),
    "admin:releases_release_approve": (in_review, fields()),
    "admin:releases_release_send_back": (in_review, fields(why="Too long.")),
    "admin:releases_release_publish": (make_approved, fields(when="now")),
    "admin:releases_release_publish_urgently": (draft, fields(when="now", why="They call.")),
    "admin:releases_release_take_back": (scheduled, fields()),
    "admin:releases_release_pin": (public, fields(when="open")),
    "admin:releases_release_unpin": (pinned, fields()),
    "admin:releases_release_place": (draft, fields()),
    "admin:releases_release_people": (draft, fields(who="everybody")),
    "admin:releases_release_translate": (public, fields(language="es")),
    "admin:releases_release_catch_up": (behind, fields(number="2")),
    "admin:releases_release_link": (draft, to_another),
    "admin:releases_release_move": (scheduled, fields(when="now", why="They call.")),
    "admin:releases_release_mend_note": (corrected, fields(text="Better words.")),
    "admin:releases_release_restore": (saved_twice, fields()),
    "admin:releases_release_withdraw": (public, fields(reason="error", text="Wrong.")),
}

#: The edition or revision that an address is about.
NUMBERS = {"admin:releases_release_mend_note": 2, "admin:releases_release_restore": 1}


def addresses() -> Iterator[Leaf]:
    """Every address of the desk that is about one release."""
    for leaf in leaves(get_resolver().url_patterns):
        if leaf.name.startswith(OURS) and leaf.wanted & {"pk", "object_id"}:
            yield leaf


def everything() -> list[object]:
    """All that the one door keeps, row by row."""
    models = [Release, Edition, Withdrawal, ShareLink]
    models += [apps.get_model("releases", name) for name in ("Revision", "Act", "ReleaseContact")]
    return [list(model.objects.order_by("pk").values()) for model in models]


def test_every_address_is_known():
    found = {leaf.name for leaf in addresses()}
    assert len(found) > 10
    assert found - EXEMPT.keys() == WRITES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("seen", ["none", "", "0", "-1", "older", "newer", "x" * 5, "9" * 40])
def test_without_the_version_nothing_is_changed(administrator, name, seen):
    release, client, sent = prepared(administrator, name)
    versions = {"older": release.version - 1, "newer": release.version + 1}
    if seen == "none":
        sent.pop("seen", None)
    else:
        sent["seen"] = versions.get(seen, seen)
    before = everything()
    answer = client.post(address(name, release), sent)
    assert answer.status_code in (200, 302)
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.parametrize("name", WRITES)
def test_with_the_version_it_is_done(administrator, name):
    """Otherwise the test above would prove nothing."""
    release, client, sent = prepared(administrator, name)
    before, rows, there = release.version, everything(), Release.objects.count()
    client.post(address(name, release), {**sent, "seen": before})
    release.refresh_from_db()
    copied = name.endswith(("duplicate", "translate"))
    assert release.version == (before if copied else before + 1)
    assert Release.objects.count() == there + copied
    assert everything() != rows


@pytest.mark.django_db
def test_lists_offer_no_act_on_many(administrator):
    release = make_release()
    make_appeal()
    before = everything()
    for action in ("delete_selected", "publish", "approve"):
        sent = {"action": action, "_selected_action": [release.pk], "index": 0}
        signed_in(administrator).post("/desk/releases/release/", sent)
    assert everything() == before
    assert read(release).headline


def prepared(user, name: str) -> tuple[Release, Client, dict[str, Any]]:
    """A release for which the act is possible, a browser, and what the act's form sends."""
    make, sent = WRITES[name]
    client, release = signed_in(user), make()
    release.refresh_from_db()
    return release, client, sent(client, release)


def address(name: str, release: Release) -> str:
    leaf = next(leaf for leaf in addresses() if leaf.name == name)
    number = NUMBERS.get(name)
    return leaf.path({place: number if place == "number" else release.pk for place in leaf.wanted})
