"""What an old revision would make of a release now, and what of it can't be had any more."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact
from files.models import Document, Picture
from releases import slugs
from releases.content import Content
from releases.models import Release, Topic
from releases.shown import Parts, parts_of, was_called
from releases.snapshots import from_snapshot

SENTENCES = {
    "topic": _("The topic “%(name)s” was deleted since and is left out."),
    "contact": _("The contact “%(name)s” was deleted since and is left out."),
    "picture": _("The picture “%(name)s” was deleted since and is left out."),
    "file": _("The file “%(name)s” was deleted since and is left out."),
    "fixed": _("The address “%(name)s” is not restored: it is fixed since the first publication."),
    "language": _(
        "The language “%(name)s” is not restored: it is fixed since the first publication."
    ),
    "taken": _("The address “%(name)s” is not restored: another release has it by now."),
}


@dataclass(frozen=True)
class Lost:
    """A part of an old text that is not restored; str() says so in the active language."""

    what: str
    name: str

    def __str__(self) -> str:
        return str(SENTENCES[self.what]) % {"name": self.name}


@dataclass(frozen=True)
class Restorable:
    """The text that restoring a revision gives, its values as they were stored."""

    content: Content
    lost: tuple[Lost, ...]


def restorable(release: Release, number: int) -> Restorable:
    """Return what restoring the release's revision `number` would give now.

    Nothing is cleaned or made anew. Raises Revision.DoesNotExist.
    """
    revision = release.revisions.get(number=number)
    kept = from_snapshot(revision.schema, revision.snapshot)
    parts = parts_of(kept)
    there = replace(
        kept,
        topics=tuple(key for key in kept.topics if key in parts.topics),
        contacts=tuple(key for key in kept.contacts if key in parts.contacts),
        figures=tuple(one for one in kept.figures if one.picture in parts.pictures),
        attachments=tuple(one for one in kept.attachments if one.document in parts.documents),
    )
    content = _at_its_address(release, there)
    return Restorable(content, (*_deleted(kept, parts), *_moved(release, kept, content)))


def _at_its_address(release: Release, kept: Content) -> Content:
    """Return `kept` at the address that it may have: a published one is fixed, a taken one gone."""
    if release.addresses.exists():
        return replace(kept, slug=release.slug, language=release.language)
    if kept.slug and slugs.taken(kept.slug, kept.language, release):
        return replace(kept, slug=release.slug)
    return kept


def _deleted(kept: Content, parts: Parts) -> Iterator[Lost]:
    for key in kept.topics:
        if key not in parts.topics:
            yield Lost("topic", was_called(Topic, key))
    for key in kept.contacts:
        if key not in parts.contacts:
            yield Lost("contact", was_called(Contact, key))
    for one in kept.figures:
        if one.picture not in parts.pictures:
            yield Lost("picture", one.caption or one.alt or was_called(Picture, one.picture))
    for each in kept.attachments:
        if each.document not in parts.documents:
            yield Lost("file", each.title or was_called(Document, each.document))


def _moved(release: Release, kept: Content, content: Content) -> Iterator[Lost]:
    if content.slug != kept.slug:
        yield Lost("fixed" if release.addresses.exists() else "taken", kept.slug)
    if content.language != kept.language:
        yield Lost("language", dict(settings.LANGUAGES).get(kept.language, kept.language))
