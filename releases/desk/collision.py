"""Two people saved one release: what each changed, and the form as it is to go on.

The form says which version and which revision it was made of. If the release has moved on, what
only one side changed is brought together; for what both changed, the second decides field by
field. Until that is done, nothing is stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from releases import workflow
from releases.content import Content, read, tidied
from releases.desk.rows import rewritten
from releases.desk.told import told
from releases.desk.typed import held
from releases.differences import LABELS, BlockChange, Value, compare
from releases.html import clean
from releases.merging import NAMES, Merged, both_texts, merge
from releases.models import Act, Release, Revision
from releases.models.history import Action
from releases.snapshots import from_snapshot

FIELD_LABELS = {**LABELS, "language": _("language"), "slug": _("address")}
#: Fields whose two texts can be put into one, to be edited by hand.
JOINED = ("headline", "subhead", "summary", "body")
#: Fields of which the changes are shown; of the others, all of the text.
LONG = ("body", "topics", "contacts", "figures", "attachments")
#: Lines of the log that leave the release's version as it is.
BESIDE = (Action.SHARE, Action.REVOKE)


@dataclass(frozen=True)
class Side:
    """What a field says on one side: its changes against what both began with, or all of it."""

    changes: tuple[BlockChange, ...]
    whole: str


@dataclass(frozen=True)
class Question:
    """A field that both changed, and what each made of it."""

    name: str
    theirs: Side
    mine: Side

    @property
    def label(self) -> str:
        """The field's name in the active language."""
        return label(self.name)

    @property
    def joinable(self) -> bool:
        """Whether both texts can be put into the form, to be edited there."""
        return self.name in JOINED


@dataclass(frozen=True)
class Collision:
    """What a person sees who is not the first to save."""

    by: str
    at: datetime
    questions: tuple[Question, ...]
    theirs: tuple[str, ...]
    both: tuple[str, ...]
    mine: tuple[str, ...]
    joined: tuple[str, ...]


@dataclass(frozen=True)
class Met:
    """What the form is to hold now; and the collision, None where all is decided."""

    data: QueryDict
    collision: Collision | None


def label(name: str) -> str:
    """Return a field's name in the active language."""
    return capfirst(str(FIELD_LABELS[name]))


def meet(data: QueryDict, release: Release) -> Met | None:
    """Return what the posted `data` has met; None where nothing is in its way."""
    asked = [name for name in NAMES if f"asked-{name}" in data]
    stale = _number(data, "seen") != release.version
    if not stale and not asked:
        return None
    base = _base(release, _number(data, "base"))
    theirs = read(release)
    mine, decided, joined = _decided(data, asked, base or theirs, tidied(held(data, release)))
    merged = merge(base, theirs, mine)
    changed = [*merged.theirs, *merged.both, *decided]
    data = rewritten(data, merged.content, changed, whole=stale)
    data["seen"], data["base"] = str(release.version), str(workflow.last_revision(release))
    still = [name for name in asked if name not in decided and not data.get(f"choice-{name}")]
    for name in asked:
        data.pop(f"asked-{name}", None)
        data.pop(f"choice-{name}", None)
    if not stale and not still and not joined:
        return Met(data, None)
    return Met(data, _collision(release, base, theirs, merged, still, joined))


def _number(data: QueryDict, name: str) -> int:
    """Return a number that a form sent; -1 (never one) for anything else."""
    text = data.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _base(release: Release, number: int) -> Content | None:
    """Return what the form had been made of; None where there is no such revision."""
    revision = release.revisions.filter(number=number).first()
    return tidied(from_snapshot(revision.schema, revision.snapshot)) if revision else None


def _decided(
    data: QueryDict, asked: Iterable[str], former: Content, mine: Content
) -> tuple[Content, list[str], list[str]]:
    """Return mine as the answers want it, which fields that changed, which hold both now.

    `former` is the other side of each question: what was stored when it was asked.
    """
    values: dict[str, Any] = {}
    joined = []
    for name in asked:
        theirs, own = getattr(former, name), getattr(mine, name)
        choice = data.get(f"choice-{name}")
        if choice == "theirs":
            values[name] = theirs
        elif choice == "both" and name in JOINED:
            values[name] = both_texts("", theirs, own) if name == "body" else f"{theirs} {own}"
            joined.append(name)
    return replace(mine, **values), list(values), joined


def _collision(
    release: Release,
    base: Content | None,
    theirs: Content,
    merged: Merged,
    still: list[str],
    joined: list[str],
) -> Collision:
    """Say who changed what, and what is to be decided."""
    asked = [name for name in NAMES if name in {*merged.asked, *still} and name not in joined]
    contents = told(base or Content(), theirs, merged.content)
    by, at = changed_by(release)
    return Collision(
        by=by,
        at=at,
        questions=tuple(Question(name, *_sides(name, base, *contents)) for name in asked),
        theirs=tuple(label(name) for name in merged.theirs),
        both=tuple(label(name) for name in merged.both),
        mine=tuple(label(name) for name in merged.mine if name not in [*still, *joined]),
        joined=tuple(label(name) for name in joined),
    )


def _sides(
    name: str, base: Content | None, past: dict[str, Value], *sides: dict[str, Value]
) -> tuple[Side, Side]:
    """Return what theirs and mine made of a field."""
    one, other = (_side(name, base is not None, past, side) for side in sides)
    return one, other


def _side(name: str, known: bool, past: dict[str, Value], side: dict[str, Value]) -> Side:
    value = side[name]
    whole = value if isinstance(value, str) else ", ".join(value)
    whole = clean(whole) if name == "body" else whole
    if not known or name not in LONG:
        return Side((), whole)
    changes = compare({name: past[name]}, {name: side[name]})
    return Side(next((one.blocks for one in changes if one.name == name), ()), whole)


def changed_by(release: Release) -> tuple[str, datetime]:
    """Return who moved the release to its present version, and when."""
    act: Act | None = release.acts.exclude(action__in=BESIDE).first()
    if act:
        return act.by_name, act.at
    revision: Revision | None = release.revisions.select_related("made_by").first()
    by = revision.made_by if revision else release.changed_by
    return workflow.name_of(by), revision.made_at if revision else release.changed_at
