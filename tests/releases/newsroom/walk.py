"""A stranger's walk through every address that the newsroom has, taken from the map of addresses.

An address with places that nothing here knows to fill in stops the walk: say in PLACES what goes
there. Whatever the database holds, public or not, is asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import translation

from contacts.models import Contact
from files.models import Picture
from releases.models import Edition, Release, Topic
from tests.house.urlmap import Leaf, leaves

Values = Mapping[str, object]


def slugs() -> list[str]:
    """Every address of a working copy or an edition."""
    found = {row.slug for model in (Release, Edition) for row in model.objects.all()}
    return sorted(found - {""})


def years() -> list[int]:
    """Every year that a working copy or an edition names."""
    rows = [row for model in (Release, Edition) for row in model.objects.all()]
    return sorted({row.dated.year for row in rows if row.dated})


def one_slug(model: type[Topic] | type[Contact]) -> Callable[[], list[Values]]:
    return lambda: [{"slug": row.slug} for row in model.objects.order_by("pk")]


#: What to put into the places of an address, by its name.
PLACES: dict[str, Callable[[], list[Values]]] = {
    "newsroom:release": lambda: [{"slug": slug} for slug in slugs()],
    "newsroom:edition": lambda: [
        {"slug": slug, "number": number} for slug, number in product(slugs(), (1, 2))
    ],
    "newsroom:topic": one_slug(Topic),
    "newsroom:topic_feed": one_slug(Topic),
    "newsroom:contact": one_slug(Contact),
    "newsroom:sitemap_year": lambda: [{"year": year} for year in years()],
    "newsroom:differences": lambda: [{"slug": slug, "older": 1, "newer": 2} for slug in slugs()],
    # For staff: a stranger is sent to sign in, whatever the moment and the path.
    "another_moment": lambda: [
        {"moment": "2050-01-01T00:00:00+00:00", "path": path}
        for path in ("", "releases/", "feed.atom")
    ],
    # From the desk to a page, for staff.
    "view_on_site": lambda: [{"content_type_id": 1, "object_id": 1}],
    # What staff are typing: a stranger is sent to sign in.
    "preview_release": lambda: [{"pk": release.pk} for release in Release.objects.all()],
    # Strangers have no secret; what one opens is told in the tests of share links.
    "embargo:open": lambda: [{"secret": "A" * 43}],
    "embargo:picture": lambda: [{"secret": "A" * 43, "key": p.key} for p in Picture.objects.all()],
    "media:picture": lambda: [{"key": p.key, "name": p.name} for p in Picture.objects.all()],
}
PAGED = {"newsroom:releases", "newsroom:topic", "newsroom:contact"}


def newsroom() -> list[Leaf]:
    """Every address of the map but the desk's."""
    found = leaves(get_resolver().url_patterns)
    return [leaf for leaf in found if not leaf.name.startswith("admin:")]


def questions(leaf: Leaf) -> list[str]:
    """The queries to ask an address with: all of a list from either end, and around the newest."""
    if leaf.name not in PAGED:
        return [""]
    newest = Edition.objects.order_by("pk").last()
    place = f"{newest.dated}.{newest.pk}" if newest else "2001-01-01.1"
    ends = ["?before=9999-12-31.9999999", "?after=0001-01-01.0"]
    return ["", *ends, f"?before={place}", f"?after={place}"]


def filled(leaf: Leaf) -> list[Values]:
    """What the walk puts into a leaf's places. Raises LookupError where nobody knows."""
    if not leaf.wanted:
        return [{}]
    if leaf.name not in PLACES:
        raise LookupError(f"{leaf.name} wants {sorted(leaf.wanted)}: tell PLACES what goes there")
    return PLACES[leaf.name]()


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def addresses() -> list[str]:
    """Every address, in every language, with every question."""
    found = []
    for language in languages():
        with translation.override(language):
            found += [
                leaf.path(values) + question
                for leaf in newsroom()
                for values in filled(leaf)
                for question in questions(leaf)
            ]
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Answer:
    """All that a reader receives: the status, the headers, the body; and what it cost."""

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int = 0

    def says(self, word: str) -> bool:
        headers = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return word in headers or word.encode() in self.body


def ask(client: Client, address: str) -> Answer:
    """Ask for one address, as a browser would."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        body = content(response)
    headers = tuple(sorted(response.headers.items()))
    return Answer(address, response.status_code, headers, body, len(queries))


def content(response: HttpResponse) -> bytes:
    """The body, also of a file that is sent piece by piece (read to its end, it is closed)."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def walk(client: Client) -> list[Answer]:
    """The answers of every address."""
    return [ask(client, address) for address in addresses()]


def leaks(answers: Iterable[Answer], words: Iterable[str]) -> list[tuple[str, str]]:
    """Each word that stands in an answer, with the address that gave it away."""
    found = [(word, answer.address) for answer in answers for word in words if answer.says(word)]
    return sorted(found)


def unseen(answers: Iterable[Answer], words: Iterable[str]) -> set[str]:
    """The words that stand in no answer."""
    answers = list(answers)
    return {word for word in words if not any(answer.says(word) for answer in answers)}
