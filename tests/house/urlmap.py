"""The map of addresses, and how to fill in each one so that it can be asked for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize

PLACE = re.compile(r"<(?:[^:>]+:)?([^>]+)>")

#: What the desk calls the key of the row that an address is about.
KEYS = ("object_id", "pk", "id", "release_id")


@dataclass(frozen=True)
class Leaf:
    """One address of the map: its full name, and the patterns that make it up, root first."""

    name: str
    patterns: tuple[object, ...]

    @property
    def wanted(self) -> frozenset[str]:
        """The places to be filled in."""
        return frozenset(name for pattern in self.patterns for name in pattern.regex.groupindex)

    def path(self, values: Mapping[str, object]) -> str:
        """The address with its places filled in, in the language that is active."""
        return "/" + "".join(_filled(pattern, values) for pattern in self.patterns)


def _filled(pattern: object, values: Mapping[str, object]) -> str:
    if isinstance(pattern, RegexPattern):
        form, places = normalize(pattern.regex.pattern)[0]
        return form % {place: quote(str(values[place])) for place in places}
    return PLACE.sub(lambda found: quote(str(values[found.group(1)])), str(pattern))


def leaves(
    found: list[URLPattern | URLResolver], above: tuple[object, ...] = (), space: str = ""
) -> Iterator[Leaf]:
    """Every address below these patterns."""
    for one in found:
        here = (*above, one.pattern)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from leaves(one.url_patterns, here, inner)
        else:
            yield Leaf(f"{space}{one.name or one.lookup_str}", here)


def values_for(leaf: Leaf, table: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """What to fill in: from the table by the leaf's name, or the first row of the desk's model.

    Raises LookupError, with a sentence on what to do, for an address that nobody knows to fill in.
    """
    known = {**_row_of_the_desk(leaf), **table.get(leaf.name, {})}
    missing = leaf.wanted - known.keys()
    if missing:
        raise LookupError(
            f"{leaf.name} wants {', '.join(sorted(missing))}: say in the table of "
            "tests/house/test_get_writes_nothing.py what to put there"
        )
    return known


def _row_of_the_desk(leaf: Leaf) -> dict[str, object]:
    for model in apps.get_models():
        options = model._meta
        if leaf.name.startswith(f"admin:{options.app_label}_{options.model_name}_"):
            break
    else:
        return {}
    if not leaf.wanted & {*KEYS} or not admin.site.is_registered(model):
        return {}
    row = model._default_manager.order_by("pk").first()
    if row is None:
        raise LookupError(f"{leaf.name} wants one {options.verbose_name}: make one for the walk")
    return dict.fromkeys(KEYS, row.pk)
