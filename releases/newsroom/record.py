"""What a release page says of its own history, in words."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from releases.models import Edition


def record(begun: Sequence[Edition]) -> dict[str, Any]:
    """Return notes, editions and last change of a release.

    `begun` are all its editions that have begun, the newest first. All follows from them: whatever
    reason was ticked, a changed text has a date.
    """
    noted = [one for one in begun if one.note]
    changed = begun[0] if len(begun) > 1 else None
    return {
        "editions_public": begun[::-1],
        "corrections": noted,
        "changed": changed,
        "retouched": changed if changed and not _told(changed, noted[:1]) else None,
    }


def _told(changed: Edition, noted: Sequence[Edition]) -> bool:
    """Return whether the day of the last change is that of the last note, which is shown."""
    day = timezone.localdate(changed.public_from)
    return any(timezone.localdate(one.public_from) == day for one in noted)
