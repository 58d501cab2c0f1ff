"""Acts on the text: writing, copying, restoring, submitting, sending back, approving."""

from dataclasses import dataclass, replace

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from releases import publishing
from releases.content import Content, read, write
from releases.html import without_pictures
from releases.models import Release, Revision
from releases.models.release import Stage
from releases.restoring import Lost, restorable
from releases.rules import ACTIONS
from releases.workflow.door import (
    Refused,
    arranged,
    changing,
    demand,
    office_language,
    opened,
    record,
    revise,
)


@dataclass(frozen=True)
class Restored:
    """What restoring did: the release, the new revision (None: the text was equal), the losses."""

    release: Release
    revision: Revision | None
    lost: tuple[Lost, ...]


@transaction.atomic
def create(by: User, content: Content, why: str = "", original: Release | None = None) -> Release:
    """Store a new draft with its first revision; return it. Raises Refused.

    Of a translation, `original` is what it translates: the newest edition of that.
    """
    if not by.has_perm("releases.add_release"):
        raise Refused([_("Your account has no right to write releases; ask an administrator.")])
    newest = publishing.newest_edition(original) if original else None
    based_on = newest.number if newest else 0
    return begin(by, arranged(content, None), why, original, based_on)


def begin(
    by: User, content: Content, why: str, original: Release | None = None, based_on: int = 0
) -> Release:
    """Store the first state of a draft, be it of a translation (releases.workflow.translating)."""
    release = Release(version=1, changed_by=by, original=original, based_on=based_on)
    write(release, content)
    revise(release, content, by, why)
    record(release, "create", by, why)
    return release


def duplicate(pk: int, by: User, seen: int) -> Release:
    """Begin a draft with the text, topics and contacts of a release, and return it.

    Nothing else goes with it: neither date, address, pictures and files nor what was published,
    shared or said of it. The copy's address is made of its headline when it is saved. Only the
    people named for the release see its copy. The release keeps its version: nobody who has it
    open is disturbed. Raises Refused or Stale.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
        demand("duplicate", release, by, seen)
        with office_language():
            why = _("A copy of “%(headline)s”.") % {"headline": release}
        copy = begin(by, _to_copy(read(release)), why)
        copy.named.set(release.named.all())
        record(release, "duplicate", by)
    return copy


def _to_copy(content: Content) -> Content:
    """Return what a copy takes along; the places of pictures stay behind with the pictures."""
    text = without_pictures(content.body)
    return replace(content, body=text, slug="", dated=None, figures=(), attachments=())


def save(pk: int, by: User, seen: int, content: Content, why: str = "") -> Release:
    """Store a changed text; approval is gone with it, visibly. Raises Refused or Stale.

    A text equal to the stored one changes nothing: no revision, no version, no stage.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().with_restriction().get(pk=pk)
        former, content = read(release), arranged(content, release)
        if release.version == seen and content == former:
            return release
        with changing("save", release, by, seen):
            release.stage, release.approved_by, release.changed_by = Stage.DRAFT, None, by
            write(release, content, former)
            revise(release, content, by, why)
            record(release, "save", by, why)
    return release


def restore(pk: int, by: User, seen: int, number: int, why: str = "") -> Restored:
    """Make the text what revision `number` says, as it was stored, and keep it as a new revision.

    What can't be had any more is left out; the log says so, and the answer. A text equal to the
    present one changes nothing. Raises Refused, Stale or Revision.DoesNotExist.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
        former, found = read(release), restorable(release, number)
        equal = release.version == seen and found.content == former
        if equal and by.has_perm(ACTIONS["restore"][0]):
            return Restored(release, None, found.lost)
        with changing("restore", release, by, seen):
            release.stage, release.approved_by, release.changed_by = Stage.DRAFT, None, by
            write(release, found.content, former)
            with office_language():
                said = _("Revision %(number)s was restored.") % {"number": number}
                told = " ".join(filter(None, [said, why.strip(), *map(str, found.lost)]))
            revision = revise(release, found.content, by, told)
            record(release, "restore", by, told)
    return Restored(release, revision, found.lost)


def submit(pk: int, by: User, seen: int) -> Release:
    """Hand the draft to the editors. Raises Refused or Stale."""
    with opened("submit", pk, by, seen) as release:
        release.stage = Stage.IN_REVIEW
        record(release, "submit", by)
    return release


def send_back(pk: int, by: User, seen: int, why: str) -> Release:
    """Make it a draft again and say why. Raises Refused or Stale."""
    if not why.strip():
        raise Refused([_("Say in a sentence what is to be changed.")])
    with opened("send_back", pk, by, seen) as release:
        release.stage, release.approved_by = Stage.DRAFT, None
        record(release, "send_back", by, why)
    return release


def approve(pk: int, by: User, seen: int) -> Release:
    """Approve this exact text. Raises Refused or Stale."""
    with opened("approve", pk, by, seen) as release:
        release.stage, release.approved_by = Stage.APPROVED, by
        own = release.changed_by_id == by.pk
        with office_language():
            why = _("The approver’s own text.") if own else ""
        record(release, "approve", by, why)
    return release
