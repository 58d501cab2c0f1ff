"""Choosing at the desk who may see a release, and an administrator's way in."""

import pytest
from django.test import Client

from releases import workflow
from releases.models import Release
from tests.forms import Form, form_in, words_of
from tests.make import make_release, make_user
from tests.releases.desk.steps import LIST, address, said, signed_in

BADGE = "//*[contains(@class, 'bar-restricted')]"
STEP_IN = "/desk/releases/release/restricted/"


def asked(client: Client, release: Release) -> Form:
    """The page that asks who may see the release, as it was shown."""
    return form_in(client.get(address(release, "people")))


@pytest.fixture
def mine(writer) -> Release:
    return make_release(writer, headline="The merger")


def restrict(client: Client, release: Release, *people):
    """Name these people on the page."""
    named = {"who": "named", "people": [str(one.pk) for one in people]}
    return asked(client, release).post(client, "Choose who may see this", named)


def test_a_writer_names_people_and_the_desk_says_so(mine, writer, editor, publisher):
    client = signed_in(writer)
    response = restrict(client, mine, editor, publisher)
    names = ", ".join(sorted(one.username for one in (editor, publisher, writer)))
    assert said(response) == [f"Restricted: {names}"]
    assert words_of(response, BADGE) == [f"Restricted: {names}"]
    assert set(mine.named.all()) == {writer, editor, publisher}
    log = words_of(response, "//*[@class='release-log']//li")[0]
    assert log.startswith(f"{writer.username} chose who may see it")
    assert f"Restricted: {names}" in signed_in(editor).get(LIST).content.decode()
    assert "restricted" in " ".join(words_of(client.get("/desk/"), "//*[@class='front-said']"))


def test_nobody_locks_oneself_out(mine, writer, editor):
    client = signed_in(writer)
    response = restrict(client, mine, editor)
    assert response.status_code == 200
    assert response.request["PATH_INFO"] == address(mine)
    assert mine.named.filter(pk=writer.pk).exists()


def test_it_is_opened_again(mine, writer, publisher):
    client = signed_in(writer)
    restrict(client, mine, writer)
    form = asked(client, mine)
    assert form.values["who"] == "named"
    response = form.post(client, "Choose who may see this", {"who": "everybody"})
    assert said(response) == ["Everybody at the desk may see this release."]
    assert words_of(response, BADGE) == []
    assert signed_in(publisher).get(address(mine)).status_code == 200


def test_nobody_named_is_asked_about(mine, writer):
    client = signed_in(writer)
    form = asked(client, mine)
    response = form.post(client, "Choose who may see this", {"who": "named", "people": []})
    assert "Name at least one person." in response.content.decode()
    assert not mine.named.exists()


def test_a_warning_where_nobody_named_could_finish_it(mine, writer, editor, publisher):
    client = signed_in(writer)
    assert said(restrict(client, mine, writer))[1:] == [
        "None of these people may approve it: name an editor, too.",
        "None of these people may publish it: name a publisher, too.",
    ]
    assert said(restrict(client, mine, editor))[1:] == [
        "None of these people may publish it: name a publisher, too.",
    ]
    assert said(restrict(client, mine, publisher))[1:] == []


def test_only_those_who_may_see_releases_can_be_chosen(mine, writer, editor):
    left, guest = make_user("publisher"), make_user("", "guest")
    left.is_active = False
    left.save()
    page = signed_in(writer).get(address(mine, "people"))
    offered = words_of(page, "//*[@id='id_people']//label")
    assert sorted(offered) == sorted([f"{editor.username} (editor)", f"{writer.username} (writer)"])
    form = form_in(page)
    answer = form.post(signed_in(writer), "Choose who may see this", {"people": [str(guest.pk)]})
    assert not mine.named.exists()
    assert answer.status_code == 200


def test_somebody_who_was_faster_is_told(mine, writer, editor):
    client = signed_in(writer)
    form = asked(client, mine)
    restrict(signed_in(editor), mine, writer)
    response = form.post(client, "Choose who may see this", {"who": "everybody"})
    assert "changed this release after you opened it" in response.content.decode()
    assert mine.named.exists()


def test_an_administrator_joins_with_a_reason_and_sees_no_word_before(mine, writer, administrator):
    release = workflow.restrict(mine.pk, writer, mine.version, [writer])
    client = signed_in(administrator)
    page = client.get(STEP_IN)
    assert "The merger" not in page.content.decode()
    assert writer.username in page.content.decode()
    form = form_in(page)
    choice = f"{release.pk}.{release.version}"
    without = form.post(client, "Join the people named", {"release": choice})
    assert without.request["PATH_INFO"] == STEP_IN
    assert not mine.named.filter(pk=administrator.pk).exists()
    reason = "The writer has left."
    response = form.post(client, "Join the people named", {"release": choice, "why": reason})
    assert response.request["PATH_INFO"] == address(mine)
    assert "joined the people who may see it" in response.content.decode()
    assert "The writer has left." in signed_in(writer).get(address(mine)).content.decode()


def test_the_way_in_is_shown_to_administrators_alone(publisher, administrator):
    assert STEP_IN in signed_in(administrator).get(LIST).content.decode()
    assert STEP_IN not in signed_in(publisher).get(LIST).content.decode()
    assert "No release is kept from you." in signed_in(administrator).get(STEP_IN).content.decode()
