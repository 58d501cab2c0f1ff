"""What is not public: drafts, all saved texts, planned and withdrawn editions, and all tables."""

import json
from collections.abc import Iterator

from django.db import connection

from cepr_press.backup.tables import Table, present, written
from cepr_press.leaving.public import Written, as_json, stored
from files.models import Document, Picture
from releases.content import Content, read
from releases.markdown import to_markdown
from releases.models import Release
from releases.snapshots import from_snapshot, snapshot

#: Applications whose tables are the press office's own; accounts and sessions are the system's.
APPLICATIONS = ("contacts", "donations", "files", "releases")
#: What is of use to this system alone, or is a key to something.
NOT_TOLD = frozenset({"releases.autosave", "releases.presence", "releases.sharelink"})


def files() -> Iterator[Written]:
    """Give everything: what is public is among it, as the desk has it."""
    for release in Release.objects.order_by("pk").iterator(100):
        folder = f"releases/{release.pk}"
        yield from _text(f"{folder}/working-copy", read(release))
        for revision in release.revisions.order_by("number"):
            content = from_snapshot(revision.schema, revision.snapshot)
            yield from _text(f"{folder}/revisions/{revision.number:04}", content)
        for edition in release.editions.order_by("number"):
            yield from _text(f"{folder}/editions/{edition.number}", read(edition))
    for table in present(connection).kept.values():
        if table.model._meta.app_label in APPLICATIONS and table.name not in NOT_TOLD:
            yield f"tables/{table.name}.ndjson", b"".join(_lines(table))
    for kind in (Picture, Document):
        yield from stored(kind.objects.order_by("pk").values_list("file", flat=True))


def _text(path: str, content: Content) -> Iterator[Written]:
    """Give a text as JSON, with all that belongs to it, and as Markdown, to be read."""
    yield f"{path}.json", as_json(snapshot(content))
    lines = (f"# {content.headline}", content.subhead, content.summary, to_markdown(content.body))
    yield f"{path}.md", "\n\n".join(line.strip() for line in lines if line).encode(errors="replace")


def _lines(table: Table) -> Iterator[bytes]:
    for row in table.rows():
        yield json.dumps(row, default=written).encode() + b"\n"
