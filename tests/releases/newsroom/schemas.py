"""Schemas of what we publish: our own small ones, and their authors' where SCHEMAS_DIR has them."""

import os
from pathlib import Path

import pytest

OURS = Path(__file__).parents[2] / "schemas"
THEIRS = os.environ.get("SCHEMAS_DIR", "")
FOLDERS = [OURS, *([Path(THEIRS)] if THEIRS else [])]

#: Runs a test with `schemas`, once for each folder that has some.
BY_EACH = pytest.mark.parametrize("schemas", FOLDERS, ids=["ours", "theirs"][: len(FOLDERS)])


def file_in(folder: Path, name: str) -> Path:
    """The schema of this name, wherever it stands below the folder."""
    return sorted(folder.rglob(name))[0]
