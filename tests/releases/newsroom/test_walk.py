"""Nothing that is not public leaves a trace at any address; once it is public, it is found."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone, translation

from releases import workflow
from releases.content import read
from releases.models import Edition, Release
from tests.make import make_appeal, make_edition, make_next_edition, make_user
from tests.releases.newsroom.planted import Words, planted_appeal, planted_content
from tests.releases.newsroom.walk import (
    Answer,
    addresses,
    ask,
    filled,
    languages,
    leaks,
    newsroom,
    unseen,
    walk,
)

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
#: Shown in other languages only, in which these releases are not published.
ELSEWHERE = {"topices", "topicpt"}


@dataclass
class Secret:
    """Words that nobody may see yet, and what makes them public: an act, or a moment."""

    words: dict[str, str]
    publish: Callable[[], object] = lambda: None
    moment: datetime | None = None

    def shown(self) -> set[str]:
        return {word for field, word in self.words.items() if field not in ELSEWHERE}


# --- What is not public --------------------------------------------------------------------------


def finish(release: Release, *reason: str) -> None:
    """Take a release from wherever it stands to an edition that is public now."""
    publisher, editor = make_user("publisher"), make_user("editor")
    if release.stage == "draft":
        release = workflow.submit(release.pk, release.changed_by, release.version)
    if release.stage == "in_review":
        release = workflow.approve(release.pk, editor, release.version)
    workflow.publish(release.pk, publisher, release.version, None, *reason)


def at_stage(stage: str, release: Release) -> Release:
    if stage != "draft":
        release = workflow.submit(release.pk, release.changed_by, release.version)
    if stage == "approved":
        release = workflow.approve(release.pk, make_user("editor"), release.version)
    return release


def unpublished(stage: str) -> Secret:
    word = Words()
    release = workflow.create(make_user("writer"), planted_content(word))
    release = at_stage(stage, release)
    return Secret(word.given, lambda: finish(release))


def scheduled() -> Secret:
    word, moment = Words(), timezone.now() + HOUR
    make_edition(moment, **vars(planted_content(word)))
    return Secret(word.given, moment=moment)


def changed(stage: str) -> Secret:
    """A public release whose working copy says something else, and is to move."""
    word = Words()
    release = Release.objects.get(pk=make_edition().release_id)
    content = planted_content(word)
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    release = at_stage(stage, release)
    return Secret(word.given, lambda: finish(release, "correction", word("note")))


def scheduled_change() -> Secret:
    word, moment = Words(), timezone.now() + HOUR
    edition = make_edition()
    fields = vars(planted_content(word))
    make_next_edition(edition, moment, note=word("note"), **fields)
    return Secret(word.given, moment=moment)


def topic_of_drafts() -> Secret:
    """A topic, a contact and pictures alone: the text that carries them says nothing else."""
    word = Words()
    planted = planted_content(word)
    parts = {name: getattr(planted, name) for name in ("topics", "contacts", "figures")}
    texts = {"headline", "subhead", "slug", "dateline", "summary", "body", "second"}
    days = {"day", "daywords", "dayaddress"}
    content = replace(read(make_edition().release), slug="plain", headline="Plain", **parts)
    release = workflow.create(make_user("writer"), content)
    words = {field: word for field, word in word.given.items() if field not in texts | days}
    return Secret(words, lambda: finish(release))


def future_appeal() -> Secret:
    word, moment = Words(), timezone.now() + HOUR
    make_appeal()
    appeal = planted_appeal(word, starts_at=moment, is_default=False)
    appeal.topics.set(make_edition().topics.all())
    return Secret(word.given, moment=moment)


SECRETS: dict[str, Callable[[], Secret]] = {
    "draft": lambda: unpublished("draft"),
    "in review": lambda: unpublished("in_review"),
    "approved": lambda: unpublished("approved"),
    "scheduled": scheduled,
    "changed draft": lambda: changed("draft"),
    "changed and approved": lambda: changed("approved"),
    "scheduled change": scheduled_change,
    "parts of a draft": topic_of_drafts,
    "future appeal": future_appeal,
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", SECRETS)
def test_no_trace_until_it_is_public(stranger, time_machine, name):
    make_edition(language="es")
    secret = SECRETS[name]()
    if secret.moment:
        time_machine.move_to(secret.moment - SECOND, tick=False)
    answers = walk(stranger)
    assert leaks(answers, secret.words.values()) == []
    assert {answer.status for answer in answers} <= {200, 301, 302, 404}
    secret.publish()
    if secret.moment:
        time_machine.move_to(secret.moment, tick=False)
    assert unseen(walk(stranger), secret.shown()) == set()


# --- What is no longer public --------------------------------------------------------------------


@pytest.mark.django_db
def test_a_superseded_text_stands_at_its_own_address_only(stranger):
    word = Words()
    content = planted_content(word)
    first = make_edition(**vars(content))
    assert unseen(walk(stranger), Secret(word.given).shown()) == set()
    plain = replace(read(make_edition().release), slug=content.slug, dated=date(2024, 2, 3))
    make_next_edition(first, reason="typo", note="", **vars(plain))
    elsewhere, own = divided(walk(stranger), first)
    del word.given["slug"]
    assert leaks(elsewhere, word.given.values()) == []
    texts = [word.given[field] for field in ("headline", "subhead", "dateline", "body", "alt")]
    assert unseen(own, texts) == set()


def divided(answers: list[Answer], edition: Edition) -> tuple[list[Answer], list[Answer]]:
    """The answers of other addresses, and those of the edition's own.

    Its own are its page, what changed since, and the files it shows.
    """
    files = {figure.picture.get_absolute_url() for figure in edition.figures.all()}
    page = edition.get_permanent_url()
    return (
        [one for one in answers if not one.address.startswith(page) and one.address not in files],
        [one for one in answers if one.address.startswith(page) or one.address in files],
    )


@pytest.mark.django_db
def test_a_withdrawn_release_leaves_its_headline_at_its_own_addresses_only(stranger):
    word = Words()
    edition = make_edition(**vars(planted_content(word)))
    release = Release.objects.get(pk=edition.release_id)
    assert unseen(walk(stranger), Secret(word.given).shown()) == set()
    workflow.withdraw(release.pk, make_user("publisher"), release.version, "error")
    answers = walk(stranger)
    found = leaks(answers, word.given.values())
    gone = {one.address for one in answers if one.status == 410}
    assert gone >= {edition.get_absolute_url(), edition.get_permanent_url()}
    assert all(address.startswith(edition.get_absolute_url()) for address in gone)
    assert {word for word, _address in found} == {word.given["headline"]}
    assert {address for _word, address in found} <= gone


# --- Never existed -------------------------------------------------------------------------------

#: For each place of an address: something of the same kind that nobody has ever made.
NEVER = {
    "slug": "never-made", "number": 1, "older": 1, "newer": 2, "year": 1901,
    "key": "A" * 22, "name": "never.png", "secret": "B" * 43,
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


def alike(client, asked: str, never: str) -> bool:
    """Whether both give the same answer, the asked address aside, at the same cost."""
    answers = [ask(client, asked), ask(client, never)]
    seen = [
        (one.status, one.queries, plain(str(one.headers), one), plain(one.body.decode(), one))
        for one in answers
    ]
    return seen[0] == seen[1]


def plain(text: str, answer: Answer) -> str:
    return text.replace(answer.address.rstrip("/"), "ASKED")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["draft", "approved", "scheduled"])
def test_embargoed_and_never_existed_are_the_same(stranger, name):
    make_edition()
    secret = SECRETS[name]()
    own = set(secret.words.values())

    def about_the_secret(values: dict) -> bool:
        words = {str(value).removesuffix(".png") for value in values.values()}
        return bool(words & own) or 1987 in values.values()

    found = pairs(about_the_secret)
    assert len({asked for asked, _never in found}) > 20
    assert [pair for pair in found if not alike(stranger, *pair)] == []
    bare = [(asked.rstrip("/"), never.rstrip("/")) for asked, never in found]
    assert [pair for pair in bare if not alike(stranger, *pair)] == []


@pytest.mark.django_db
def test_an_edition_to_come_and_one_that_nobody_made_are_the_same(stranger):
    first = make_edition()
    make_next_edition(first, timezone.now() + HOUR, headline="To come")
    to_come = Edition.objects.get(number=2).get_permanent_url()
    assert alike(stranger, to_come, to_come.replace("/2/", "/3/"))
    assert ask(stranger, to_come).status == 404


@pytest.mark.django_db
def test_the_place_of_an_edition_to_come_says_nothing(stranger):
    make_edition()
    edition = make_edition(timezone.now() + HOUR)
    for way in ("before", "after"):
        place = f"/releases/?{way}={edition.dated}."
        assert alike(stranger, f"{place}{edition.pk}", f"{place}{edition.pk + 999}")


# --- The walk itself -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_walk_goes_to_every_address_of_the_map(stranger):
    scheduled()
    make_edition()
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
