"""Handing a release to the editors, with all that is still missing told at once."""

import pytest

from releases.models import Release
from tests.forms import words_of
from tests.make import make_contact, make_release, make_topic
from tests.releases.desk.steps import opened, said, signed_in

MISSING = [
    "Write a headline.",
    "Write the text.",
    "Choose at least one topic.",
    "Name at least one active media contact who has a phone number.",
    "Give the release an address.",
]


def test_a_whole_release_goes_to_review(writer):
    release = make_release(headline="Ready")
    client = signed_in(writer)
    response = opened(client, release).post(client, "Submit for review")
    release.refresh_from_db()
    assert release.stage == "in_review"
    assert said(response) == ["“Ready” is now: in review, not public."]


def test_a_release_is_written_and_submitted_in_one_go(writer):
    client = signed_in(writer)
    opened(client).post(
        client,
        "Submit for review",
        {
            "headline": "At once",
            "body": "<p>Text.</p>",
            "topics": [make_topic().pk],
            "contact_links-0-contact": make_contact().pk,
        },
    )
    release = Release.objects.get()
    assert (release.headline, release.stage) == ("At once", "in_review")


def test_everything_missing_is_told_and_the_draft_is_saved(writer):
    client = signed_in(writer)
    response = opened(client).post(client, "Submit for review", {"dateline": "Lima"})
    release = Release.objects.get()
    assert (release.dateline, release.stage) == ("Lima", "draft")
    assert said(response) == MISSING
    assert response.request["QUERY_STRING"] == "check=1"


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("headline", "Write a headline."),
        ("body", "Write the text."),
        ("topics", "Choose at least one topic."),
        ("slug", "Give the release an address."),
    ],
)
def test_what_is_missing_stands_beside_its_field(writer, field, sentence):
    client = signed_in(writer)
    response = opened(client).post(client, "Submit for review")
    beside = f"//*[contains(@class, 'field-{field}')]//*[contains(@class, 'problem')]"
    assert words_of(response, beside) == [sentence]


def test_nothing_is_scolded_before_submitting(writer):
    client = signed_in(writer)
    response = opened(client).post(client, "Save")
    assert words_of(response, "//*[contains(@class, 'problem')]") == []


def test_what_was_typed_before_submitting_is_saved_with_it(writer):
    release = make_release()
    client = signed_in(writer)
    opened(client, release).post(client, "Submit for review", {"headline": "The last word"})
    release.refresh_from_db()
    assert (release.headline, release.stage) == ("The last word", "in_review")
