"""Who is on call at a moment, and when that changes: questions asked with every page."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from contacts.models import Contact, Duty
from releases.models import Edition, EditionContact
from releases.prepared import prepared


def on_call(at: datetime, language: str) -> Contact | None:
    """Return the person whom readers of a language call at `at`, None where nobody is on call.

    `unlinked` says that no public edition names the person: then there is no page to lead to.
    """
    return _person(on_duty(at, language))


def on_duty(at: datetime, language: str) -> Sequence[Duty]:
    """Return the span that stands at `at` for readers of a language, or nothing."""
    return _on_duty(at, language)


def to_call(at: datetime, language: str, people: Iterable[Contact]) -> dict[str, Any]:
    """Return what a page says of `people`: `contacts`, the one on call marked as such.

    `on_call` is the person on call where he or she is none of them, else None.
    """
    return called(on_duty(at, language), people)


def called(duty: Sequence[Duty], people: Iterable[Contact]) -> dict[str, Any]:
    """Return the same, given the span that stands."""
    person, contacts = _person(duty), list(people)
    for one in contacts:
        one.on_call = one == person
    there = any(one.on_call for one in contacts)
    return {"contacts": contacts, "on_call": None if there else person}


def next_transition(after: datetime) -> datetime | None:
    """Return the first moment later than `after` at which a span begins or ends, or None."""
    moments = [one.starts_at for one in _beginning(after)]
    return min([*moments, *(one.ends_at for one in _ending(after))], default=None)


def _person(duty: Sequence[Duty]) -> Contact | None:
    for one in duty:
        person: Contact = one.contact
        person.unlinked = not one.has_page  # type: ignore[attr-defined]
        return person
    return None


@prepared
def _on_duty(at: datetime, language: str) -> QuerySet[Duty]:
    # Asked the other way round, SQLite walks all editions of the language.
    named = EditionContact.objects.filter(
        Exists(Edition.objects.public(at).filter(pk=OuterRef("edition_id"), language=language)),
        contact=OuterRef("contact"),
    )
    found = Duty.objects.on_call(at, language).annotate(has_page=Exists(named))
    return found.select_related("contact")[:1]


@prepared
def _beginning(after: datetime) -> QuerySet[Duty]:
    return Duty.objects.beginning(after).only("starts_at")


@prepared
def _ending(after: datetime) -> QuerySet[Duty]:
    return Duty.objects.ending(after).only("ends_at")
