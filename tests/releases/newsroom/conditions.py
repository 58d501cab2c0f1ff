"""Each way not to be public yet: words that nobody may see, and what makes them public."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from releases import sharing, workflow
from releases.content import read
from releases.models import Edition, Release
from tests.make import (
    make_appeal,
    make_duty,
    make_edition,
    make_event,
    make_next_edition,
    make_release,
    make_series,
    make_translation,
    make_user,
)
from tests.releases.newsroom.planted import Words, planted_appeal, planted_contact, planted_content

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
#: Shown in other languages only, in which these releases are not published.
ELSEWHERE = frozenset({"topices", "topicpt"})


@dataclass
class Secret:
    """Words that nobody may see yet, and what makes them public: an act, or a moment.

    `opened` is the address of a share link that its recipient has opened.
    """

    words: dict[str, str]
    publish: Callable[[], object] = lambda: None
    elsewhere: frozenset[str] = ELSEWHERE
    moment: datetime | None = None
    opened: str = ""

    def shown(self) -> set[str]:
        return {word for field, word in self.words.items() if field not in self.elsewhere}


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


def embargoed() -> Secret:
    """Scheduled, and a journalist has opened the link to it."""
    secret = scheduled()
    release = Edition.objects.get(slug=secret.words["slug"]).release
    share = sharing.make_link(release, make_user("publisher"), "Jo", "The Daily")
    secret.opened = f"/embargo/{share}/"
    return secret


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
    parts = {
        name: getattr(planted, name) for name in ("topics", "contacts", "figures", "attachments")
    }
    texts = {"headline", "subhead", "slug", "dateline", "summary", "body", "second"}
    days = {"day", "daywords", "dayaddress"}
    content = replace(read(make_edition().release), slug="plain", headline="Plain", **parts)
    release = workflow.create(make_user("writer"), content)
    words = {field: word for field, word in word.given.items() if field not in texts | days}
    return Secret(words, lambda: finish(release))


def series_of_drafts() -> Secret:
    """A series alone, of a release whose other words are plain."""
    word = Words()
    names = {"name_es": word("topices"), "name_pt_br": word("topicpt")}
    release = make_release()
    make_series(
        word("series"), release, slug=word("seriesslug"), description=word("about"), **names
    )
    return Secret(word.given, lambda: finish(release))


def event_not_shown() -> Secret:
    """A date to come that staff have not shown to readers yet."""
    word = Words()
    words = {name: word(name) for name in ("title", "text", "place", "reason")}
    page, url = word("page"), "https://www.example.org/"
    event = make_event(**words, state="moved", url=url + page, shown_from=None)
    # Its address is known to nobody; the walk knows it.
    word.given["uid"] = str(event.uuid)

    def show() -> None:
        event.shown_from = timezone.now()
        event.save()

    return Secret(word.given, show)


def future_appeal() -> Secret:
    word, moment = Words(), timezone.now() + HOUR
    make_appeal()
    appeal = planted_appeal(word, starts_at=moment, is_default=False)
    appeal.topics.set(make_edition().topics.all())
    return Secret(word.given, moment=moment)


def future_duty() -> Secret:
    """Somebody whom no release names, and who is to be on call."""
    word, moment = Words(), timezone.now() + HOUR
    make_edition()
    make_duty(planted_contact(word), moment, moment + HOUR)
    shown = ("contact", "mobile")
    return Secret({field: word.given[field] for field in shown}, moment=moment)


def draft_translation() -> Secret:
    """A public release that is being translated."""
    word = Words()
    original = make_edition().release
    release = workflow.translate(original.pk, make_user("writer"), original.version, "es")
    content = planted_content(word, language="es")
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    return Secret(word.given, lambda: finish(release), in_spanish(word))


def scheduled_translation() -> Secret:
    """A public release whose translation is to follow."""
    word, moment = Words(), timezone.now() + HOUR
    fields = vars(planted_content(word, language="es"))
    make_translation(make_edition(), moment, **fields)
    return Secret(word.given, elsewhere=in_spanish(word), moment=moment)


def in_spanish(word: Words) -> frozenset[str]:
    """The fields that a release in Spanish does not show; its date is written otherwise."""
    word.given["daywords"] = "4 de mayo de 1987"
    return frozenset({"topic", "topicpt"})


SECRETS: dict[str, Callable[[], Secret]] = {
    "draft": lambda: unpublished("draft"),
    "in review": lambda: unpublished("in_review"),
    "approved": lambda: unpublished("approved"),
    "scheduled": scheduled,
    "embargoed": embargoed,
    "changed draft": lambda: changed("draft"),
    "changed and approved": lambda: changed("approved"),
    "scheduled change": scheduled_change,
    "parts of a draft": topic_of_drafts,
    "series of a draft": series_of_drafts,
    "event not shown": event_not_shown,
    "future appeal": future_appeal,
    "future duty": future_duty,
    "draft translation": draft_translation,
    "scheduled translation": scheduled_translation,
}
