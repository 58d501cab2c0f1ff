"""Translations at the desk: begun by a button, linked both ways, and what is behind is said."""

from datetime import timedelta

from django.utils import timezone

from releases import workflow
from releases.models import Release
from tests.forms import form_in, page_of, words_of
from tests.make import make_edition, make_next_edition, make_release, make_translation, make_user
from tests.releases.desk.steps import address, opened, said, signed_in

FAMILY = "//*[@class='release-family']"


def languages(client, release: Release) -> list[str]:
    """The words of the section on languages: paragraphs, and the others of the family."""
    return words_of(client.get(address(release)), f"{FAMILY}//p | {FAMILY}//li")


def press(client, release: Release, form: str, button: str):
    return form_in(client.get(address(release)), form).post(client, button)


def release_of(edition) -> Release:
    return Release.objects.get(pk=edition.release_id)


def test_a_button_opens_a_linked_draft_in_the_other_language(writer):
    release, client = make_release(writer, headline="The report"), signed_in(writer)
    answer = press(client, release, "translate", "Translate into Español")
    made = Release.objects.get(original=release)
    assert answer.request["PATH_INFO"] == address(made)
    assert said(answer)[0].startswith("This draft is to become the translation of “The report”.")
    values = opened(client, made).values
    assert (values["language"], values["headline"], values["slug"]) == ("es", "The report", "")


def test_each_form_names_the_others(writer):
    release, client = make_release(writer, headline="The report"), signed_in(writer)
    assert languages(client, release) == ["Translate into Español", "Translate into Português"]
    press(client, release, "translate", "Translate into Español")
    made = Release.objects.get(original=release)
    opened(client, made).post(client, "Save", {"headline": "El informe"})
    made.refresh_from_db()
    assert made.slug == "el-informe"
    assert languages(client, release) == [
        "El informe Español · draft · not public",
        "Translate into Português",
    ]
    assert languages(client, made) == [
        "Begun before the original had an edition.",
        "The report English · draft · not public",
    ]
    links = page_of(client.get(address(made))).xpath(f"{FAMILY}//li/a/@href")
    assert links == [address(release)]


def test_the_desk_says_what_is_behind_and_shows_the_difference(writer):
    edition = make_edition(body="<p>Nine of ten.</p>")
    made, client = release_of(make_translation(edition)), signed_in(writer)
    assert languages(client, made)[0] == "Made from edition 1 of the original, its newest."
    make_next_edition(edition, body="<p>Eight of ten.</p>")
    assert languages(client, made)[:2] == [
        "Made from edition 1; edition 2 is public. What changed in the original",
        "This text has edition 2 now",
    ]
    [shown] = page_of(client.get(address(made))).xpath(f"{FAMILY}//p/a/@href")
    assert "Eight" in client.get(shown).content.decode()
    assert any(
        "Made from edition 1; edition 2 is public." in one
        for one in languages(client, release_of(edition))
    )
    press(client, made, "catch-up", "This text has edition 2 now")
    assert languages(client, made)[0] == "Made from edition 2 of the original, its newest."


def test_an_edition_that_waits_is_told_to_those_who_may_know(writer):
    edition = make_edition()
    made, client = release_of(make_translation(edition)), signed_in(writer)
    make_next_edition(edition, timezone.now() + timedelta(hours=1), body="<p>To come.</p>")
    first = languages(client, made)[0]
    assert first.startswith("Made from edition 1; edition 2 waits for its moment.")
    [shown] = page_of(client.get(address(made))).xpath(f"{FAMILY}//p/a/@href")
    assert "To come" in client.get(shown).content.decode()


def test_what_was_begun_before_the_first_edition_is_compared_with_it(writer):
    release, client = make_release(writer, body="<p>Draft.</p>"), signed_in(writer)
    made = workflow.translate(release.pk, writer, release.version, "es")
    opened(client, release).post(client, "Submit for review", {"body": "<p>Final.</p>"})
    assert languages(client, made)[0] == "Begun before the original had an edition."
    release.refresh_from_db()
    release = workflow.approve(release.pk, make_user("editor"), release.version)
    workflow.publish(release.pk, make_user("publisher"), release.version)
    words = languages(client, made)[0]
    assert words.startswith("Begun before the original’s first edition; edition 1 is public.")
    [shown] = page_of(client.get(address(made))).xpath(f"{FAMILY}//p/a/@href")
    assert "Final" in client.get(shown).content.decode()


def test_the_front_page_names_what_is_behind(writer):
    edition = make_edition()
    made, client = release_of(make_translation(edition, headline="El informe")), signed_in(writer)
    assert "Translations behind" not in client.get("/desk/").content.decode()
    make_next_edition(edition, body="<p>Mended.</p>")
    page = client.get("/desk/")
    sections = words_of(page, "//*[contains(@class, 'front-section')]/h2")
    assert "Translations behind their original" in sections
    assert "Made from edition 1; edition 2 is public." in page.content.decode()
    assert address(made) in page.content.decode()


def test_a_hidden_original_is_not_named(writer, editor):
    release = make_release(editor, headline="The merger")
    made = workflow.translate(release.pk, editor, release.version, "es")
    workflow.restrict(release.pk, editor, release.version, [editor])
    page = signed_in(writer).get(address(made)).content.decode()
    assert 'id="family"' not in page
    assert 'id="family"' in signed_in(editor).get(address(made)).content.decode()


def test_looking_begins_no_translation(writer):
    release = make_release(writer)
    assert signed_in(writer).get(address(release, "translate")).status_code == 405
    answer = signed_in(writer).post(
        address(release, "translate"), {"seen": release.version, "language": "xx"}
    )
    assert answer.status_code == 302
    assert Release.objects.get() == release
