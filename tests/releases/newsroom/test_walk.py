"""Nothing that is not public leaves a trace at any address; once it is public, it is found.

The walk goes through the page cache, warm before the moment, in every language and in every way
that an address can be asked for.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone, translation

from files.models import Picture
from files.renditions import widths
from releases import workflow
from releases.content import read
from releases.models import Edition, Note, Release
from releases.newsroom.paging import PAGE
from tests.cepr_press.test_page_cache import app
from tests.make import (
    make_appeal,
    make_edition,
    make_event,
    make_next_edition,
    make_series,
    make_user,
)
from tests.releases.newsroom.conditions import HOUR, SECOND, SECRETS, Secret, scheduled
from tests.releases.newsroom.planted import Words, planted_appeal, planted_content
from tests.releases.newsroom.reader import Reader
from tests.releases.newsroom.walk import (
    Answer,
    addresses,
    desk,
    filled,
    languages,
    leaks,
    newsroom,
    unseen,
)
from tests.selection import long_but

__all__ = ["app"]

pytestmark = pytest.mark.long_on_postgresql


@pytest.fixture
def clock(db) -> Iterator[time_machine.Traveller]:
    """A clock that stands, so that what is kept is not asked for anew."""
    with time_machine.travel(timezone.now(), tick=False) as moving:
        yield moving


@pytest.fixture
def reader(app, clock) -> Reader:
    """Somebody without an account, before the page cache."""
    return Reader(app)


# --- What is not public --------------------------------------------------------------------------


def open_the_link(reader: Reader, secret: Secret) -> None:
    """Read it as its recipient does, at the addresses that a cache could have kept it under."""
    assert secret.words["body"].encode() in reader.ask(secret.opened, "POST").body
    assert secret.words["headline"].encode() not in reader.ask(secret.opened).body


@pytest.mark.long
@pytest.mark.parametrize("name", SECRETS)
def test_no_trace_until_it_is_public(reader, clock, name):
    make_edition(language="es")
    walked_until_it_is_public(reader, clock, [SECRETS[name]()])


#: Each of its own kind: what readers wait for, a text, a language, what is no release, an act.
TOGETHER = (
    "embargoed", "scheduled change", "scheduled translation", "future appeal", "future duty",
    "changed and approved",
)  # fmt: skip


def test_no_trace_of_several_that_become_public_in_one_second(reader, clock):
    walked_until_it_is_public(reader, clock, [SECRETS[name]() for name in TOGETHER])


def walked_until_it_is_public(
    reader: Reader, clock: time_machine.Traveller, secrets: list[Secret]
) -> None:
    """Walk before and after the one moment that these have, or after they are published."""
    for secret in secrets:
        if secret.opened:
            open_the_link(reader, secret)
    (moment,) = {one.moment for one in secrets if one.moment} or {timezone.now() + SECOND}
    clock.move_to(moment - SECOND)
    before = reader.walk()
    words = [word for one in secrets for word in one.words.values()]
    assert leaks(before, words) == []
    assert {answer.status for answer in before} <= {200, 301, 302, 303, 304, 404, 405}
    for secret in secrets:
        secret.publish()
    clock.move_to(moment)
    shown = set().union(*(one.shown() for one in secrets))
    after = reader.walk_again()
    assert unseen([one for one in after if one.way == "GET"], shown) == set()
    assert stale(before, after) == []
    clock.shift(SECOND)
    assert unseen(reader.plainly().values(), shown) == set()


def stale(before: list[Answer], after: list[Answer]) -> list[str]:
    """The addresses that tell who has the former page that it still holds, where it doesn't."""
    former = {one.address: one.body for one in before if one.way == "GET"}
    present = {one.address: one.body for one in after if one.way == "GET"}
    said = {one.address for one in after if one.way == "former" and one.status == 304}
    return sorted(at for at in said if former[at] != present[at])


#: What is as if it were not there.
NEITHER = ("draft", "approved", "scheduled", "embargoed")


@pytest.mark.parametrize("name", long_but(NEITHER, "embargoed"))
def test_all_else_is_the_same_to_the_byte(reader, clock, name):
    """But for how long it may be kept: that ends with the next lift (docs/caching.md)."""
    make_edition()
    before = reader.plainly()
    SECRETS[name]()
    clock.shift(timedelta(minutes=1))
    assert len(before) > 40
    other = [at for at, one in before.items() if said(reader.ask(at)) != said(one)]
    assert other == []


def said(answer: Answer) -> tuple[object, ...]:
    kept = [pair for pair in answer.headers if pair[0] not in ("Cache-Control", "Expires")]
    return (answer.status, kept, answer.body)


#: What a stranger puts into the places of the desk's addresses, by the name of the place.
DESK: dict[str, Callable[[], object]] = {
    **dict.fromkeys(
        ("pk", "id", "object_id", "release_id"), lambda: Release.objects.latest("pk").pk
    ),
    **dict.fromkeys(("number", "older"), lambda: 1),
    "newer": lambda: 2,
    "key": lambda: Picture.objects.latest("pk").key,
    "width": lambda: widths(Picture.objects.latest("pk"))[0],
    "name": lambda: "picture.jpg",
    "app_label": lambda: "releases",
    "content_type_id": lambda: ContentType.objects.get_for_model(Edition).pk,
    "url": lambda: "nowhere/",
}
#: Asks a list, and what completes a field, for all there is.
ALL = "?q=q&term=q&app_label=releases&model_name=release&field_name=topics"


def test_the_desk_tells_a_stranger_nothing(reader):
    secret = scheduled()
    doors = [
        leaf.path({name: DESK[name]() for name in leaf.wanted}) + question
        for leaf in desk()
        for question in ("", ALL)
    ]
    answers = [reader.ask(door, method) for door in doors for method in ("GET", "HEAD", "POST")]
    assert reverse("admin:autocomplete") + ALL in doors
    assert leaks(answers, secret.words.values()) == []
    open_to_all = {one.address.partition("?")[0] for one in answers if one.status == 200}
    assert open_to_all == {"/desk/login/"}


# --- What is no longer public --------------------------------------------------------------------


def test_a_superseded_text_stands_at_its_own_address_only(reader, clock):
    word = Words()
    content = planted_content(word)
    first = make_edition(**vars(content))
    assert unseen(reader.walk(), Secret(word.given).shown()) == set()
    plain = replace(read(make_edition().release), slug=content.slug, dated=date(2024, 2, 3))
    make_next_edition(first, reason="typo", note="", **vars(plain))
    clock.shift(SECOND)
    elsewhere, own = divided(reader.walk(), first)
    del word.given["slug"]
    assert leaks(elsewhere, word.given.values()) == []
    texts = [word.given[field] for field in ("headline", "subhead", "dateline", "body", "alt")]
    assert unseen(own, texts) == set()


def divided(answers: list[Answer], edition: Edition) -> tuple[list[Answer], list[Answer]]:
    """The answers of other addresses, and those of the edition's own.

    Its own are its page, what changed since, and the files it shows.
    """
    files = {figure.picture.get_absolute_url() for figure in edition.figures.all()}
    files |= {one.document.get_absolute_url() for one in edition.attachments.all()}
    pages = (edition.get_permanent_url(), edition.get_editions_url())
    own = [
        one
        for one in answers
        if one.address.startswith(pages) or one.address.partition("?")[0] in files
    ]
    return [one for one in answers if one not in own], own


def test_a_withdrawn_release_leaves_its_headline_at_its_own_addresses_only(reader, clock):
    former, word = Words(), Words()
    first = make_edition(timezone.now() - HOUR, **vars(planted_content(former)))
    content = planted_content(word, slug=first.slug)
    edition = make_next_edition(first, note=word("note"), **vars(content))
    del former.given["slug"], word.given["slug"]
    shown = {former.given[field] for field in ("headline", "body", "picture", "topic")}
    assert unseen(reader.walk(), shown | Secret(word.given).shown()) == set()
    clock.shift(SECOND)
    release = Release.objects.get(pk=edition.release_id)
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    clock.shift(SECOND)
    answers = reader.walk()
    found = leaks(answers, [*former.given.values(), *word.given.values()])
    gone = {one.address for one in answers if one.status == 410}
    assert gone >= {first.get_permanent_url(), edition.get_permanent_url()}
    page = edition.get_absolute_url()
    own = {one for one in gone if one.startswith((page, f"{page.rstrip('/')}."))}
    # Programs are told that it is gone, and not what it was.
    assert gone - own == {f"/api{page}"}
    assert {(word.given["headline"], one) for one in own} == set(found)


# --- Never existed -------------------------------------------------------------------------------

#: For each place of an address: something of the same kind that nobody has ever made.
NEVER = {
    "slug": "never-made", "number": 1, "older": 1, "newer": 2, "year": 1901,
    "digest": "0" * 16, "key": "A" * 22, "name": "never.png", "secret": "B" * 43, "month": "02",
    "suffix": "txt",
    "uid": UUID("11111111-2222-4333-8444-555555555555"),
}  # fmt: skip


def pairs(secret_values: Callable[[dict], bool]) -> list[tuple[str, str]]:
    """Each address about the secret beside the same address about what never existed."""
    found = []
    for language in languages():
        with translation.override(language):
            for leaf in newsroom():
                for values in filter(secret_values, filled(leaf) if leaf.wanted else []):
                    never = {name: NEVER[name] for name in leaf.wanted}
                    found.append((leaf.path(values), leaf.path(never)))
    return found


def alike(reader: Reader, asked: str, never: str) -> bool:
    """Whether both give the same answers, the asked address aside, at the same cost."""
    # Or the first of the two is the one that asks for the generation, and counts the months.
    reader.ask(never)
    return all(
        told(reader.ask(asked, method, **headers)) == told(reader.ask(never, method, **headers))
        for method, headers in (("GET", {}), ("HEAD", {}), ("GET", CONDITIONS))
    )


#: As somebody asks who has had something from this address before.
CONDITIONS = {
    "HTTP_ACCEPT_ENCODING": "br, gzip",
    "HTTP_IF_NONE_MATCH": '"had-before"',
    "HTTP_IF_MODIFIED_SINCE": "Thu, 01 Jan 2015 00:00:00 GMT",
}


def told(answer: Answer) -> tuple[object, ...]:
    """All of an answer, and its cost, with the address that was asked taken out."""
    asked = answer.address.rstrip("/")
    texts = (str(answer.headers), answer.body.decode())
    return (answer.status, answer.queries, *(text.replace(asked, "ASKED") for text in texts))


@pytest.mark.parametrize("name", long_but(NEITHER, "embargoed"))
def test_embargoed_and_never_existed_are_the_same(reader, name):
    make_edition()
    secret = SECRETS[name]()
    if secret.opened:
        open_the_link(reader, secret)
    own = set(secret.words.values())

    def about_the_secret(values: dict) -> bool:
        words = {str(value).removesuffix(".png") for value in values.values()}
        return bool(words & own) or 1987 in values.values()

    found = pairs(about_the_secret)
    for place in ("slug", "number", "older", "key", "year", "month"):
        assert any(NEVER_PATH[place] in never for _asked, never in found), place
    assert len({asked for asked, _never in found}) > 20
    assert [pair for pair in found if not alike(reader, *pair)] == []
    bare = [(asked.rstrip("/"), never.rstrip("/")) for asked, never in found]
    assert [pair for pair in bare if not alike(reader, *pair)] == []


#: What shows that an address with this place was among the pairs.
NEVER_PATH = {
    "slug": "/releases/never-made/",
    "number": "/editions/1/",
    "older": "/editions/1/2/",
    "key": f"/media/{NEVER['key']}/",
    "year": "/sitemap-1901.xml",
    "month": "/archive/1901/02/",
}


def test_an_edition_to_come_and_one_that_nobody_made_are_the_same(reader):
    first = make_edition()
    make_next_edition(first, timezone.now() + HOUR, headline="To come")
    to_come = Edition.objects.get(number=2).get_permanent_url()
    assert alike(reader, to_come, to_come.replace("/2/", "/3/"))
    assert reader.ask(to_come).status == 404
    differences = to_come.replace("/2/", "/1/2/")
    assert alike(reader, differences, differences.replace("/1/2/", "/1/3/"))
    assert reader.ask(differences).status == 404


def test_the_place_of_an_edition_to_come_says_nothing(reader):
    make_edition()
    edition = make_edition(timezone.now() + HOUR)
    for way in ("before", "after"):
        place = f"/releases/?{way}={edition.dated}."
        assert alike(reader, f"{place}{edition.slug}", f"{place}never-made")
        assert alike(reader, f"{place}{edition.pk}", f"{place}{edition.pk + 999}")


@pytest.mark.long
def test_no_page_tells_the_key_of_a_row(reader, clock):
    """Keys count up in the order of publishing: a gap would tell that something is planned."""
    first = make_edition()
    # As long as a number can be that both databases take: none of these comes up by chance.
    key = 864_209_753_186_420_000
    fields = {one.attname: getattr(first, one.attname) for one in Edition._meta.fields}
    for n in range(PAGE + 2):
        own = {"id": key + n, "slug": f"far-{n}", "release_id": Release.objects.create().pk}
        edition = Edition.objects.create(**{**fields, **own})
        for links in (first.topic_links, first.contact_links):
            for link in links.all():
                link.pk, link.edition = None, edition
                link.save()
    Note.objects.create(edition=edition, text="Why.")
    clock.shift(SECOND)
    answers = reader.plainly().values()
    assert any(one.says("?before=") for one in answers)
    assert leaks(answers, [str(key)[:14]]) == []


# --- The walk itself -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_walk_goes_to_every_address_of_the_map():
    scheduled()
    make_series("", make_edition().release)
    make_event()
    make_appeal()
    walked = addresses()
    for leaf in newsroom():
        assert any(leaf.path(values) in walked for values in filled(leaf)), leaf.name
    assert {"/", "/es/", "/pt-br/", "/feed.atom", "/pt-br/sitemap.xml"} <= set(walked)


@pytest.mark.django_db
def test_no_word_contains_another():
    word = Words()
    planted_content(word)
    planted_appeal(word)
    words = list(word.given.values())
    assert len(words) > 25
    assert [(a, b) for a in words for b in words if a != b and a in b] == []
