"""Withdrawal: gone from everywhere, and its addresses say why."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree

from releases import workflow
from releases.models import Release
from tests.make import LONG_AGO, make_edition, make_next_edition, make_user

ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}


def withdraw(edition, **told):
    release = Release.objects.get(pk=edition.release_id)
    told = {"reason": "error", "text": "The figures were wrong.", **told}
    return workflow.withdraw(release.pk, make_user("publisher"), release.version, **told)


def test_a_withdrawn_release_leaves_every_list_and_says_why_at_its_addresses(stranger, db):
    edition = make_edition(headline="Wrong Figures", body="<p>Two and two is five.</p>")
    topic = edition.topics.get()
    lists = ["/", "/releases/", "/feed.atom", f"/sitemap-{edition.dated.year}.xml"]
    for path in lists:
        assert edition.slug in stranger.get(path).content.decode(), path
    assert stranger.get(topic.get_absolute_url()).status_code == 200
    withdraw(edition)
    for path in lists:
        assert edition.slug not in stranger.get(path).content.decode(), path
    assert stranger.get(topic.get_absolute_url()).status_code == 404
    for address in (edition.get_absolute_url(), edition.get_permanent_url()):
        answer = stranger.get(address)
        assert answer.status_code == 410
        assert "The figures were wrong." in answer.content.decode()
        assert "Two and two" not in answer.content.decode()


def test_every_edition_is_withdrawn_with_the_last(stranger, db):
    first = make_edition()
    second = make_next_edition(first, headline="Again")
    withdraw(second)
    for one in (first, second):
        assert stranger.get(one.get_permanent_url()).status_code == 410


def test_the_feed_carries_a_tombstone_until_the_release_is_back(stranger, db):
    edition = make_edition()
    withdraw(edition)
    feed = etree.fromstring(stranger.get("/feed.atom").content)
    assert feed.xpath("at:deleted-entry/@ref", namespaces=ATOM) == [edition.release.uuid.urn]
    make_next_edition(edition, headline="Right Figures")
    feed = etree.fromstring(stranger.get("/feed.atom").content)
    assert feed.xpath("at:deleted-entry", namespaces=ATOM) == []
    assert feed.xpath("a:entry/a:id/text()", namespaces=ATOM) == [edition.release.uuid.urn]


def test_readers_are_led_to_what_takes_its_place_while_that_is_public(stranger, db):
    edition, better = make_edition(), make_edition(headline="The Better One")
    withdraw(edition, reason="superseded", replaced_by=better.release)
    assert better.get_absolute_url() in stranger.get(edition.get_absolute_url()).content.decode()
    withdraw(better)
    page = stranger.get(edition.get_absolute_url()).content.decode()
    assert better.get_absolute_url() not in page
    assert "The Better One" not in page


@pytest.mark.parametrize("role", ["writer", "editor"])
def test_only_publishers_withdraw(role, db):
    release = make_edition().release
    with pytest.raises(workflow.Refused):
        workflow.withdraw(release.pk, make_user(role), release.version, "error")


def test_what_is_not_public_cannot_be_withdrawn(db):
    waiting = make_edition(at=timezone.now() + timedelta(days=1))
    with pytest.raises(workflow.Refused, match="Only a public release"):
        withdraw(waiting)
    public = make_edition(at=LONG_AGO)
    make_next_edition(public, at=timezone.now() + timedelta(days=1), headline="Later")
    with pytest.raises(workflow.Refused, match="take that back first"):
        withdraw(public)


def test_the_corrections_page_lists_notes_of_public_releases_only(stranger, db):
    edition = make_edition(headline="Mended")
    make_next_edition(edition, note="A number was wrong.", body="<p>Right.</p>")
    typo = make_edition()
    make_next_edition(typo, reason="typo", note="", headline="Spelled")
    page = stranger.get("/corrections/").content.decode()
    assert "A number was wrong." in page
    assert "Spelled" not in page
    withdraw(edition)
    assert "A number was wrong." not in stranger.get("/corrections/").content.decode()
