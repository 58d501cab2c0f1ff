"""Nothing of a restricted release is anywhere at the desk but for the people named.

Absence by presence: words are planted in every field; those named meet each of them on their walk
through the desk's addresses, others none.
"""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from donations.models import Appeal
from releases import commenting, sharing, workflow
from releases.content import Attachment, Content, Figure
from releases.models import Edition, Release
from tests.forms import form_in
from tests.make import (
    make_appeal,
    make_document,
    make_edition,
    make_next_edition,
    make_picture,
    make_release,
    make_user,
)
from tests.releases.desk.desk_walk import addresses, ask, said, walk
from tests.releases.desk.steps import address, signed_in
from tests.releases.newsroom.planted import Words, planted_content
from tests.releases.newsroom.walk import leaks, unseen

DAY = timedelta(days=1)
#: Topics, contacts and their photos are everybody's at the desk.
EVERYBODYS = {
    "topic", "topicslug", "topices", "topicpt", "topicdescription", "contact", "contactslug",
    "role", "mail", "phone", "mobile", "photo",
}  # fmt: skip


@dataclass
class Cast:
    """Two people, and what each of two texts says: all that is everybody's is there already."""

    writer: User
    publisher: User
    texts: list[tuple[Words, Content]]
    appeal: Appeal


@dataclass
class World:
    """Two restricted releases, who may see them, and every word that only these may meet."""

    writer: User
    publisher: User
    planned: Release
    draft: Release
    words: set[str]


def make_cast() -> Cast:
    """The people, the texts' topics, contacts and pictures, an appeal."""
    word, other = Words(), Words()
    texts = [(word, planted_content(word)), (other, planted_content(other, dated=None))]
    return Cast(make_user("writer"), make_user("publisher"), texts, make_appeal())


def own_words(word: Words, *but: str) -> set[str]:
    return {text for field, text in word.given.items() if field not in {*EVERYBODYS, *but}}


def begin(cast: Cast, word: Words, content: Content) -> Release:
    """A restricted draft with a comment, on which the appeal is to show."""
    release = workflow.create(cast.writer, content)
    release = workflow.restrict(release.pk, cast.writer, release.version, [cast.publisher])
    commenting.add(release, cast.writer, word("comment"), word("quote"))
    cast.appeal.releases.add(release)
    return workflow.submit(release.pk, cast.writer, release.version)


def make_world(cast: Cast) -> World:
    """A planned release with a share link, and a draft that came back; both for two people."""
    (word, content), (other, other_content) = cast.texts
    planned = begin(cast, word, content)
    planned = workflow.approve(planned.pk, cast.publisher, planned.version)
    workflow.publish(planned.pk, cast.publisher, planned.version, timezone.now() + DAY)
    mail = f"{word('recipientmail')}@example.org"
    sharing.make_link(planned, cast.publisher, word("recipient"), word("outlet"), mail)
    draft = begin(cast, other, other_content)
    draft = workflow.send_back(draft.pk, cast.publisher, draft.version, other("why"))
    # No page of the desk says the name of a picture's file; the day is only the first one's.
    words = own_words(word) | own_words(other, "picture", "day", "daywords", "dayaddress")
    return World(cast.writer, cast.publisher, planned, draft, words)


@pytest.fixture
def planted(db) -> World:
    return make_world(make_cast())


def beginnings(words: set[str]) -> list[str]:
    """What to search for: the beginning of each word, so that the question does not give it."""
    return [word.split("z")[0] + "z" for word in sorted(words) if word.startswith("q")]


@pytest.mark.long
def test_the_people_named_meet_every_word(planted):
    found = walk(signed_in(planted.publisher), beginnings(planted.words)[:3])
    assert unseen(found, planted.words) == set()


#: Who has the most rights is in the suite, the others are left to `make soak`.
ROLES = ("writer", "editor", "publisher", "administrator", "superuser")


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_meets_any(planted, role):
    other = User.objects.create_superuser("above") if role == "superuser" else make_user(role)
    found = walk(signed_in(other), beginnings(planted.words))
    assert leaks(found, planted.words) == []
    assert [one.address for one in found if one.status == 500] == []
    assert sum(one.status == 200 for one in found) > 50


LOOSE = ("/desk/releases/release/pictures/", "/desk/releases/release/files/")


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES[:-1])
def test_for_others_the_desk_is_as_if_it_were_not_there(db, role):
    """Not a count, a gap or a number differs on any page."""
    with time_machine.travel(timezone.now(), tick=False):
        cast = make_cast()
        make_edition(headline="Out for all")
        make_release(headline="Draft for all")
        client = signed_in(make_user(role))
        # Pictures and files stand in no release before, which is another matter.
        # The page for a second factor offers a new secret each time.
        places = [
            one
            for one in addresses([])
            if one in LOOSE or not one.startswith((*LOOSE, "/desk/account/second-factor/"))
        ]
        before = {place: said(ask(client, place)) for place in places}
        make_world(cast)
        after = {place: said(ask(client, place)) for place in places}
    differ = {place for place in places if before[place] != after[place]}
    assert differ == (told_to_administrators() if role == "administrator" else set())


def told_to_administrators() -> set[str]:
    """Where these learn that there are some, without a word of them: on the page for joining the
    named people, and before they delete what a restricted release uses."""
    found = {"/desk/releases/release/restricted/"}
    for release in Release.objects.exclude(named=None):
        used = (*release.topics.all(), *release.contacts.all(), *release.appeal_set.all())
        found |= {reverse(admin_urlname(one._meta, "delete"), args=[one.pk]) for one in used}
    return found


def test_it_answers_as_a_release_that_is_not_there(planted, publisher, administrator):
    for user in (publisher, administrator):
        client = signed_in(user)
        for page in ("people", "publish", "send_back", "withdraw", "share", "move", "history"):
            there = client.get(address(planted.draft, page))
            nowhere = client.get(address(Release(pk=999_999), page))
            assert (there.status_code, there.content) == (404, nowhere.content), page
        there = client.get(address(planted.draft))
        nowhere = client.get(address(Release(pk=999_999)))
        assert (there.status_code, there.url) == (nowhere.status_code, nowhere.url)
        assert (there.status_code, there.url) == (302, "/desk/")


def test_a_picture_is_shown_where_it_stands_in_something_that_can_be_seen(writer, publisher):
    """Or in nothing: an upload that is not saved yet, one taken out of the text since."""
    kept, shared, loose = make_picture(), make_picture(), make_picture()
    figures = (Figure(kept.pk, "A square"), Figure(shared.pk, "A square"))
    release = make_release(writer, figures=figures)
    make_release(writer, figures=figures[1:])
    workflow.restrict(release.pk, writer, release.version, [writer])
    pictures = [f"/desk/releases/release/pictures/{one.key}/" for one in (kept, shared, loose)]
    named, other = signed_in(writer), signed_in(publisher)
    assert [named.get(one).status_code for one in pictures] == [200, 200, 200]
    assert [other.get(one).status_code for one in pictures] == [404, 200, 200]


def test_a_file_is_there_for_who_may_see_its_release(writer, publisher):
    kept, loose = make_document(), make_document()
    release = make_release(writer, attachments=(Attachment(kept.pk, "Figures"),))
    workflow.restrict(release.pk, writer, release.version, [writer])
    files = [f"/desk/releases/release/files/{one.key}/" for one in (kept, loose)]
    named, other = signed_in(writer), signed_in(publisher)
    assert [named.get(one).status_code for one in files] == [200, 200]
    assert [other.get(one).status_code for one in files] == [404, 200]


# --- The newsroom of another moment ---------------------------------------------------------------


@pytest.fixture
def corrected(db) -> Edition:
    """A public release with a correction to come, restricted since."""
    edition = make_edition(headline="Before the correction")
    release = Release.objects.get(pk=edition.release_id)
    make_next_edition(edition, timezone.now() + DAY, headline="After the correction", note="Oops.")
    release.refresh_from_db()
    workflow.restrict(release.pk, release.changed_by, release.version, [release.changed_by])
    return edition


@pytest.mark.parametrize("path", ["", "releases/", "feed.atom", "page", "topic"])
def test_a_planned_correction_leaves_no_gap_for_others(corrected, publisher, path):
    addresses = {
        "page": corrected.get_absolute_url()[1:],
        "topic": corrected.topics.get().get_absolute_url()[1:],
    }
    moment = (timezone.now() + 2 * DAY).isoformat()
    place = f"/desk/at/{moment}/{addresses.get(path, path)}"
    others = signed_in(publisher).get(place).content.decode()
    named = signed_in(corrected.release.changed_by).get(place).content.decode()
    assert ("Before the correction" in others, "After the correction" in others) == (True, False)
    assert "After the correction" in named


def test_the_correction_is_in_no_list_of_changes_and_the_page_is_not_a_withdrawn_one(
    corrected, publisher
):
    moment = (timezone.now() + 2 * DAY).isoformat()
    page = corrected.get_absolute_url()[1:]
    client = signed_in(publisher)
    assert client.get(f"/desk/at/{moment}/{page}").status_code == 200
    assert client.get(f"/desk/at/{moment}/{page}editions/2/").status_code == 404
    for place in ("corrections/", f"{page}changes/1-2/"):
        assert "Oops." not in client.get(f"/desk/at/{moment}/{place}").content.decode()


# --- Appeals --------------------------------------------------------------------------------------


def test_an_appeal_keeps_the_releases_that_its_editor_cannot_see(planted, publisher):
    appeal = make_appeal(language="es")
    open_one = make_release(headline="For all")
    appeal.releases.set([planted.draft, open_one])
    client = signed_in(publisher)
    place = f"/desk/donations/appeal/{appeal.pk}/change/"
    form = form_of(client, place)
    assert form.values["releases"] == [str(open_one.pk)]
    form.post(client, "Save", {"heading": "Another heading", "releases": []})
    appeal.refresh_from_db()
    assert appeal.heading == "Another heading"
    assert list(appeal.releases.all()) == [planted.draft]


def test_an_appeal_takes_no_release_that_its_editor_cannot_see(planted, publisher):
    appeal = make_appeal(language="es")
    client = signed_in(publisher)
    form = form_of(client, f"/desk/donations/appeal/{appeal.pk}/change/")
    hidden, nowhere = (
        form.post(client, "Save", {"releases": [key]}).content.decode().replace(str(key), "KEY")
        for key in (planted.draft.pk, 999_999)
    )
    assert "KEY is not one of the available choices" in hidden
    assert ("KEY is not one" in nowhere) == ("KEY is not one" in hidden)
    assert not appeal.releases.exists()


def form_of(client, place):
    """The form of an appeal."""
    return form_in(client.get(place), "appeal_form")
