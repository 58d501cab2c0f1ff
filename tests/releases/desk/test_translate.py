"""Translations at the desk: begun by a button, linked both ways, and what is behind is said."""

from datetime import timedelta

import pytest
from django.utils import timezone

from releases import workflow
from releases.models import Edition, Release
from tests.forms import form_in, page_of, words_of
from tests.make import make_edition, make_next_edition, make_release, make_translation, make_user
from tests.releases.desk.steps import address, opened, said, signed_in

FAMILY = "//*[@class='release-family']"


def languages(client, release: Release) -> list[str]:
    """The words of the section on languages: paragraphs, and the others of the family."""
    words = words_of(client.get(address(release)), f"{FAMILY}//p | {FAMILY}//li")
    return [one for one in words if not one.endswith("…")]


def difference(client, release: Release) -> str:
    """Where the form leads those who want to see what changed in the original."""
    links = page_of(client.get(address(release))).xpath(f"{FAMILY}//p/a")
    [found] = [one for one in links if one.text == "What changed in the original"]
    return found.get("href")


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
    shown = difference(client, made)
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
    shown = difference(client, made)
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
    shown = difference(client, made)
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
    shown = [
        "Begun before the original had an edition.",
        "The merger English · draft · not public",
    ]
    assert languages(signed_in(editor), made) == shown
    assert languages(signed_in(writer), made) == []


def linked(client, release: Release, original: str):
    """Say by its address which release this one translates."""
    page = client.get(address(release, "link"))
    return form_in(page).post(client, "Link to the original", {"address": original})


@pytest.mark.parametrize("where", ["page", "whole address", "form", "draft"])
def test_what_was_written_apart_is_linked_by_an_address(writer, stranger, where):
    english = make_release(writer) if where == "draft" else release_of(make_edition())
    spanish, client = release_of(make_edition(language="es")), signed_in(writer)
    original = {
        "page": f"/releases/{english.slug}/",
        "whole address": f"https://press.example.org/releases/{english.slug}/?from=mail",
        "form": address(english),
        "draft": f"/releases/{english.slug}/",
    }[where]
    assert said(linked(client, spanish, original)) == ["Readers see this with the next edition."]
    spanish.refresh_from_db()
    assert (spanish.original, spanish.based_on) == (english, 0 if where == "draft" else 1)
    assert spanish.acts.first().why == str(english)
    assert any(english.headline in one for one in languages(client, spanish))
    if where == "draft":
        return
    page, there = f"/releases/{english.slug}/", f"/es/releases/{spanish.slug}/"
    assert there not in stranger.get(page).content.decode()
    spanish = workflow.publish(spanish.pk, make_user("publisher"), spanish.version, None, "typo")
    assert there in stranger.get(page).content.decode()
    assert page in stranger.get(there).content.decode()


def test_a_link_is_taken_away_again(writer):
    edition = make_edition()
    made, client = release_of(make_translation(edition)), signed_in(writer)
    shown = form_in(client.get(address(made, "link"))).values["address"]
    assert shown == f"http://testserver{address(release_of(edition))}"
    linked(client, made, "")
    made.refresh_from_db()
    assert (made.original, made.based_on) == (None, 0)


@pytest.mark.parametrize(
    ("original", "said"),
    [
        ("/releases/never-made/", "no release at this address"),
        ("/topics/", "no release at this address"),
        ("itself", "Choose the original itself"),
        ("translation", "Choose the original itself"),
        ("same language", "There is a text in Spanish already"),
    ],
)
def test_what_cannot_be_linked_is_said(writer, original, said):
    release = release_of(make_edition(language="es"))
    english = make_edition()
    translated = make_translation(english)
    original = {
        "itself": f"/es/releases/{release.slug}/",
        "translation": f"/es/releases/{translated.slug}/",
        "same language": english.get_absolute_url(),
    }.get(original, original)
    page = linked(signed_in(writer), release, original)
    assert any(said in one for one in words_of(page, "//ul[contains(@class, 'errorlist')]/li"))
    release.refresh_from_db()
    assert release.original is None


def test_the_original_of_others_translates_nothing(writer):
    release = release_of(make_edition())
    make_translation(Edition.objects.get(release=release))
    spanish = make_edition(language="es")
    page = linked(signed_in(writer), release, spanish.get_absolute_url())
    said = words_of(page, "//ul[contains(@class, 'errorlist')]/li")
    assert said == ["This release has translations of its own, so it is an original."]


def test_a_release_that_is_kept_from_somebody_is_not_found(writer, editor):
    release = release_of(make_edition())
    workflow.restrict(release.pk, editor, release.version, [editor])
    spanish = make_release(writer, language="es")
    page = linked(signed_in(writer), spanish, f"/releases/{release.slug}/")
    assert "There is no release at this address." in page.content.decode()


def test_looking_begins_no_translation(writer):
    release = make_release(writer)
    assert signed_in(writer).get(address(release, "translate")).status_code == 405
    answer = signed_in(writer).post(
        address(release, "translate"), {"seen": release.version, "language": "xx"}
    )
    assert answer.status_code == 302
    assert Release.objects.get() == release
