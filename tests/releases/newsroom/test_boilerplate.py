"""The office's standing words: on every page in their language from the moment they are saved."""

import time_machine
from django.utils import timezone

from cepr_press import generation
from releases.models import Boilerplate, Template
from tests.cepr_press.test_page_cache import app
from tests.forms import words_of
from tests.make import make_edition
from tests.releases.newsroom.reader import Reader
from tests.releases.newsroom.walk import languages, leaks, unseen

__all__ = ["app"]

LINKS = (
    '<p><a href="https://a.org/cepr">Mastodon</a>, <a href="https://b.org/">Film <em>club</em></a>'
    "</p>"
)


def store(what: str, body: str, language: str = "en") -> Boilerplate:
    return Boilerplate.objects.create(what=what, language=language, body=body)


def test_a_release_page_and_every_footer_show_them(stranger, db):
    edition = make_edition()
    store("about", "<p>We <em>count</em>.</p>")
    store("note", "<p>Name us.</p>")
    store("address", "<p>1 Road<br>Lima</p>")
    store("links", LINKS)
    page = stranger.get(edition.get_absolute_url())
    assert words_of(page, "//section[h2[@id='about']]/div") == ["We count."]
    assert words_of(page, "//section[h2[@id='note']]/div") == ["Name us."]
    for address in ("/", "/contacts/", edition.get_absolute_url()):
        footer = stranger.get(address)
        assert words_of(footer, "//footer//address") == ["1 RoadLima"]
        named = words_of(footer, "//footer//a[@rel='me']")
        assert named == ["Mastodon", "Film club"]
    missing = stranger.get("/nothing/")
    assert missing.status_code == 404
    assert words_of(missing, "//footer//address") == ["1 RoadLima"]


def test_each_language_has_its_own_and_the_settings_speak_where_there_is_none(stranger, settings):
    settings.PRESS_OFFICE = {**settings.PRESS_OFFICE, "about": "From the settings.",
                             "address": "Settings Street"}  # fmt: skip
    edition = make_edition()
    spanish = make_edition(language="es")
    store("about", "<p>Contamos.</p>", "es")
    store("address", "<p>Calle 1</p>", "es")
    page = stranger.get(spanish.get_absolute_url())
    assert words_of(page, "//section[h2[@id='about']]/div") == ["Contamos."]
    assert words_of(page, "//footer//address") == ["Calle 1"]
    page = stranger.get(edition.get_absolute_url())
    assert words_of(page, "//section[h2[@id='about']]/div") == ["From the settings."]
    assert words_of(page, "//footer//address") == ["Settings Street"]
    assert not words_of(page, "//*[@id='note']")
    assert not words_of(page, "//footer//a[@rel='me']")


def test_what_is_stored_passes_the_one_door_on_its_way_out(stranger, db):
    edition = make_edition()
    store("about", "<p onclick='x()'>We<script>alert(1)</script> count.</p>")
    store("links", '<p><a href="javascript:x()">Bad</a> <a href="https://a.org/">Good</a></p>')
    page = stranger.get(edition.get_absolute_url())
    assert "onclick" not in page.content.decode()
    assert "alert(1)" not in page.content.decode()
    assert words_of(page, "//footer//a[@rel='me']") == ["Good"]


def test_a_change_is_seen_at_once_through_the_page_cache(app, db):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        edition = make_edition()
        reader = Reader(app)
        row = store("about", "<p>Formerly.</p>")
        clock.shift(2)
        assert b"Formerly." in reader.ask(edition.get_absolute_url()).body
        before = generation.current()
        row.body = "<p>Lately.</p>"
        row.save()
        assert generation.current() == before + 1
        clock.shift(2)
        assert b"Lately." in reader.ask(edition.get_absolute_url()).body
        row.delete()
        assert generation.current() == before + 2


def test_the_walk_finds_standing_words_and_no_template(app, db):
    with time_machine.travel(timezone.now(), tick=False):
        make_edition()
        for language in languages():
            store("about", f"<p>q70z{language}about</p>", language)
            store("note", f"<p>q71z{language}note</p>", language)
            store("address", f"<p>q72z{language}address</p>", language)
            store(
                "links",
                f'<p><a href="https://q73z{language}.org/">q74z{language}</a></p>',
                language,
            )
        Template.objects.update(body="<p>q77ztemplate</p>")
        answers = Reader(app).walk()
        words = [f"q{n}z{language}" for n in (70, 71, 72, 73, 74) for language in languages()]
        # Only the release's own language has a page with what stands below a release.
        seen = [word for word in words if word[:3] in ("q72", "q73", "q74") or word[4:] == "en"]
        assert unseen([one for one in answers if one.way == "GET"], seen) == set()
        assert leaks(answers, ["q77ztemplate"]) == []
