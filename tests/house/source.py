"""The project's own files, read once for the rules in this folder.

A rule is a function that takes one `Source` and yields sentences, one for each offence. Every rule
is applied to the whole house by `offences()`, and to a few bad lines by a test that shows it bites.
"""

import ast
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: Our applications, lowest first: each may import those before it. `alerts` is still to come.
LAYERS = ("accounts", "files", "contacts", "releases", "donations", "alerts")
PROJECT = "cepr_press"

#: Folders that hold nothing of ours to judge.
FOREIGN = {".git", ".venv", "var", "node_modules", "__pycache__"}


@dataclass(frozen=True)
class Source:
    """One file: `path` from the project's root with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.path.removesuffix(".py").split("/"))

    @property
    def package(self) -> tuple[str, ...]:
        """The package that relative imports in this module start from."""
        return self.parts[:-1]

    @property
    def is_migration(self) -> bool:
        return "migrations" in self.parts[:-1] and self.parts[-1] != "__init__"

    def at(self, node: ast.AST, sentence: str) -> str:
        """One offence: where it stands, and what is wrong with it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}: {sentence}"


@dataclass(frozen=True)
class Imported:
    """One imported name, made absolute: `from a.b import c as d` is module a.b, name c, bound d."""

    module: str
    name: str
    bound: str
    node: ast.Import | ast.ImportFrom

    @property
    def targets(self) -> tuple[str, ...]:
        """Every module this may load: `from a import b` loads a, and a.b if that is a module."""
        return (self.module, f"{self.module}.{self.name}") if self.name else (self.module,)


Rule = Callable[[Source], Iterable[str]]


def imports(source: Source) -> Iterator[Imported]:
    """Every import of a module, wherever it stands, with relative ones resolved."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.partition(".")[0]
                yield Imported(alias.name, "", bound, node)
        elif isinstance(node, ast.ImportFrom):
            module = _absolute(source, node)
            for alias in node.names:
                yield Imported(module, alias.name, alias.asname or alias.name, node)


def _absolute(source: Source, node: ast.ImportFrom) -> str:
    base = source.package[: len(source.package) - (node.level - 1)] if node.level else ()
    return ".".join([*base, *([node.module] if node.module else [])])


def called(node: ast.Call) -> str:
    """The last name of what is called: `f` of f(), a.f() and a.b().f(); "" if it has none."""
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


@cache
def files(*suffixes: str) -> tuple[Source, ...]:
    """All our files that end so, in order of their paths."""
    found: list[Source] = []
    for folder, inner, names in os.walk(ROOT):
        inner[:] = sorted(set(inner) - FOREIGN)
        for name in sorted(names):
            if name.endswith(suffixes):
                path = Path(folder, name)
                text = path.read_text(encoding="utf-8")
                found.append(Source(path.relative_to(ROOT).as_posix(), text))
    return tuple(found)


def house() -> list[Source]:
    """The modules of our applications and of the project; not the tests, not the tools."""
    return [one for one in files(".py") if one.parts[0] in (*LAYERS, PROJECT)]


def written() -> list[Source]:
    """The modules of the house that people wrote as code: all but the migrations."""
    return [one for one in house() if not one.is_migration]


def below(folder: str, *suffixes: str) -> list[Source]:
    """Our files below one folder of the project, by the ends of their names."""
    return [one for one in files(*suffixes) if one.path.startswith(f"{folder}/")]


def offences(rule: Rule, sources: Iterable[Source]) -> list[str]:
    """What the rule finds in all these files; empty when the house is in order."""
    return [sentence for source in sources for sentence in rule(source)]


def bites(rule: Rule, text: str, path: str = "releases/newsroom/views.py") -> bool:
    """Would the rule catch these lines, if they stood in the file at this path?"""
    return bool(list(rule(Source(path, text))))
