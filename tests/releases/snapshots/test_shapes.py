"""Every shape that a revision was ever kept in opens, and none changes unnoticed."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releases import workflow
from releases.content import Attachment, Content, Figure
from releases.models import Revision
from releases.snapshots import SCHEMA, UPGRADES, from_snapshot, snapshot, upgraded
from tests.examples import examples
from tests.make import make_full_content

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "snapshots"
#: One revision of each shape there ever was: never changed, only added to.
KEPT = {
    one["schema"]: one
    for path in FOLDER.glob("schema_*.json")
    for one in [json.loads(path.read_text(encoding="utf-8"))]
}
words = st.text(max_size=20)
figures = st.builds(
    Figure, st.integers(), words, words, words, st.booleans(), words, st.none() | st.dates()
)
contents = st.builds(
    Content,
    kind=words, language=words, headline=words, subhead=words, slug=words, dateline=words,
    dated=st.none() | st.dates(), summary=words, body=words,
    topics=st.lists(st.integers()).map(tuple), contacts=st.lists(st.integers()).map(tuple),
    figures=st.lists(figures).map(tuple),
    attachments=st.lists(st.builds(Attachment, st.integers(), words)).map(tuple),
)  # fmt: skip


def shape(kind: type) -> dict[str, str]:
    """The fields of a dataclass with their types, in words."""
    hints = get_type_hints(kind)
    return {one.name: str(hints[one.name]).removeprefix("<class '").removesuffix("'>")
            for one in fields(kind)}  # fmt: skip


def test_every_shape_has_a_fixture():
    assert sorted(KEPT) == list(range(1, SCHEMA + 1))
    assert sorted(UPGRADES) == list(range(1, SCHEMA))


def test_content_has_the_shape_that_its_number_says():
    """To mend this test, do what releases/snapshots.py says at its top."""
    now = {one.__name__: shape(one) for one in (Content, Figure, Attachment)}
    assert KEPT[SCHEMA]["shape"] == now


@pytest.mark.parametrize("schema", sorted(KEPT))
def test_every_past_shape_opens(schema):
    content = from_snapshot(schema, KEPT[schema]["snapshot"])
    assert content.headline == "Kept  as \u201cit\u201d was\u00a0– <b>&amp;</b>"
    assert content.body == "<p>Ça \u2028 5&nbsp;% &amp; ☕</p>\n"
    assert (content.topics, content.contacts) == ((3, 7), (9, 2))
    assert content.figures[0].picture == 4
    assert content.dated == date(2024, 2, 29)
    # What opened is a content of today in every way.
    assert from_snapshot(SCHEMA, snapshot(content)) == content


def test_the_fixture_of_today_is_what_is_kept_today():
    kept = KEPT[SCHEMA]["snapshot"]
    assert json.loads(json.dumps(snapshot(from_snapshot(SCHEMA, kept)))) == kept


@examples(100)
@given(content=contents)
def test_a_snapshot_reads_back_as_it_was(content):
    assert from_snapshot(SCHEMA, snapshot(content)) == content
    assert from_snapshot(SCHEMA, json.loads(json.dumps(snapshot(content)))) == content


@pytest.mark.django_db
def test_a_snapshot_comes_back_from_the_database_byte_for_byte(writer):
    content = make_full_content(body="<p>“Ça” — 5&nbsp;% &amp; más</p>", summary="à ☕ “b”")
    release = workflow.create(writer, content)
    kept = Revision.objects.get(release=release)
    assert from_snapshot(kept.schema, kept.snapshot) == content


@pytest.mark.parametrize("schema", [0, SCHEMA + 1, 99])
def test_a_snapshot_of_an_unknown_shape_is_refused(schema):
    with pytest.raises(ValueError, match=str(schema)):
        from_snapshot(schema, {})


def test_an_old_shape_goes_through_every_step():
    steps = {
        1: lambda values: {"headline": values["title"]},
        2: lambda values: {**values, "subhead": ""},
    }
    assert upgraded(1, {"title": "A"}, steps, 3) == {"headline": "A", "subhead": ""}
    assert upgraded(2, {"headline": "A"}, steps, 3) == {"headline": "A", "subhead": ""}
    with pytest.raises(ValueError, match="2"):
        upgraded(1, {"title": "A"}, {1: steps[1]}, 3)
