"""The one door for changes to a release: who may take what from which stage to which.

Every function locks the release, compares the version the caller had seen, asks the rules
(releases/rules.py), and writes the change, the revision and the log in one transaction.
docs/workflow.md has the same as a table.
"""

from releases.workflow.door import (
    Refused,
    Stale,
    changed_meanwhile,
    last_revision,
    locked_version,
    name_of,
    office_language,
    possible,
    record,
)
from releases.workflow.editions import (
    import_published,
    lift,
    mend_note,
    move,
    publish,
    publish_urgently,
    take_back,
    withdraw,
)
from releases.workflow.finding import pin, place, reorder, unpin
from releases.workflow.people import restrict, step_in
from releases.workflow.text import (
    Restored,
    approve,
    create,
    duplicate,
    restore,
    save,
    send_back,
    submit,
)
from releases.workflow.translating import catch_up, link, translate

__all__ = [
    "Refused",
    "Restored",
    "Stale",
    "approve",
    "catch_up",
    "changed_meanwhile",
    "create",
    "duplicate",
    "import_published",
    "last_revision",
    "lift",
    "link",
    "locked_version",
    "mend_note",
    "move",
    "name_of",
    "office_language",
    "pin",
    "place",
    "possible",
    "publish",
    "publish_urgently",
    "record",
    "reorder",
    "restore",
    "restrict",
    "save",
    "send_back",
    "step_in",
    "submit",
    "take_back",
    "translate",
    "unpin",
    "withdraw",
]
