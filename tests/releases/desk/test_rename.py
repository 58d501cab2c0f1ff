"""A public release gets another address: what the publisher is told, and what readers find."""

from releases.models import Release
from tests.forms import form_in, words_of
from tests.make import make_edition, make_next_edition, make_user
from tests.releases.desk.steps import address, opened, press, signed_in

TOLD = "//p[@class='what']"


def test_the_whole_way_from_the_form_to_the_redirect(writer, editor, publisher, stranger):
    release = make_edition(slug="old").release
    desk = signed_in(writer)
    opened(desk, release).post(desk, "Save", {"slug": "new"})
    opened(desk, release).post(desk, "Submit for review")
    press(signed_in(editor), release, "Approve")
    client = signed_in(publisher)
    page = client.get(address(release, "publish"))
    told = " ".join(words_of(page, TOLD))
    assert "Its address changes with this edition. /releases/old/, and every address" in told
    assert stranger.get("/releases/old/").status_code == 200
    form_in(page).post(client, "Publish", {"reason": "typo"})
    answer = stranger.get("/releases/old/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/releases/new/")


def test_where_the_address_stays_nothing_is_told_of_it(writer, publisher):
    release = make_edition().release
    opened(signed_in(writer), release).post(signed_in(writer), "Save", {"headline": "Another"})
    page = signed_in(publisher).get(address(release, "publish_urgently"))
    assert "address" not in " ".join(words_of(page, TOLD)).replace("at its own address", "")


def test_an_address_of_another_release_is_told_before_review(writer):
    make_next_edition(make_edition(slug="old"), slug="new")
    release = make_edition(slug="mine").release
    client = signed_in(writer)
    opened(client, release).post(client, "Save", {"slug": "old"})
    response = opened(client, release).post(client, "Submit for review")
    told = " ".join(words_of(response, "//*[@class='release-missing']"))
    assert "Another release was published at “old”" in told
    assert Release.objects.get(pk=release.pk).stage == "draft"


def test_what_replaces_a_withdrawn_release_may_be_named_by_a_former_address(publisher):
    better = make_next_edition(make_edition(slug="better"), slug="best")
    edition = make_edition()
    client = signed_in(make_user("publisher"))
    form_in(client.get(address(edition.release, "withdraw"))).post(
        client, "Withdraw", {"reason": "superseded", "replaced_by": "/releases/better/"}
    )
    edition.refresh_from_db()
    assert edition.withdrawal.replaced_by == better.release
