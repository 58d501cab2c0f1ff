"""What a release must have before it goes to review or out: one list, one function each.

Drafts always save; these rules bind at submit, approve and publish. Each function takes the
content with its people and answers with a sentence, or with None where all is well.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from contacts.models import Contact
from releases import slugs
from releases.content import Content
from releases.html import plain_text
from releases.models import Address, Release


@dataclass(frozen=True)
class Subject:
    """What the rules look at: plain values, fetched once."""

    content: Content
    reachable_contacts: int
    address_taken: bool


@dataclass(frozen=True)
class Problem:
    """What is missing, and the form field it belongs to."""

    field: str
    message: str


def headline(subject: Subject) -> Problem | None:
    """A release has a headline."""
    if subject.content.headline.strip():
        return None
    return Problem("headline", _("Write a headline."))


def text(subject: Subject) -> Problem | None:
    """A release says something."""
    if plain_text(subject.content.body).strip():
        return None
    return Problem("body", _("Write the text."))


def topic(subject: Subject) -> Problem | None:
    """A release has a topic, or nobody finds it."""
    return None if subject.content.topics else Problem("topics", _("Choose at least one topic."))


def contact(subject: Subject) -> Problem | None:
    """A release names somebody whom a journalist can call."""
    if subject.reachable_contacts:
        return None
    return Problem("contacts", _("Name at least one active media contact who has a phone number."))


def address(subject: Subject) -> Problem | None:
    """A release has an address that no other release was published under."""
    if not subject.content.slug:
        return Problem("slug", _("Give the release an address."))
    if not slugs.PATTERN.fullmatch(subject.content.slug):
        return Problem("slug", _("Write the address with letters, digits and hyphens only."))
    if subject.address_taken:
        return Problem(
            "slug",
            _("Another release was published at “%(slug)s”; choose another address.")
            % {"slug": subject.content.slug},
        )
    return None


def pictures(subject: Subject) -> Problem | None:
    """Each picture says in words what it shows (WCAG 2.2, 1.1.1)."""
    if all(figure.alt.strip() for figure in subject.content.figures):
        return None
    return Problem("figures", _("Say in words what each picture shows."))


RULES: tuple[Callable[[Subject], Problem | None], ...] = (
    headline,
    text,
    topic,
    contact,
    address,
    pictures,
)


def problems(release: Release, content: Content) -> list[Problem]:
    """Return everything that keeps `content` from going out, in the order of the form."""
    people = Contact.objects.filter(pk__in=content.contacts, active=True)
    subject = Subject(
        content=content,
        reachable_contacts=people.exclude(phone="", mobile="").count(),
        address_taken=Address.objects.filter(language=content.language, slug=content.slug)
        .exclude(release=release)
        .exists(),
    )
    return [found for rule in RULES if (found := rule(subject))]
