"""What a release must have before it goes to review or out: one list, one function each.

Drafts always save; errors bind at submit, approve and publish, warnings inform. Each function
takes the content with its people and answers with a sentence, or with None where all is well.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone

from contacts.models import Contact
from releases import timekeeping
from releases.checks import addresses, parts, style, translations, words
from releases.checks.subject import Level, Problem, Subject
from releases.content import Content
from releases.models import Address, Release

__all__ = ["RULES", "Checklist", "Level", "Problem", "Subject", "apply", "checklist", "problems"]

RULES: tuple[Callable[[Subject], Problem | None], ...] = (
    translations.language,
    translations.translated,
    translations.behind,
    parts.headline,
    parts.headline_length,
    parts.headline_capitals,
    parts.dateline,
    style.typed_dateline,
    parts.date,
    parts.text,
    addresses.links,
    words.placeholders,
    words.quotations,
    words.long_paragraphs,
    style.house_style,
    parts.summary,
    parts.topic,
    parts.contact,
    parts.address,
    parts.pictures,
    parts.rights,
    parts.titles,
)


@dataclass(frozen=True)
class Checklist:
    """What is to be mended before review, and what is worth a look."""

    errors: list[Problem]
    warnings: list[Problem]

    def __bool__(self) -> bool:
        return bool(self.errors or self.warnings)


def apply(subject: Subject) -> Checklist:
    """Return what the rules say of plain values, each list in the order of the form."""
    found = [problem for rule in RULES if (problem := rule(subject))]
    return Checklist(
        errors=[one for one in found if one.level is Level.ERROR],
        warnings=[one for one in found if one.level is Level.WARNING],
    )


def checklist(release: Release | None, content: Content) -> Checklist:
    """Return all that the rules say of `content`; `release` is None for one never saved."""
    pk = release.pk if release else 0
    people = Contact.objects.filter(pk__in=content.contacts, active=True)
    owners = Address.objects.exclude(release_id=pk)
    taken = owners.filter(language=content.language, slug=content.slug)
    return apply(
        Subject(
            content=content,
            reachable_contacts=people.exclude(phone="", mobile="").count(),
            address_taken=taken.exists(),
            today=timezone.localdate(timekeeping.now()),
            ever_public=release is not None and release.editions.begun(timekeeping.now()).exists(),
            family=translations.family_of(release),
        )
    )


def problems(release: Release, content: Content) -> list[Problem]:
    """Return everything that keeps `content` from going out, in the order of the form."""
    return checklist(release, content).errors
