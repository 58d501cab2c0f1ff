"""Hostile words in every field, through every address of desk and newsroom: nothing comes of them.

Each field's words are an element and an attribute of a name that no page has: where one of them is
found in a parsed page, the words were taken for markup.
"""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import etree, html

from releases import commenting, sharing, workflow
from releases.content import Figure
from releases.models import Edition, Release
from tests.forms import form_in
from tests.make import (
    make_appeal,
    make_contact,
    make_content,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_user,
)
from tests.releases.desk.desk_walk import ask, walk
from tests.releases.desk.steps import address, opened, signed_in
from tests.releases.newsroom import walk as newsroom
from tests.releases.newsroom.walk import Answer, unseen

DAY = timedelta(days=1)
NAME = "x-hostile"


def hostile(field: str, room: int = 250) -> str:
    """Words that would be an element, an attribute, a handler and a script of their own."""
    words = f"{field}<{NAME} {NAME} onx=1>\"'><{NAME}></script><script>ran=1//{{{{7*7}}}}"
    assert len(words) <= room, field
    return words


def kinds() -> dict[str, object]:
    """Content whose every word is hostile; its address is not, since an address can't be."""
    words = {name: hostile(name) for name in ("headline", "subhead", "summary")}
    figure = Figure(
        make_picture("<x-hostile x-hostile onx=1>.png").pk,
        *(hostile(name) for name in ("alt", "caption", "credit")),
    )
    return {
        **words,
        "dateline": hostile("dateline", 120),
        "topics": (make_topic(hostile("topic", 120), description=hostile("topic")).pk,),
        "contacts": (make_contact(hostile("contact", 120), role=hostile("role", 160)).pk,),
        "figures": (figure,),
    }


@pytest.fixture
def named(db):
    """An administrator whose own name is hostile, and who is named for all that is restricted."""
    user = make_user("administrator")
    user.first_name = hostile("person", 150)
    user.save()
    return user


@pytest.fixture
def planted(named) -> Release:
    """Hostile releases: one public and corrected, one withdrawn, one planned, one in the works."""
    fields = kinds()
    topic = fields["topics"]
    public = make_next_edition(make_edition(**fields, by=named), note=hostile("note"), body="<p>1")
    gone = make_edition(**{**fields, "slug": "gone"})
    gone.release.refresh_from_db()
    version = gone.release.version
    workflow.withdraw(gone.release_id, named, version, "error", hostile("withdrawal"))
    planned = make_edition(timezone.now() + DAY, **{**fields, "slug": "planned"})
    outlet = hostile("outlet", 120)
    sharing.make_link(planned.release, named, hostile("recipient", 120), outlet)
    draft = workflow.create(named, make_content(**{**fields, "slug": "draft"}))
    draft = workflow.submit(draft.pk, named, draft.version)
    draft = workflow.send_back(draft.pk, named, draft.version, hostile("why"))
    commenting.add(draft, named, hostile("comment"), hostile("quote"))
    draft = workflow.restrict(draft.pk, named, draft.version, [named])
    appeal = make_appeal(
        heading=hostile("appealheading", 120),
        text=hostile("appealtext"),
        button=hostile("appealbut", 120)[:60],
    )
    appeal.topics.set(topic)
    assert public.number == 2
    return draft


def offences(answer: Answer) -> Iterator[str]:
    """What of the hostile words has become markup in this answer."""
    kind = dict(answer.headers).get("Content-Type", "") if answer.body.strip() else ""
    if "html" in kind:
        yield from in_page(answer.body.decode())
    elif kind.partition(";")[0].endswith("xml"):
        yield from in_feed(etree.fromstring(answer.body))
    elif "json" in kind:
        assert json.loads(answer.body) is not None


def in_page(text: str) -> Iterator[str]:
    """An element or an attribute that came from the words, or a script that holds them."""
    page = html.fromstring(text)
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == NAME or NAME in element.attrib or "onx" in element.attrib:
            yield f"<{element.tag} {dict(element.attrib)}>"
        if element.tag == "script" and NAME in (element.text or ""):
            # Data that no browser runs: whole, and with no "<" that could end it.
            assert element.get("type") in ("application/ld+json", "application/json")
            json.loads(element.text)
            if "<" in element.text:
                yield "a script with markup in it"


def in_feed(feed: etree._Element) -> Iterator[str]:
    """The same in XML: elements, and texts that the reader's program takes for HTML."""
    for element in feed.iter():
        if not isinstance(element.tag, str):
            continue
        if NAME in element.tag or NAME in element.attrib:
            yield element.tag
        if element.get("type") == "html" and element.text:
            yield from in_page(f"<div>{element.text}</div>")


def found(answers: list[Answer]) -> list[str]:
    return [f"{answer.address}: {what}" for answer in answers for what in offences(answer)]


def test_through_every_address_of_the_desk(planted, named):
    answers = walk(signed_in(named), ["x-host"])
    assert found(answers) == []
    shown = {"headline<", "person<", "why<", "comment<", "quote<", "recipient<", "outlet<"}
    everything = [Answer(a.address, a.status, (), unescaped(a).encode()) for a in answers]
    assert unseen(everything, [f"{one}{NAME}" for one in shown]) == set()


def unescaped(answer: Answer) -> str:
    """The words that a reader of the page sees, fields and attributes too."""
    if "html" not in dict(answer.headers).get("Content-Type", "") or not answer.body.strip():
        return ""
    page = html.fromstring(answer.body.decode())
    return "\n".join([*page.itertext(), *page.xpath("//@*")])


def test_through_every_address_of_the_newsroom(planted, stranger):
    answers = [ask(stranger, address) for address in newsroom.addresses()]
    assert found(answers) == []
    everything = [Answer(a.address, a.status, (), unescaped(a).encode()) for a in answers]
    shown = {"headline", "subhead", "dateline", "summary", "topic", "contact", "role", "caption",
             "credit", "alt", "note", "withdrawal", "appealheading", "appealtext"}  # fmt: skip
    assert unseen(everything, [f"{one}<{NAME}" for one in shown]) == set()


@pytest.mark.parametrize("shape", ["page", "mail", "card"])
def test_through_the_preview(planted, named, shape):
    client = signed_in(named)
    form = opened(client, planted)
    form.address = f"/desk/releases/release/{planted.pk}/preview/?as={shape}"
    answer = answered(form.post(client, "Preview", {"headline": hostile("typed")}))
    assert found([answer]) == []
    assert f"typed<{NAME}" in unescaped(answer)


def answered(response) -> Answer:
    headers = tuple(response.headers.items())
    return Answer(response.request["PATH_INFO"], response.status_code, headers, response.content)


def test_what_the_desk_says_of_people_and_of_a_link(planted, named):
    client = signed_in(named)
    stale = opened(client, planted)
    people = form_in(client.get(address(planted, "people")))
    said = [people.post(client, "Choose who may see this", {})]
    said.append(stale.post(client, "Save", {"headline": hostile("another")}))
    waiting = Edition.objects.get(slug="planned").release
    share = form_in(client.get(address(waiting, "share")))
    said.append(share.post(client, "Make a share link", {"name": hostile("mail", 120)}))
    answers = [answered(one) for one in said]
    assert found(answers) == []
    for answer, words in zip(answers, ("person<", "person<", "mail<"), strict=True):
        assert f"{words}{NAME}" in unescaped(answer)


def test_the_walk_would_notice():
    bad = [
        f"<p><{NAME}></{NAME}>",
        f'<p title="x" {NAME}>',
        "<p onx=1>",
        f'<script type="application/json">"<{NAME}>"</script>',
    ]
    for text in bad:
        assert list(in_page(f"<div>{text}</div>"))
    assert not list(in_page(f"<p title='&lt;{NAME}&gt;'>&lt;{NAME} {NAME}&gt;</p>"))
    feed = etree.fromstring(f"<feed><summary type='html'>&lt;{NAME}&gt;</summary></feed>")
    assert list(in_feed(feed))
