"""Who else has a release open: said while it is true, and not a moment longer than it can be."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from releases import autosaving, workflow
from releases.models import Presence
from tests.make import make_release
from tests.releases.desk.steps import address, opened, signed_in


def heard(client, release, **sent) -> dict[str, str]:
    """What a form that is open is told, each time that it says so."""
    sent = {"seen": release.version, **sent}
    return client.post(address(release, "here"), sent).json()


def test_each_is_told_of_the_other(writer, editor):
    release = make_release(writer)
    one, other = signed_in(writer), signed_in(editor)
    assert heard(one, release)["others"] == ""
    assert heard(other, release)["others"] == f"{writer.username} has this open too"
    assert heard(one, release)["others"] == f"{editor.username} has this open too"


def test_of_three_both_others_are_named(writer, editor, publisher):
    release = make_release(writer)
    heard(signed_in(writer), release)
    heard(signed_in(editor), release)
    names = f"{writer.username} and {editor.username}"
    assert heard(signed_in(publisher), release)["others"] == f"{names} have this open too"


def test_who_leaves_is_gone_at_once(writer, editor):
    release = make_release(writer)
    one, other = signed_in(writer), signed_in(editor)
    heard(one, release)
    assert heard(one, release, leave="1") == {}
    assert heard(other, release)["others"] == ""


def test_who_is_not_heard_of_is_gone_soon(writer, editor):
    release = make_release(writer)
    one, other = signed_in(writer), signed_in(editor)
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        heard(one, release)
    with time_machine.travel(now + autosaving.HEARD - timedelta(seconds=1), tick=False):
        assert heard(other, release)["others"]
    with time_machine.travel(now + autosaving.HEARD, tick=False):
        assert heard(other, release)["others"] == ""


def test_looking_at_the_form_is_no_presence(writer):
    release = make_release(writer)
    opened(signed_in(writer), release)
    assert not Presence.objects.exists()


def test_a_newer_version_is_told_with_its_name(writer, editor):
    release = make_release(writer)
    client = signed_in(writer)
    assert heard(client, release)["newer"] == ""
    quick = signed_in(editor)
    opened(quick, release).post(quick, "Save", {"headline": "Another"})
    assert heard(client, release)["newer"].startswith(f"{editor.username} changed this release")


def test_publishing_the_moment_or_commenting_is_nobodys_change(writer, editor):
    release = make_release(writer)
    editing = signed_in(editor)
    editing.post(address(release, "comment"), {"text": "A word"})
    assert heard(signed_in(writer), release)["newer"] == ""
    workflow.submit(release.pk, writer, release.version)
    assert writer.username in heard(editing, release)["newer"]
