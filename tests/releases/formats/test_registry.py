"""A format is one file: it is found by itself, and told of where people look."""

from pathlib import Path

import releases.formats
from releases.formats import FORMATS
from releases.formats.shape import Format
from tests.house.source import ROOT

FOLDER = Path(releases.formats.__file__).parent


def test_each_module_with_a_format_is_found():
    with_one = [
        path.stem for path in FOLDER.glob("*.py") if "\nFORMAT = Format(" in path.read_text()
    ]
    assert len(with_one) == len(FORMATS)
    assert all(isinstance(one, Format) for one in FORMATS.values())


def test_they_come_in_the_order_of_their_places():
    places = [one.place for one in FORMATS.values()]
    assert places == sorted(places)
    assert list(FORMATS)[:3] == ["txt", "pdf", "docx"]


def test_the_docs_name_each():
    told = (ROOT / "docs/formats.md").read_text()
    assert [suffix for suffix in FORMATS if f"`.{suffix}`" not in told.replace("<slug>", "")] == [
        "txt"
    ]
    assert "/releases/<slug>.txt" in told


def test_no_format_knows_a_model_a_request_or_the_clock():
    for path in FOLDER.glob("*.py"):
        text = path.read_text()
        assert "releases.models" not in text, path
        assert "django.http" not in text, path
        assert "timezone.now" not in text, path
