"""The office's standing words, as pages and files show them: what the desk has stored.

Where there is no row in a language, the settings of the press office speak (PRESS_OFFICE).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from releases.elements import Node
from releases.html import clean, tree, words
from releases.models import Boilerplate
from releases.prepared import prepared


@dataclass(frozen=True)
class Standing:
    """Clean rich text, '' where the desk has stored none; links as name and address."""

    about: str
    note: str
    address: str
    links: tuple[tuple[str, str], ...]


def standing(language: str) -> Standing:
    """Return the office's standing words in a language, by one query."""
    return worded(stored(language))


def worded(rows: Iterable[Boilerplate]) -> Standing:
    """Return the standing words that these rows hold."""
    found = {row.what: row.body for row in rows}
    what = Boilerplate.What
    return Standing(
        about=clean(found.get(what.ABOUT, "")),
        note=clean(found.get(what.NOTE, "")),
        address=clean(found.get(what.ADDRESS, "")),
        links=tuple(links(found.get(what.LINKS, ""))),
    )


def links(markup: str) -> Iterator[tuple[str, str]]:
    """Give the links of rich text that lead to another site: their words, their address."""
    yield from _links(tree(markup))


def _links(parent: Node) -> Iterator[tuple[str, str]]:
    for node in parent.nodes():
        address = node.attrs.get("href", "")
        if address.startswith(("https://", "http://")):
            yield " ".join("".join(map(words, node.children)).split()), address
        else:
            yield from _links(node)


@prepared
def stored(language: str) -> QuerySet[Boilerplate]:
    """Return a language's rows."""
    return Boilerplate.objects.filter(language=language)
