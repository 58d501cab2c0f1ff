"""Share links: one recipient reads an embargoed edition, and nobody else learns of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from contacts.models import Contact
from releases import sharing, workflow
from releases.models import ShareLink
from tests.forms import page_of
from tests.make import make_contact, make_edition, make_picture, make_topic, make_user

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock(db):
    with time_machine.travel(NOON - 24 * HOUR, tick=False) as moving:
        yield moving


@pytest.fixture
def embargoed(clock):
    return make_edition(
        at=NOON, headline="Quiet Headline", summary="Quiet summary.", body="<p>Quiet text.</p>"
    )


@pytest.fixture
def address(embargoed):
    secret = sharing.make_link(embargoed.release, make_user("publisher"), "Jo", "The Daily")
    return f"/embargo/{secret}/"


def test_looking_tells_the_moment_and_nothing_of_the_text(stranger, address):
    answer = stranger.get(address)
    page = answer.content.decode() + str(answer.headers)
    assert "May 6, 2031" in page
    assert "EDT" in page
    assert "Quiet" not in page
    assert "quiet" not in page.replace('class="quiet"', "")
    assert ShareLink.objects.get().times_opened == 0


def test_accepting_opens_the_text_and_counts(stranger, address, clock):
    for time in (1, 2):
        answer = stranger.post(address)
        assert answer.status_code == 200
        assert "Quiet text." in answer.content.decode()
        assert "Embargoed until" in answer.content.decode()
        assert ShareLink.objects.get().times_opened == time
    assert ShareLink.objects.get().last_opened_at == NOON - 24 * HOUR


@pytest.mark.parametrize("method", ["get", "post"])
def test_no_cache_no_index_no_referrer_no_cookie(stranger, address, method):
    answer = getattr(stranger, method)(address)
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies


def test_after_the_lift_the_link_leads_to_the_page(stranger, address, embargoed, clock):
    clock.move_to(NOON)
    for answer in (stranger.get(address), stranger.post(address)):
        assert answer.status_code == 302
        assert answer["Location"] == embargoed.get_absolute_url()
    assert ShareLink.objects.get().times_opened == 0


def test_the_secret_is_stored_nowhere(address):
    secret = address.split("/")[2]
    link = ShareLink.objects.get()
    assert secret not in " ".join(str(value) for value in vars(link).values())
    assert not link.release.acts.filter(why__contains=secret).exists()


def test_a_revoked_an_expired_and_an_unknown_link_answer_alike(stranger, embargoed, clock):
    publisher = make_user("publisher")
    revoked = sharing.make_link(embargoed.release, publisher, "A")
    sharing.revoke(embargoed.release, publisher)
    expired = sharing.make_link(embargoed.release, publisher, "B", expires_at=NOON - 20 * HOUR)
    assert stranger.post(f"/embargo/{expired}/").status_code == 200
    clock.move_to(NOON - 20 * HOUR)
    answers = [stranger.post(f"/embargo/{secret}/") for secret in (revoked, expired, "never-made")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_neighbours_and_related_releases_follow_the_public_rule(stranger, address, embargoed):
    topics = tuple(embargoed.topics.values_list("pk", flat=True))
    make_edition(headline="Open Neighbour", topics=topics)
    make_edition(at=NOON + HOUR, headline="Other Secret", topics=topics)
    page = stranger.post(address).content.decode()
    assert "Open Neighbour" in page
    assert "Other Secret" not in page


def test_a_link_survives_a_moved_embargo_and_not_one_taken_back(stranger, address, embargoed):
    publisher = make_user("publisher")
    release = embargoed.release
    release.refresh_from_db()
    workflow.take_back(release.pk, publisher, release.version)
    assert stranger.get(address).status_code == 404
    release.refresh_from_db()
    workflow.publish(release.pk, publisher, release.version, NOON + HOUR)
    assert stranger.post(address).status_code == 200


@pytest.mark.parametrize("role", ["writer", "editor"])
def test_only_publishers_share(role, embargoed):
    with pytest.raises(workflow.Refused):
        sharing.make_link(embargoed.release, make_user(role), "Jo")


def test_only_what_is_scheduled_is_shared(clock):
    public = make_edition()
    with pytest.raises(workflow.Refused):
        sharing.make_link(public.release, make_user("publisher"), "Jo")


def test_the_desk_makes_shows_and_revokes_links(client, embargoed):
    client.force_login(make_user("publisher"))
    view = f"/desk/releases/release/{embargoed.release_id}/share/"
    made = client.post(view, {"name": "Jo", "outlet": "The Daily", "email": "", "expires_at": ""})
    page = made.content.decode()
    address = "/embargo/" + page.split("/embargo/")[1].split("/")[0] + "/"
    assert client.post(address).status_code == 200
    assert address not in client.get(view).content.decode()
    assert "Jo (The Daily)" in client.get(view).content.decode()
    client.post(view, {"revoke": "all"})
    assert client.post(address).status_code == 404


def photos(answer) -> list[str]:
    """The addresses of all photos of people on a page, in each size and format."""
    page = page_of(answer)
    found = page.xpath("//*[@class='contact-who']//img/@src")
    sets = page.xpath("//*[@class='contact-who']//@srcset")
    return [*found, *(one.split()[0] for part in sets for one in part.split(", "))]


@pytest.mark.parametrize("in_public", [True, False])
def test_a_photo_is_shown_through_the_link_and_to_nobody_else(stranger, clock, in_public):
    contact = make_contact("Ana", photo=make_picture("ana.png"))
    waiting = make_edition(at=NOON, contacts=(contact.pk,))
    if in_public:
        make_edition(contacts=(contact.pk,))
    secret = sharing.make_link(waiting.release, make_user("publisher"), "Jo", "The Daily")
    addresses = photos(stranger.post(f"/embargo/{secret}/"))
    assert len(addresses) > 2
    for address in addresses:
        assert address.startswith(f"/embargo/{secret}/")
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "private, no-store"
        as_public = address.replace(f"/embargo/{secret}/", "/media/")
        assert (stranger.get(as_public).status_code == 200) == in_public
    ShareLink.objects.update(revoked_at=NOON - 24 * HOUR)
    assert {stranger.get(one).status_code for one in addresses} == {404}


def test_whoever_has_left_has_no_photo_there(stranger, clock):
    contact = make_contact("Ana", photo=make_picture("ana.png"))
    waiting = make_edition(at=NOON, contacts=(contact.pk,))
    make_edition(contacts=(contact.pk,), slug="public")
    Contact.objects.update(active=False)
    secret = sharing.make_link(waiting.release, make_user("publisher"), "Jo", "The Daily")
    for answer in (stranger.post(f"/embargo/{secret}/"), stranger.get("/releases/public/")):
        assert "Ana" in answer.text
        assert photos(answer) == []


@pytest.mark.parametrize("in_public", [True, False])
def test_nothing_leads_to_a_page_that_is_not_there(stranger, clock, in_public):
    contact, topic = make_contact("Ana", slug="ana"), make_topic("Bolivia")
    columns = {"contacts": (contact.pk,), "topics": (topic.pk,)}
    waiting = make_edition(at=NOON, **columns)
    if in_public:
        make_edition(**columns)
    secret = sharing.make_link(waiting.release, make_user("publisher"), "Jo", "The Daily")
    page = page_of(stranger.post(f"/embargo/{secret}/"))
    links = set(page.xpath("//a/@href")) & {"/contacts/ana/", topic.get_absolute_url()}
    assert len(links) == (2 if in_public else 0)
    assert {stranger.get(link).status_code for link in links} <= {200}
