"""Each way not to be public yet: words that nobody may see, and what makes them public."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils import timezone

from releases import sharing, workflow
from releases.content import read
from releases.models import Edition, Release
from tests.make import make_appeal, make_edition, make_next_edition, make_user
from tests.releases.newsroom.planted import Words, planted_appeal, planted_content

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
#: Shown in other languages only, in which these releases are not published.
ELSEWHERE = {"topices", "topicpt"}


@dataclass
class Secret:
    """Words that nobody may see yet, and what makes them public: an act, or a moment.

    `opened` is the address of a share link that its recipient has opened.
    """

    words: dict[str, str]
    publish: Callable[[], object] = lambda: None
    moment: datetime | None = None
    opened: str = ""

    def shown(self) -> set[str]:
        return {word for field, word in self.words.items() if field not in ELSEWHERE}


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
    "embargoed": embargoed,
    "changed draft": lambda: changed("draft"),
    "changed and approved": lambda: changed("approved"),
    "scheduled change": scheduled_change,
    "parts of a draft": topic_of_drafts,
    "future appeal": future_appeal,
}
