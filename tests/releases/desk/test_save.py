"""Saving at the desk: drafts always save, nothing of anybody's is overwritten or lost."""

from releases.content import read
from releases.models import Release
from tests.forms import words_of
from tests.make import make_approved, make_contact, make_edition, make_release, make_topic
from tests.releases.desk.steps import address, opened, said, signed_in


def test_an_empty_form_saves(writer):
    client = signed_in(writer)
    response = opened(client).post(client, "Save")
    release = Release.objects.get()
    assert said(response) == ["Saved."]
    assert response.request["PATH_INFO"] == address(release)
    assert (str(release), release.stage, release.changed_by) == ("Untitled draft", "draft", writer)


def test_what_is_typed_is_what_is_stored(writer):
    client, topic = signed_in(writer), make_topic("Bolivia")
    second, first = make_contact("Second"), make_contact("First")
    form = opened(client)
    another = form.add_row("contact_links")
    form.post(
        client,
        "Save",
        {
            "kind": "statement",
            "language": "es",
            "headline": " Una línea\r\n y otra ",
            "subhead": "Debajo",
            "dateline": "La Paz",
            "dated": "2026-03-04",
            "summary": "En breve.",
            "body": '<p onclick="x()">Uno <b>dos</b><script>tres()</script></p>',
            "topics": [topic.pk],
            "contact_links-0-contact": second.pk,
            "contact_links-0-position": "2",
            f"{another}contact": first.pk,
            f"{another}position": "1",
        },
    )
    content = read(Release.objects.get())
    assert (content.kind, content.language, content.dateline) == ("statement", "es", "La Paz")
    assert (content.headline, content.slug) == ("Una línea y otra", "una-linea-y-otra")
    assert (content.subhead, content.summary) == ("Debajo", "En breve.")
    assert str(content.dated) == "2026-03-04"
    assert content.body == "<p>Uno <strong>dos</strong></p>"
    assert content.topics == (topic.pk,)
    assert content.contacts == (first.pk, second.pk)


def test_saving_what_is_there_changes_nothing(writer, editor):
    release = make_approved()
    before = read(release)
    client = signed_in(editor)
    opened(client, release).post(client, "Save")
    release.refresh_from_db()
    assert (release.stage, read(release)) == ("approved", before)
    assert release.revisions.count() == 1


def test_markup_that_a_text_speaks_of_stays_words(writer):
    body = "<p>Write 1 &lt; 2 &amp; &lt;b&gt;this&lt;/b&gt; &lt;/textarea&gt;</p>"
    release = make_release(writer, body=body)
    client = signed_in(writer)
    form = opened(client, release)
    assert form.values["body"] == body
    form.post(client, "Save", {"headline": "Another"})
    release.refresh_from_db()
    assert release.body == body


def test_a_change_takes_the_approval_back(editor):
    release = make_approved()
    client = signed_in(editor)
    response = opened(client, release).post(client, "Save", {"headline": "Another"})
    release.refresh_from_db()
    assert (release.headline, release.stage, release.approved_by) == ("Another", "draft", None)
    assert release.revisions.count() == 2
    assert "draft" in words_of(response, "//*[contains(@class, 'bar-state')]")[0]


def test_a_change_of_what_is_public_stays_at_the_desk(writer, stranger):
    edition = make_edition(headline="As it was")
    client = signed_in(writer)
    opened(client, edition.release).post(client, "Save", {"headline": "As it may become"})
    page = stranger.get(edition.get_absolute_url()).content.decode()
    assert "As it was" in page
    assert "As it may become" not in page


def test_who_comes_second_does_not_submit_either(writer, editor):
    release = make_release()
    slow, quick = signed_in(writer), signed_in(editor)
    form = opened(slow, release)
    opened(quick, release).post(quick, "Save", {"headline": "By the editor"})
    form.post(slow, "Submit for review")
    release.refresh_from_db()
    assert (release.stage, release.headline) == ("draft", "By the editor")


def test_a_public_address_changes_at_the_desk_and_stays_where_it_is_in_public(writer, stranger):
    edition = make_edition(headline="Long known", slug="long-known")
    client = signed_in(writer)
    form = opened(client, edition.release)
    assert (form.values["slug"], form.values["language"]) == ("long-known", "en")
    form.post(client, "Save", {"slug": "elsewhere"})
    edition.release.refresh_from_db()
    assert edition.release.slug == "elsewhere"
    assert stranger.get("/releases/long-known/").status_code == 200
    assert stranger.get("/releases/elsewhere/").status_code == 404
    opened(client, edition.release).post(client, "Save", {"slug": ""})
    edition.release.refresh_from_db()
    assert edition.release.slug == "long-known"


def test_what_happens_to_a_changed_address_stands_beside_it(writer):
    client = signed_in(writer)
    said = "A new address counts from the next edition on; the former one leads there for ever."
    assert said in client.get(address(make_edition().release)).content.decode()
    assert said not in client.get(address(make_release())).content.decode()


def test_the_address_of_a_draft_can_be_chosen(writer):
    release = make_release(slug="one")
    client = signed_in(writer)
    opened(client, release).post(client, "Save", {"slug": "another"})
    release.refresh_from_db()
    assert release.slug == "another"
