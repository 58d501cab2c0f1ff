"""Who is on call at a moment, and when that changes: questions asked with every page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from contacts.models import Contact, Duty
from releases.models import Edition
from releases.prepared import prepared


def on_call(at: datetime, language: str) -> Contact | None:
    """Return the person whom readers of a language call at `at`, None where nobody is on call.

    `unlinked` says that no public edition names the person: then there is no page to lead to.
    """
    for duty in _on_call(at, language):
        person: Contact = duty.contact
        person.unlinked = not duty.has_page  # type: ignore[attr-defined]
        return person
    return None


def to_call(at: datetime, language: str, people: Iterable[Contact]) -> dict[str, Any]:
    """Return what a page says of `people`: `contacts`, the one on call marked as such.

    `on_call` is the person on call where he or she is none of them, else None.
    """
    person, contacts = on_call(at, language), list(people)
    for one in contacts:
        one.on_call = one == person
    there = any(one.on_call for one in contacts)
    return {"contacts": contacts, "on_call": None if there else person}


def next_transition(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which a span begins or ends, or None."""
    moments = [one.starts_at for one in _beginning(after)]
    return min([*moments, *(one.ends_at for one in _ending(after))], default=None)


@prepared
def _on_call(at: datetime, language: str) -> QuerySet[Duty]:
    named = Edition.objects.public(at).filter(
        language=language, contact_links__contact=OuterRef("contact")
    )
    found = Duty.objects.on_call(at, language).annotate(has_page=Exists(named))
    return found.select_related("contact")[:1]


@prepared
def _beginning(after: datetime) -> QuerySet[Duty]:
    return Duty.objects.beginning(after).only("starts_at")


@prepared
def _ending(after: datetime) -> QuerySet[Duty]:
    return Duty.objects.ending(after).only("ends_at")
