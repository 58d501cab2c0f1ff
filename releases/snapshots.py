"""Snapshots: a content as JSON values, as revisions keep it; each shape there ever was is read.

To change the shape of releases.content.Content: count SCHEMA up, write the function that makes
the new shape of the last one's values, and put a snapshot of it into tests/fixtures/snapshots/.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from releases.content import Attachment, Content, Figure

Values = dict[str, Any]
Upgrades = Mapping[int, Callable[[Values], Values]]


def figures_with_rights(values: Values) -> Values:
    """Make shape 2 of shape 1: figures say whether they are decoration, rights, day, focus."""
    added = {"decorative": False, "rights": "", "use_until": None, "focus_x": 50, "focus_y": 50}
    return {**values, "figures": [{**figure, **added} for figure in values["figures"]]}


def attachments(values: Values) -> Values:
    """Make shape 3 of shape 2: there are documents."""
    return {**values, "attachments": []}


SCHEMA = 3
#: For each shape but the present one: what makes the next shape's values of its own.
UPGRADES: Upgrades = {1: figures_with_rights, 2: attachments}


def snapshot(content: Content) -> Values:
    """Return `content` as JSON values, byte for byte what from_snapshot() reads again."""
    values = asdict(content)
    figures = [{**one, "use_until": _written(one["use_until"])} for one in values["figures"]]
    return {**values, "dated": _written(content.dated), "figures": figures}


def from_snapshot(schema: int, values: Values) -> Content:
    """Return the content that a snapshot of shape `schema` holds.

    Raises ValueError for a shape this code has never known.
    """
    values = upgraded(schema, values, UPGRADES, SCHEMA)
    return replace(
        Content(**values),
        dated=_day(values["dated"]),
        topics=tuple(values["topics"]),
        contacts=tuple(values["contacts"]),
        figures=tuple(
            Figure(**{**figure, "use_until": _day(figure["use_until"])})
            for figure in values["figures"]
        ),
        attachments=tuple(Attachment(**one) for one in values["attachments"]),
    )


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def upgraded(schema: int, values: Values, upgrades: Upgrades, present: int) -> Values:
    """Return values of shape `schema` in the `present` one, step by step.

    Raises ValueError where a step is missing, or the shape is one to come.
    """
    while schema != present:
        if schema not in upgrades:
            raise ValueError(f"unknown snapshot schema {schema}")
        values, schema = upgrades[schema](values), schema + 1
    return values
