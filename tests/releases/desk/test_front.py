"""The desk's front page: to each person what waits for that person, at a price that stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from releases import workflow
from releases.content import read
from releases.models import Edition, Release
from tests.forms import page_of
from tests.make import make_approved, make_edition, make_next_edition, make_release
from tests.releases.desk.steps import address, signed_in
from tests.releases.desk.test_hostile import HOSTILE, check
from tests.selection import long_but


def shown(user) -> dict[str, list[str]]:
    """What the front page shows: the headlines of each section."""
    page = page_of(signed_in(user).get("/desk/"))
    return {
        section.findtext("h2"): [
            link.text_content() for link in section.find_class("front-headline")
        ]
        for section in page.find_class("front-section")
    }


def submitted(by, **fields) -> Release:
    release = make_release(by, **fields)
    return workflow.submit(release.pk, by, release.version)


def test_a_writer_sees_what_came_back_apart_from_other_drafts(writer, editor):
    make_release(writer, headline="Begun")
    release = submitted(writer, headline="Returned")
    workflow.send_back(release.pk, editor, release.version, "Name the source.")
    assert shown(writer) == {"Sent back to you": ["Returned"], "Your drafts": ["Begun"]}
    assert "Name the source." in signed_in(writer).get("/desk/").content.decode()


def test_what_was_mended_after_it_came_back_is_a_draft_again(writer, editor):
    release = submitted(writer, headline="Returned")
    release = workflow.send_back(release.pk, editor, release.version, "Mend it.")
    content = read(release)
    workflow.save(release.pk, writer, release.version, replace(content, headline="Mended"))
    assert shown(writer) == {"Your drafts": ["Mended"]}


def test_editors_review_what_others_wrote(writer, editor):
    submitted(writer, headline="Of a writer")
    submitted(editor, headline="My own")
    assert shown(editor) == {
        "Waiting for your review": ["Of a writer"],
        "Yours, in review": ["My own"],
    }
    assert shown(writer) == {"Yours, in review": ["Of a writer"]}


def test_publishers_publish_what_is_approved_and_not_published(publisher, writer):
    ready = make_approved(headline="Ready")
    corrected = make_next_edition(make_edition(headline="Out"), headline="Corrected")
    found = shown(publisher)
    assert found["Ready to publish"] == ["Ready"]
    assert found["Recently public"] == found["Recently corrected"] == [corrected.headline]
    page = page_of(signed_in(publisher).get("/desk/"))
    assert page.xpath(f"//a[@class='front-action'][@href='{address(ready, 'publish')}']")
    assert "Ready to publish" not in shown(writer)


def test_an_edition_taken_back_is_ready_again(publisher):
    edition = make_edition(at=timezone.now() + timedelta(days=2), headline="Moved")
    assert shown(publisher) == {"Scheduled and embargoed": ["Moved"]}
    assert "in 1 day" in signed_in(publisher).get("/desk/").content.decode()
    edition.release.refresh_from_db()
    workflow.take_back(edition.release_id, publisher, edition.release.version)
    assert shown(publisher) == {"Ready to publish": ["Moved"]}


def test_nothing_to_do_is_said(writer):
    assert "Nothing waits for you." in signed_in(writer).get("/desk/").content.decode()


def test_a_hostile_headline_runs_nowhere(writer, editor):
    submitted(writer, headline=HOSTILE)
    check(signed_in(editor).get("/desk/"))


@pytest.mark.parametrize("size", long_but([0, 20_000], 0))
def test_it_asks_fewer_than_fifteen_times_however_many_there_are(publisher, size):
    now = timezone.now()
    make_edition(headline="Newest")
    releases = Release.objects.bulk_create(
        Release(slug=f"old-{n}", stage="approved", approved_by=publisher) for n in range(size)
    )
    Edition.objects.bulk_create(
        Edition(
            release=one, number=1, slug=one.slug, headline="Old", body="<p>Old.</p>", made_at=now,
            dated=now.date(), public_from=now - timedelta(days=9),
        )
        for one in releases
    )  # fmt: skip
    client = signed_in(publisher)
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/desk/")
    assert "Newest" in response.content.decode()
    assert len(queries) < 15
