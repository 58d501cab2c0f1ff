"""What is the matter, in a sentence, where the database or the disk can't be used for a while."""

import errno
import logging

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

#: What the operating system says where nothing can be stored.
UNWRITABLE = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
#: What databases say of the same.
FULL = ("disk is full", "no space left", "readonly database", "disk i/o error")
#: Errors that may be of these kinds: `reason_of` says which are.
SUSPECTS = (OperationalError, InterfaceError, OSError)


def is_unwritable(error: OSError) -> bool:
    """Return whether the disk is full, or can't be written to."""
    return error.errno in UNWRITABLE


def reason_of(error: BaseException | None) -> str | None:
    """Return what is the matter, in a sentence; None where the error is a fault of ours."""
    if isinstance(error, OSError):
        return _no_room() if is_unwritable(error) else None
    if not isinstance(error, SUSPECTS):
        return None
    told = str(error).lower()
    return _no_room() if any(words in told for words in FULL) else _away()


def tell_missing(name: str) -> None:
    """Say in the log that the storage lacks a file that a row of the database has."""
    log.error(
        "The storage has no file %s: pages and files are shown without it. Restore the storage "
        "from a backup.",
        name,
    )


def _away() -> str:
    return _("The database does not answer at the moment.")


def _no_room() -> str:
    return _("There is no room left to store anything, or the disk can’t be written to.")
