"""The button "House style": it shows, it takes into the form, and it saves nothing."""

import pytest

from releases.content import Figure, read
from releases.models import Release, Revision
from tests.forms import form_in, words_of
from tests.make import make_picture, make_release
from tests.releases.desk.steps import opened, signed_in

ROUGH = '<p>Lima -- "It\'s <em>5 million</em>," he said.</p>'
STYLED = "<p>“It’s <em>5&nbsp;million</em>,” he said.</p>"


def shown(response) -> str:
    [panel] = words_of(response, "//section[contains(@class, 'release-style')]")
    return panel


def test_it_shows_what_would_change_and_changes_nothing(writer):
    release = make_release(writer, body="<p>Kept.</p>", dateline="")
    answer = opened(signed_in(writer), release).post(
        signed_in(writer), "House style", {"body": ROUGH, "headline": 'So "called"'}
    )
    panel = shown(answer)
    assert "[added: “]called" in panel
    assert "5␣million" in panel
    assert form_in(answer, "release_form").values["body"] == ROUGH
    release.refresh_from_db()
    assert release.body == "<p>Kept.</p>"
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("way", ["Rich editor", "Markdown", "HTML"])
def test_what_is_taken_stands_in_the_form_and_is_saved_by_saving(writer, way):
    picture = make_picture()
    release = make_release(
        writer, body=ROUGH, dateline="", figures=(Figure(picture.pk, 'A "square"'),)
    )
    client = signed_in(writer)
    opened(client).post(client, way)
    asked = opened(client, release).post(client, "House style")
    taken = form_in(asked, "release_form").post(client, "Take these changes")
    release.refresh_from_db()
    assert release.body == ROUGH
    assert "House style stands in the form now" in taken.content.decode()
    form_in(taken, "release_form").post(client, "Save")
    stored = read(Release.objects.get())
    assert (stored.dateline, stored.body) == ("Lima", STYLED)
    assert stored.figures == (Figure(picture.pk, "A “square”"),)


def test_a_new_release_has_it_too(writer):
    client = signed_in(writer)
    asked = opened(client).post(client, "House style", {"headline": "It's new"})
    assert "[added: It’s] new" in shown(asked)
    assert "␣" not in shown(asked)
    taken = form_in(asked, "release_form").post(client, "Take these changes")
    assert form_in(taken, "release_form").values["headline"] == "It’s new"
    assert not Release.objects.exists()


def test_where_nothing_departs_it_says_so(writer):
    release = make_release(writer)
    client = signed_in(writer)
    answer = opened(client, release).post(client, "House style")
    assert "nothing to change" in answer.content.decode()
    assert "Take these changes" not in answer.content.decode()


def test_a_collision_comes_first(writer, editor):
    release = make_release(writer)
    form = opened(signed_in(writer), release)
    opened(signed_in(editor), release).post(signed_in(editor), "Save", {"headline": "Theirs"})
    answer = form.post(signed_in(writer), "House style", {"headline": '"Mine"'})
    assert words_of(answer, "//section[contains(@class, 'release-collision')]")
    assert "release-style" not in answer.content.decode()


def test_the_checklist_warns_of_what_it_would_change(writer):
    release = make_release(writer, headline='So "called"', body=ROUGH, dateline="")
    page = opened(signed_in(writer), release)
    warnings = " ".join(
        words_of(signed_in(writer).get(page.address), "//ul[@class='checklist-warnings']/li")
    )
    assert "Not in house style: Headline, Dateline, Text." in warnings
    assert "The text opens with “Lima —”" in warnings
