"""The rules of this folder judge what `source` finds: so it has to find the house."""

from tests.house.source import LAYERS, PROJECT, ROOT, Source, files, house, imports


def test_the_walk_sees_every_application():
    seen = {one.parts[0] for one in house()}
    there = {name for name in LAYERS if (ROOT / name).is_dir()}
    assert seen == {*there, PROJECT}
    assert {"accounts", "files", "contacts", "releases", "donations"} <= seen


def test_every_package_of_ours_has_its_place_among_the_layers():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "benchmarks"} <= {*LAYERS, PROJECT}


def test_the_walk_leaves_foreign_folders_alone():
    tops = {one.parts[0] for one in files(".py")}
    assert not tops & {".venv", "var", ".git"}


def test_relative_imports_are_resolved():
    here = Source("releases/models/edition.py", "from . import topic\nfrom ..html import clean\n")
    assert [one.module for one in imports(here)] == ["releases.models", "releases.html"]
    package = Source("releases/models/__init__.py", "from .edition import Edition\n")
    assert [one.targets for one in imports(package)] == [
        ("releases.models.edition", "releases.models.edition.Edition")
    ]
