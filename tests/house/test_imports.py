"""Who may import whom: one way only, in the open, and no private names."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import LAYERS, PROJECT, Source, bites, house, imports, offences, written

#: Rooms that read editions and nothing else.
PUBLIC_ROOMS = (("releases", "newsroom"), ("releases", "formats"))

#: Modules through which the working copy could be had.
WORKING_COPY = ("releases.models.release", "releases.workflow", "releases.publishing")

#: What may be asked of the release behind an edition: which one it is, nothing that is in it.
IDENTITY = {"id", "pk", "uuid", "in"}

#: Names of modules and folders that answer requests.
VIEWS = {"views", "urls", "admin", "desk", "newsroom", "formats", "forms", "feeds", "sitemaps"}

#: Django's own machinery for answering requests. `django.urls` is not here: a model may say
#: where it is shown.
REQUEST_MACHINERY = ("django.views", "django.shortcuts", "django.http", "django.contrib.admin")

#: Names with an underscore that their owners document as public.
DOCUMENTED = {"_meta", "_default_manager", "_base_manager", "_state", "_replace", "_asdict"}


def within(module: str, *homes: str) -> bool:
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def looks_through(name: str) -> bool:
    """Does this look-up go through an edition into the working copy: `release__headline` …?"""
    one, _, asked = name.partition("__")
    return one == "release" and bool(asked) and asked.split("__")[0] not in IDENTITY


def upward(source: Source) -> Iterator[str]:
    """An application imports those below it only, and none imports the project."""
    home = source.parts[0]
    if home == PROJECT:
        return
    allowed = LAYERS[: LAYERS.index(home) + 1]
    for one in imports(source):
        top = one.module.partition(".")[0]
        if top in (*LAYERS, PROJECT) and top not in allowed:
            yield source.at(one.node, f"{home} must not import {top}")


def working_copy(source: Source) -> Iterator[str]:
    """The public rooms name editions, never the release they were made from."""
    if source.parts[:2] not in PUBLIC_ROOMS:
        return
    for one in imports(source):
        if one.name == "Release" or within(one.module, *WORKING_COPY):
            yield source.at(one.node, f"the newsroom must not import {one.module} {one.name}")
    for node in ast.walk(source.tree):
        match node:
            case ast.Name(id="Release") | ast.Attribute(attr="Release"):
                yield source.at(node, "the newsroom must not name Release")
            case ast.Attribute(value=ast.Attribute(attr="release"), attr=name):
                if name not in IDENTITY:
                    yield source.at(node, f"the newsroom must not read .release.{name}")
            case ast.keyword(arg=str(name)) | ast.Constant(value=str(name)):
                if name == "Release" or looks_through(name):
                    yield source.at(node, f"the newsroom must not look through {name!r}")


def across_the_counter(source: Source) -> Iterator[str]:
    """The desk and the newsroom do not import each other."""
    other = {"desk": "releases.newsroom", "newsroom": "releases.desk"}.get(source.parts[1], "")
    if source.parts[0] != "releases" or not other:
        return
    for one in imports(source):
        if any(within(target, other) for target in one.targets):
            yield source.at(one.node, f"must not import {other}")


def knows_views(source: Source) -> Iterator[str]:
    """Models and the door for rich text know nothing of requests and pages."""
    if "models" not in source.parts and source.path != "releases/html.py":
        return
    for one in imports(source):
        ours = one.module.partition(".")[0] in (*LAYERS, PROJECT)
        room = ours and any(VIEWS & set(target.split(".")[1:]) for target in one.targets)
        if room or any(within(target, *REQUEST_MACHINERY) for target in one.targets):
            yield source.at(one.node, f"must not import {one.module} {one.name}".rstrip())


def hidden_import(source: Source) -> Iterator[str]:
    """An import stands at the top of its module, where everyone sees it."""
    for function in ast.walk(source.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield source.at(node, f"an import is hidden in {function.name}()")


def private(name: str) -> bool:
    return name.startswith("_") and not name.endswith("__") and name not in DOCUMENTED


def underscore(source: Source) -> Iterator[str]:
    """A name with an underscore stays in its module."""
    known = set()
    for one in imports(source):
        known.add(one.bound)
        if private(one.name):
            yield source.at(one.node, f"{one.name} is private to {one.module}")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and private(node.attr):
            match node.value:
                case ast.Name(id=owner) if owner in known:
                    yield source.at(node, f"{node.attr} is private to {owner}")


RULES = (upward, working_copy, across_the_counter, knows_views, hidden_import)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_imports_keep_the_plan(rule):
    assert offences(rule, house()) == []


def test_no_private_name_crosses_modules():
    assert offences(underscore, written()) == []


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (upward, "contacts/models.py", "from releases.models import Edition"),
        (upward, "files/gate.py", "import contacts.models"),
        (upward, "releases/html.py", "from donations import choice"),
        (upward, "releases/html.py", "from cepr_press import settings"),
        (upward, "donations/models.py", "from cepr_press.settings import DEBUG"),
        (working_copy, "releases/newsroom/views.py", "from releases.models import Release"),
        (working_copy, "releases/newsroom/views.py", "from ..models.release import Stage"),
        (working_copy, "releases/formats/text.py", "from releases import models\nmodels.Release"),
        (working_copy, "releases/formats/text.py", "from releases.workflow import save"),
        (working_copy, "releases/newsroom/views.py", "edition.release.headline"),
        (working_copy, "releases/newsroom/views.py", "q.filter(release__stage='draft')"),
        (working_copy, "releases/newsroom/views.py", "q.values('release__headline')"),
        (working_copy, "releases/newsroom/views.py", "apps.get_model('releases', 'Release')"),
        (across_the_counter, "releases/newsroom/views.py", "from releases.desk import admin"),
        (across_the_counter, "releases/newsroom/views.py", "from releases import desk"),
        (across_the_counter, "releases/desk/admin.py", "from ..newsroom.views import home"),
        (knows_views, "releases/models/edition.py", "from ..newsroom import urls"),
        (knows_views, "contacts/models.py", "from contacts.views import contact"),
        (knows_views, "contacts/models.py", "from contacts import forms"),
        (knows_views, "releases/html.py", "from django.shortcuts import render"),
        (knows_views, "donations/models.py", "from django.http import Http404"),
        (hidden_import, "releases/html.py", "def f():\n    import re"),
        (hidden_import, "releases/html.py", "class A:\n    def f(self):\n        from a import b"),
        (underscore, "releases/html.py", "from contacts.phone import _digits"),
        (underscore, "releases/html.py", "from contacts import phone\nphone._digits('1')"),
    ],
)
def test_each_rule_catches_its_offender(rule, path, text):
    assert bites(rule, text, path)


@pytest.mark.parametrize(
    ("rule", "path", "text"),
    [
        (upward, "donations/models.py", "from releases.models import Edition\nimport contacts"),
        (upward, "cepr_press/urls.py", "from donations import urls"),
        (working_copy, "releases/newsroom/views.py", "from releases.models import Edition"),
        (working_copy, "releases/newsroom/views.py", "appeal_for(edition.release_id)"),
        (working_copy, "releases/newsroom/feeds.py", "edition.release.uuid"),
        (working_copy, "releases/newsroom/views.py", "q.filter(release__in=found)"),
        (working_copy, "releases/desk/admin.py", "from releases.models import Release"),
        (across_the_counter, "releases/desk/admin.py", "from releases.desk import forms"),
        (knows_views, "contacts/models.py", "from django.urls import reverse"),
        (hidden_import, "releases/html.py", "if True:\n    import re"),
        (underscore, "releases/html.py", "from django.utils.translation import gettext as _"),
        (underscore, "releases/html.py", "from cepr_press import __version__\nself._own"),
        (underscore, "releases/html.py", "from releases.models import Edition\nEdition._meta"),
    ],
)
def test_no_rule_is_stricter_than_it_says(rule, path, text):
    assert not bites(rule, text, path)
