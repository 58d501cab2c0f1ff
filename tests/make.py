"""Factories: plain functions, every default can be overridden, nothing random."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone
from PIL import Image

from contacts.models import Contact, Duty
from donations.models import Appeal, Campaign
from files.documents import admit_document
from files.gate import admit_picture
from files.models import Document, Picture, store_document, store_picture
from releases import workflow
from releases.content import Attachment, Content, Figure, read
from releases.models import Boilerplate, Edition, Event, Release, Series, Topic

number = count(1)
# A moment in the past of every test, before which nothing was published.
LONG_AGO = datetime(2020, 1, 2, 12, 0, tzinfo=UTC)


@contextmanager
def undone() -> Iterator[None]:
    """A block whose writes are undone: each example of a property test has its own world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_user(role: str, username: str = "") -> User:
    """Return an account of `role` ('' for none), staff and active."""
    user = User.objects.create_user(
        username or f"{role}{next(number)}", password="pass word 12", is_staff=True
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


def make_topic(name: str = "", **columns: Any) -> Topic:
    """Return a topic."""
    n = next(number)
    return Topic.objects.create(
        **{"name_en": name or f"Topic {n}", "slug": f"topic-{n}", **columns}
    )


def make_series(name: str = "", *releases: Release, **columns: Any) -> Series:
    """Return a series of these releases, in this order."""
    n = next(number)
    series = Series.objects.create(
        **{"name_en": name or f"Series {n}", "slug": f"series-{n}", **columns}
    )
    for position, release in enumerate(releases, 1):
        series.places.create(release=release, position=position)
    return series


def make_event(title: str = "", **columns: Any) -> Event:
    """Return a date in ten days that readers see; shown_from=None: they don't yet."""
    now = timezone.now()
    defaults = {
        "title": title or f"Event {next(number)}",
        "day": timezone.localdate() + timedelta(days=10),
        "state": "confirmed",
        "shown_from": now - timedelta(hours=1),
    }
    return Event.objects.create(**{**defaults, **columns})


def make_contact(name: str = "", **columns: Any) -> Contact:
    """Return an active contact with a phone number."""
    n = next(number)
    defaults = {
        "name": name or f"Contact {n}",
        "slug": f"contact-{n}",
        "phone": "+12025550123",
        "email": f"contact{n}@example.org",
        "languages": ["en"],
    }
    return Contact.objects.create(**{**defaults, **columns})


def make_duty(contact: Contact, starts: datetime, ends: datetime, language: str = "") -> Duty:
    """Return a span in which `contact` is on call."""
    return Duty.objects.create(contact=contact, language=language, starts_at=starts, ends_at=ends)


def make_picture(name: str = "square.png") -> Picture:
    """Return a small stored picture that came in through the gate under this file name."""
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(drawn, "PNG")
    return store_picture(admit_picture(drawn.getvalue(), name))


def make_document(name: str = "report.csv", data: bytes = b"Year,Share\n2024,14\n") -> Document:
    """Return a stored document that came in through its gate under this file name."""
    return store_document(admit_document(data, name))


def make_content(**fields: Any) -> Content:
    """Return content that is whole: ready to be submitted and published."""
    n = next(number)
    defaults: dict[str, Any] = {
        "headline": f"Headline {n}",
        "slug": f"headline-{n}",
        "dateline": "Washington DC",
        "summary": f"Summary {n}.",
        "body": f"<p>Text {n}.</p>",
    }
    if "topics" not in fields:
        defaults["topics"] = (make_topic().pk,)
    if "contacts" not in fields:
        defaults["contacts"] = (make_contact().pk,)
    return Content(**{**defaults, **fields})


def make_full_content(**fields: Any) -> Content:
    """Return content with something in every field."""
    defaults: dict[str, Any] = {
        "kind": "statement",
        "language": "es",
        "subhead": "A line below",
        "dated": date(2024, 2, 29),
        "topics": (make_topic().pk, make_topic().pk),
        "contacts": (make_contact().pk, make_contact().pk),
        "figures": (Figure(make_picture().pk, "A square", "Caption", "Credit"),),
        "attachments": (Attachment(make_document().pk, "The report"),),
    }
    return make_content(**{**defaults, **fields})


def make_release(by: User | None = None, **fields: Any) -> Release:
    """Return a draft, written by `by` or a new writer."""
    return workflow.create(by or make_user("writer"), make_content(**fields))


def make_approved(**fields: Any) -> Release:
    """Return a release that was submitted and approved."""
    release = make_release(**fields)
    release = workflow.submit(release.pk, release.changed_by, release.version)
    return workflow.approve(release.pk, make_user("editor"), release.version)


def make_edition(at: datetime | None = None, **fields: Any) -> Edition:
    """Return the first edition of a new release, public from `at` (default: a day ago)."""
    release = make_approved(**fields)
    at = at or timezone.now() - timedelta(days=1)
    return workflow.publish(release.pk, make_user("publisher"), release.version, at)


def make_approved_again(edition: Edition, **fields: Any) -> Release:
    """Return the edition's release with `fields` changed and approved, not published yet."""
    release = Release.objects.get(pk=edition.release_id)
    content = replace(read(release), **fields)
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    release = workflow.submit(release.pk, release.changed_by, release.version)
    return workflow.approve(release.pk, make_user("editor"), release.version)


def make_next_edition(
    edition: Edition,
    at: datetime | None = None,
    reason: str = "correction",
    note: str = "Why.",
    **fields: Any,
) -> Edition:
    """Return the next edition of the same release, with `fields` changed, public from `at`."""
    release = make_approved_again(edition, **fields)
    return workflow.publish(release.pk, make_user("publisher"), release.version, at, reason, note)


def make_translation(
    edition: Edition, at: datetime | None = None, language: str = "es", **fields: Any
) -> Edition:
    """Return the first edition of a translation of the edition's release, public from `at`."""
    original = Release.objects.get(pk=edition.release_id)
    release = workflow.translate(original.pk, make_user("writer"), original.version, language)
    n = next(number)
    own = {"headline": f"Titular {n}", "slug": f"titular-{n}", "body": f"<p>Texto {n}.</p>"}
    content = replace(read(release), **{**own, **fields})
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    release = workflow.submit(release.pk, release.changed_by, release.version)
    release = workflow.approve(release.pk, make_user("editor"), release.version)
    at = at or timezone.now() - timedelta(hours=1)
    return workflow.publish(release.pk, make_user("publisher"), release.version, at)


def make_boilerplate(
    what: str = "about", body: str = "<p>About us.</p>", **columns: Any
) -> Boilerplate:
    """Return standing words in English."""
    return Boilerplate.objects.create(**{"what": what, "language": "en", "body": body, **columns})


def make_campaign(slug: str = "", **columns: Any) -> Campaign:
    """Return a campaign without dates."""
    slug = slug or f"campaign-{next(number)}"
    return Campaign.objects.create(**{"name": slug.capitalize(), "slug": slug, **columns})


def make_appeal(name: str = "", **columns: Any) -> Appeal:
    """Return an appeal in English; a default one unless told otherwise.

    Those of one test that name no campaign belong to one.
    """
    if "campaign" not in columns:
        made = {"name": "Always", "slug": "always"}
        columns["campaign"], _made = Campaign.objects.get_or_create(**made)
    defaults = {
        "name": name or f"appeal-{next(number)}",
        "heading": "Support us",
        "text": "If you value our work.",
        "button": "Give",
        "url": "https://www.example.org/donate",
        "is_default": True,
    }
    return Appeal.objects.create(**{**defaults, **columns})
