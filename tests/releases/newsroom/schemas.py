"""The schemas of formats as their authors wrote them, where SCHEMAS_DIR names their folder."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

FOLDER = os.environ.get("SCHEMAS_DIR", "")


def given(name: str) -> Callable:
    """Runs a test with `schemas`, their folder, where it has the schema `name`; or skips it."""
    there = bool(FOLDER) and (Path(FOLDER) / name).exists()
    mark = pytest.mark.skipif(not there, reason="SCHEMAS_DIR names no folder with this schema")

    def marked(test: Callable) -> Callable:
        return mark(pytest.mark.parametrize("schemas", [Path(FOLDER)], ids=["given"])(test))

    return marked


def sitemap_schema(folder: Path, name: str) -> etree.XMLSchema:
    """A schema of sitemaps with all that it loads beside it."""
    return etree.XMLSchema(etree.parse(folder / name))
