"""A hostile headline goes through every page of the desk and runs on none (CVE-2020-11001)."""

from dataclasses import replace

import pytest
from django.http import HttpResponse

from releases import commenting, workflow
from releases.content import read
from releases.models import Release
from tests.forms import form_in, page_of
from tests.make import make_contact, make_release, make_topic
from tests.releases.desk.steps import LIST, address, opened, press, signed_in

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><b onfocus=alert(1) autofocus>"
SHOWN = "<script>alert(1)</script>"


def check(response: HttpResponse, *, shown: bool = True) -> None:
    """The page has the headline as text (prove it's there), and nothing in it would run."""
    assert response.status_code == 200
    page = page_of(response)
    assert not [one for one in page.iter("script") if "alert(1)" in one.text_content()]
    running = [
        (element.tag, name)
        for element in page.iter()
        if isinstance(element.tag, str)
        for name, value in element.attrib.items()
        if "alert(1)" in value and (name.startswith("on") or value.strip().startswith("javascript"))
    ]
    assert running == []
    assert not page.xpath("//img[@src='x']")
    texts = [*page.itertext(), *page.xpath("//@*")]
    assert any(SHOWN in text for text in texts) == shown


@pytest.fixture
def hostile(writer) -> Release:
    """A submitted release whose every plain text is hostile."""
    release = make_release(
        writer,
        headline=HOSTILE,
        subhead=HOSTILE,
        slug="hostile",
        dateline=HOSTILE,
        summary=HOSTILE,
        topics=(make_topic(HOSTILE).pk,),
        contacts=(make_contact(HOSTILE, role=HOSTILE).pk,),
    )
    return workflow.submit(release.pk, writer, release.version)


def test_its_own_pages(hostile, publisher):
    client = signed_in(publisher)
    commenting.add(hostile, publisher, HOSTILE, HOSTILE[:300])
    for page in ("change", "history", "publish", "send_back", "withdraw", "share"):
        check(client.get(address(hostile, page)))


def test_its_history(hostile, writer):
    client = signed_in(writer)
    content = replace(read(hostile), headline=f"{HOSTILE}2", body="<p>Other.</p>")
    release = workflow.save(hostile.pk, writer, hostile.version, content, HOSTILE[:200])
    for path in ("revisions/", "revisions/1/", "revisions/1/restore/", "revisions/1/2/"):
        check(client.get(address(release).replace("change/", path)))
    form = form_in(client.get(address(release).replace("change/", "revisions/1/restore/")))
    check(form.post(client, "Restore this text", {"why": HOSTILE}))


@pytest.mark.parametrize(
    "path",
    [
        LIST,
        f"{LIST}?q=alert",
        "/desk/releases/act/",
        "/desk/releases/act/?q=alert",
        "/desk/releases/edition/",
        "/desk/releases/topic/",
        "/desk/contacts/contact/",
        "/desk/donations/appeal/add/",
    ],
)
def test_lists(hostile, publisher, path):
    client = signed_in(publisher)
    press(client, hostile, "Approve")
    form_in(client.get(address(hostile, "publish"))).post(client, "Publish")
    check(client.get(path), shown="appeal" not in path)


def test_what_the_desk_says_after_each_act(hostile, writer, publisher):
    client = signed_in(publisher)
    check(
        form_in(client.get(address(hostile, "send_back"))).post(
            client, "Send back", {"why": HOSTILE}
        )
    )
    own = signed_in(writer)
    check(opened(own, hostile).post(own, "Submit for review", {"headline": f"{HOSTILE}2"}))
    check(press(client, hostile, "Approve"))
    check(form_in(client.get(address(hostile, "publish"))).post(client, "Publish"))


def test_a_refusal(hostile, writer):
    client = signed_in(writer)
    form = opened(client, hostile)
    opened(client, hostile).post(client, "Save", {"headline": f"{HOSTILE}2"})
    check(form.post(client, "Save", {"headline": f"{HOSTILE}3", "slug": "é è"}))


def test_its_edition_and_the_log(hostile, publisher):
    client = signed_in(publisher)
    press(client, hostile, "Approve")
    form_in(client.get(address(hostile, "publish"))).post(client, "Publish")
    edition, act = hostile.editions.get(), hostile.acts.first()
    check(client.get(f"/desk/releases/edition/{edition.pk}/change/"))
    check(client.get(f"/desk/releases/act/{act.pk}/change/"))
    check(client.get("/desk/"))
    check(client.get("/desk/find/?q=alert"))
