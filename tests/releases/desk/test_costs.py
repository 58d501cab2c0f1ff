"""What the release's form costs in a system that has been used for years."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contacts.models import Contact
from releases import workflow
from releases.content import Figure, read
from releases.models import Release, Topic
from tests.make import make_contact, make_picture, make_release, make_topic
from tests.releases.desk.steps import address, opened, said, signed_in

REVISIONS, TOPICS, CONTACTS = 60, 5_000, 500
SAVING = 25  # queries of one save, from the request to the redirect


@pytest.fixture
def release(writer) -> Release:
    """A release with something of all, saved sixty times."""
    Topic.objects.bulk_create(
        Topic(name_en=f"Old topic {n}", slug=f"old-topic-{n}") for n in range(TOPICS)
    )
    Contact.objects.bulk_create(
        Contact(name=f"Old contact {n}", slug=f"old-contact-{n}", phone="+12025550123")
        for n in range(CONTACTS)
    )
    release = make_release(
        writer,
        topics=tuple(make_topic().pk for _ in range(3)),
        contacts=tuple(make_contact().pk for _ in range(2)),
        figures=(Figure(make_picture().pk, "A square"),),
    )
    for n in range(REVISIONS - 1):
        content = replace(read(release), headline=f"Headline, {n}")
        release = workflow.save(release.pk, writer, release.version, content)
    return release


def asked(queries: CaptureQueriesContext) -> int:
    """How many statements ask or tell the database something: the marks of a transaction don't."""
    return sum("SAVEPOINT" not in one["sql"] for one in queries)


def test_saving_takes_few_queries(writer, release):
    client = signed_in(writer)
    form = opened(client, release)
    values = {name: value for name, value in form.values.items() if value is not None}
    sent = {name: value for name, value in values.items() if "__prefix__" not in name}
    sent |= {"headline": "Saved once more", "_save": ""}
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(form.address, sent)
    assert answer.status_code == 302
    release.refresh_from_db()
    assert release.headline == "Saved once more"
    assert release.revisions.count() == REVISIONS + 1
    assert asked(queries) < SAVING, "\n".join(one["sql"][:150] for one in queries)


def test_keeping_what_is_typed_takes_fewer(writer, release):
    client = signed_in(writer)
    values = opened(client, release).values
    sent = {name: value for name, value in values.items() if value is not None}
    for _again in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.post(address(release, "autosave"), sent).status_code == 200
    assert asked(queries) <= 10, "\n".join(one["sql"][:150] for one in queries)


@pytest.mark.long
def test_a_collision_is_no_matter_of_years(writer, editor, release):
    client, quick = signed_in(writer), signed_in(editor)
    form = opened(client, release)
    assert said(opened(quick, release).post(quick, "Save", {"headline": "First"})) == ["Saved."]
    with CaptureQueriesContext(connection) as queries:
        form.post(client, "Save", {"headline": "Second"})
    # The rows for a first picture and a first file ask what there is to choose.
    assert asked(queries) <= 72, "\n".join(one["sql"][:150] for one in queries)
