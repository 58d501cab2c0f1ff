"""Whether the archive is whole: what the database cannot hold by itself, looked at row by row.

It changes nothing. What is said of an edition can't be mended in the edition; it tells what to
look for in a backup.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from files.models import Document, Picture
from releases.html import clean_source
from releases.models import Address, Edition, EditionContact, EditionTopic, Release, Revision
from releases.snapshots import from_snapshot

ROWS_AT_A_TIME = 500


@dataclass
class Report:
    """How many rows were looked at; `wrong`: what is broken; `differs`: what is only told."""

    editions: int = 0
    texts: int = 0
    pictures: int = 0
    wrong: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)


def check() -> Report:
    """Look at every edition, text and picture."""
    return Report(
        editions=Edition.objects.count(),
        texts=Edition.objects.count() + Release.objects.count() + Revision.objects.count(),
        pictures=Picture.objects.count(),
        wrong=[*incomplete(), *unread(), *lost()],
        differs=list(unclean()),
    )


def incomplete() -> Iterator[str]:
    """Editions without an address, topics or contacts, and topics that are listed elsewhere."""
    owners = {(row.language, row.slug): row.release_id for row in Address.objects.all()}
    with_topics = set(EditionTopic.objects.values_list("edition", flat=True))
    with_contacts = set(EditionContact.objects.values_list("edition", flat=True))
    for one in Edition.objects.defer("body").order_by("pk").iterator(ROWS_AT_A_TIME):
        if owners.get((one.language, one.slug)) != one.release_id:
            yield f"{_named(one)}: its address does not belong to its release"
        if one.pk not in with_topics:
            yield f"{_named(one)}: no topics"
        if one.pk not in with_contacts:
            yield f"{_named(one)}: no media contacts"
    links = EditionTopic.objects.select_related("edition")
    for link in links.order_by("pk").iterator(ROWS_AT_A_TIME):
        one = link.edition
        if (link.language, link.kind, link.dated) != (one.language, one.kind, one.dated):
            yield f"{_named(one)}: the list of a topic has it at another place"


def unclean() -> Iterator[str]:
    """Stored texts that the cleaner would write otherwise today.

    Readers get them cleaned as they are today: such a text says that the cleaner has changed
    since, or that something wrote past it.
    """
    for edition in Edition.objects.order_by("pk").iterator(ROWS_AT_A_TIME):
        if clean_source(edition.body) != edition.body:
            yield f"{_named(edition)}: is shown with cleaner markup than is stored"
    for release in Release.objects.order_by("pk").iterator(ROWS_AT_A_TIME):
        if clean_source(release.body) != release.body:
            yield f"Release {release.pk} ({release}): is edited with cleaner markup than is stored"


def unread() -> Iterator[str]:
    """Revisions that can't be opened."""
    for revision in Revision.objects.order_by("pk").iterator(ROWS_AT_A_TIME):
        try:
            from_snapshot(revision.schema, revision.snapshot)
        except (KeyError, TypeError, ValueError) as error:
            yield f"Revision {revision}: can’t be opened ({error!r})"


def lost() -> Iterator[str]:
    """Pictures and documents whose file is not in the storage, or is empty."""
    for what, model in (("Picture", Picture), ("Document", Document)):
        for row in model.objects.order_by("pk").iterator(ROWS_AT_A_TIME):
            name = str(row.file.name)
            if not row.file.storage.exists(name):
                yield f"{what} {row.pk}: the file {name} is gone"
            elif not row.file.storage.size(name):
                yield f"{what} {row.pk}: the file {name} is empty"


def _named(edition: Edition) -> str:
    return f"Edition {edition.pk} ({edition.get_permanent_url()})"
