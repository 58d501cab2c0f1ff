"""Acts on the text: writing, restoring, submitting, sending back, approving."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from releases.content import Content, read, write
from releases.models import Release, Revision
from releases.models.release import Stage
from releases.restoring import Lost, restorable
from releases.rules import ACTIONS
from releases.workflow.door import (
    Refused,
    arranged,
    changing,
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
def create(by: User, content: Content, why: str = "") -> Release:
    """Store a new draft with its first revision; return it. Raises Refused."""
    if not by.has_perm("releases.add_release"):
        raise Refused([_("Your account has no right to write releases; ask an administrator.")])
    content = arranged(content, None)
    release = Release(version=1, changed_by=by)
    write(release, content)
    revise(release, content, by, why)
    record(release, "create", by, why)
    return release


def save(pk: int, by: User, seen: int, content: Content, why: str = "") -> Release:
    """Store a changed text; approval is gone with it, visibly. Raises Refused or Stale.

    A text equal to the stored one changes nothing: no revision, no version, no stage.
    """
    with transaction.atomic():
        release = Release.objects.select_for_update().get(pk=pk)
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
