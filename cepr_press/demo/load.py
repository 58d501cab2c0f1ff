"""Load the demo newsroom from the files beside this one."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from cepr_press.demo import figures
from contacts.models import Contact, Duty
from donations.models import Appeal, Campaign
from files.documents import admit_document
from files.gate import admit_picture
from files.models import Picture, store_document, store_picture
from releases import publishing, workflow
from releases.content import Attachment, Content, Figure, read
from releases.housestyle import in_house_style
from releases.html import clean_source
from releases.models import Boilerplate, Event, Release, Series, Topic
from releases.models.release import Stage

FOLDER = Path(__file__).parent
TEXTS = ("kind", "language", "headline", "subhead", "slug", "dateline", "summary")


@transaction.atomic
def load(by: User) -> int:
    """Load everything in the name of `by`, who needs the right to publish; return how many."""
    topics = {row["slug"]: _topic(row) for row in _table("topics", "topic")}
    contacts = {row["slug"]: Contact.objects.create(**row) for row in _table("contacts", "contact")}
    pictures = {path.name: _picture(path) for path in sorted((FOLDER / "pictures").glob("*.*"))}
    for row in _table("boilerplate", "boilerplate"):
        Boilerplate.objects.create(**{**row, "body": clean_source(row["body"])})
    campaigns = {row["slug"]: _campaign(row) for row in _table("appeals", "campaign")}
    for row in _table("appeals", "appeal"):
        _appeal(row, topics, campaigns)
    files = sorted((FOLDER / "releases").glob("*.toml"))
    for path in files:
        row = tomllib.loads(path.read_text(encoding="utf-8"))
        _release(row, _content(row, topics, contacts, pictures), by)
    _finding(by)
    for row in _table("roster", "duty"):
        _duty(row, contacts)
    figures.load()
    return len(files)


def _finding(by: User) -> None:
    """Pin releases, put them into series, and tell of dates some days from now."""
    text = (FOLDER / "finding.toml").read_text(encoding="utf-8")
    rows: dict[str, Any] = tomllib.loads(text)
    by_slug = {release.slug: release for release in Release.objects.all()}
    for slug in rows["pinned"]:
        workflow.pin(by_slug[slug].pk, by, by_slug[slug].version)
    for row in rows["series"]:
        members = row.pop("releases")
        series = Series.objects.create(name_en=row.pop("name"), **row)
        for slug in members:
            workflow.place(by_slug[slug].pk, by, by_slug[slug].version, series)
    for row in rows["event"]:
        _event(row)


def _event(row: dict[str, Any]) -> None:
    """Store a date to come, shown to readers from now on."""
    today = timezone.localdate()
    moved = row.pop("moved_from_days", None)
    Event.objects.create(
        day=today + timedelta(days=row.pop("in_days")),
        former_day=today + timedelta(days=moved) if moved else None,
        shown_from=timezone.now(),
        **row,
    )


def _duty(row: dict[str, Any], contacts: dict[str, Contact]) -> None:
    """Store a span on call that begins with a day, counted from today by the office's clocks."""
    day = timezone.localdate() + timedelta(days=row["in_days"])
    Duty.objects.create(
        contact=contacts[row["contact"]],
        language=row["language"],
        starts_at=_midnight(day),
        ends_at=_midnight(day + timedelta(days=row["days"])),
    )


def _midnight(day: date) -> datetime:
    """Return the moment at which a day begins by the office's clocks."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _table(file: str, name: str) -> list[dict[str, Any]]:
    """Return the rows of one of the demo's tables."""
    rows: list[dict[str, Any]] = tomllib.loads(
        (FOLDER / f"{file}.toml").read_text(encoding="utf-8")
    )[name]
    return rows


def _topic(row: dict[str, Any]) -> Topic:
    return Topic.objects.create(name_en=row.pop("name"), **row)


def _picture(path: Path) -> Picture:
    return store_picture(admit_picture(path.read_bytes(), path.name))


def _campaign(row: dict[str, Any]) -> Campaign:
    """Store a campaign; its days are whole ones in the press office's zone."""
    starts, ends = row.pop("starts", None), row.pop("ends", None)
    return Campaign.objects.create(
        starts_at=_start_of(starts) if starts else None,
        ends_at=_start_of(ends + timedelta(days=1)) if ends else None,
        **row,
    )


def _appeal(row: dict[str, Any], topics: dict[str, Topic], campaigns: dict[str, Campaign]) -> None:
    """Store an appeal of one of the campaigns."""
    about = [topics[slug] for slug in row.pop("topics", [])]
    campaign = campaigns[row.pop("campaign")]
    appeal = Appeal(name=slugify(row.pop("name")), campaign=campaign, **row)
    appeal.full_clean()
    appeal.save()
    appeal.topics.set(about)


def _start_of(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def _content(
    row: dict[str, Any],
    topics: dict[str, Topic],
    contacts: dict[str, Contact],
    pictures: dict[str, Picture],
) -> Content:
    """Return what a release's file says, in house style."""
    content = Content(
        **{name: row[name] for name in TEXTS if name in row},
        dated=row["dated"],
        body=_placed(row["body"], pictures),
        topics=tuple(topics[slug].pk for slug in row["topics"]),
        contacts=tuple(contacts[slug].pk for slug in row["contacts"]),
        figures=tuple(
            Figure(pictures[figure.pop("picture")].pk, **figure) for figure in row.get("figure", [])
        ),
        attachments=tuple(
            Attachment(
                store_document(admit_document(one["data"].lstrip().encode(), one["name"])).pk,
                one["title"],
            )
            for one in row.get("attachment", [])
        ),
    )
    return in_house_style(content)


def _placed(body: str, pictures: dict[str, Picture]) -> str:
    """Return a text with the pictures that it names by their files in their places."""
    for name, picture in pictures.items():
        body = body.replace(
            f'<figure data-picture="{name}">', f'<figure data-picture="{picture.key}">'
        )
    return body


def _release(row: dict[str, Any], content: Content, by: User) -> None:
    """Bring one release to the state that its file asks for."""
    state = row.get("state", "public")
    slug = row.get("translation_of")
    original = Release.objects.get(slug=slug) if slug else None
    if state in ("draft", "in_review"):
        release = workflow.create(by, content, original=original)
        if state == "in_review":
            workflow.submit(release.pk, by, release.version)
    elif "edition" in row:
        _with_history(row, content, by, original)
    else:
        workflow.import_published(by, content, _moment(row), original=original)


def _moment(row: dict[str, Any]) -> datetime:
    """Return when a release becomes public: at nine on its day, or some days from now."""
    planned = row.get("public_from")
    if planned is None:
        return _start_of(row["dated"]) + timedelta(hours=9)
    day = timezone.localdate() + timedelta(days=planned["in_days"])
    return _start_of(day) + timedelta(hours=int(planned["at"][:2]), minutes=int(planned["at"][3:]))


def _with_history(
    row: dict[str, Any], content: Content, by: User, original: Release | None
) -> None:
    """Publish the first text on its day, then save and publish the later one on its own."""
    _first, second = row["edition"]
    first = in_house_style(replace(content, body=row["first_body"]))
    edition = workflow.import_published(by, first, _moment(row), original=original)
    release = Release.objects.get(pk=edition.release_id)
    release = workflow.save(release.pk, by, release.version, content)
    # As import_published() does: whoever brings it in answers for what was public already.
    release.stage, release.approved_by = Stage.APPROVED, by
    release.save()
    at = _start_of(second["dated"]).astimezone(UTC) + timedelta(hours=11)
    publishing.make_edition(
        release, read(release), by, at, second["reason"], second["note"], now=at
    )
