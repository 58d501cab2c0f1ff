"""A stranger's walk through every address that the newsroom has, taken from the map of addresses.

An address with places that nothing here knows to fill in stops the walk: say in PLACES what goes
there. Whatever the database holds, public or not, is asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from io import BytesIO
from itertools import product
from urllib.parse import urlencode
from zipfile import ZipFile

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation
from pypdf import PdfReader

from accounts import urls
from contacts.models import Contact
from donations.models import Appeal
from files.models import Document, Picture
from files.renditions import file_name, widths
from releases.formats import FORMATS
from releases.html import plain_text
from releases.models import Edition, Event, Release, Series, Topic
from releases.newsroom.cards import card_of, home_card
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


def months() -> list[Values]:
    """Every month that a working copy or an edition names."""
    rows = [row for model in (Release, Edition) for row in model.objects.all()]
    found = {(row.dated.year, row.dated.month) for row in rows if row.dated}
    return [{"year": year, "month": f"{month:02}"} for year, month in sorted(found)]


def one_slug(model: type[Topic] | type[Contact] | type[Series]) -> Callable[[], list[Values]]:
    """Where each row stands, and where it once stood."""

    def found() -> list[Values]:
        rows = model.objects.order_by("pk")
        former = [one.slug for row in rows for one in row.former_addresses.order_by("pk")]
        return [{"slug": slug} for slug in (*(row.slug for row in rows), *former)]

    return found


def copies() -> list[Values]:
    """A smaller copy of each picture."""
    return [
        {"key": one.key, "width": widths(one)[0], "name": file_name(one, "webp")}
        for one in Picture.objects.all()
    ]


def documents() -> list[Values]:
    """Each document."""
    return [{"key": one.key, "name": one.name} for one in Document.objects.all()]


def cards() -> list[Values]:
    """The card of each edition, public or not, at its own address; and one that none has."""
    shown = [{"slug": one.slug, "digest": card_of(one).digest} for one in Edition.objects.all()]
    return [*shown, *({"slug": slug, "digest": "0" * 16} for slug in slugs())]


#: What to put into the places of an address, by its name.
PLACES: dict[str, Callable[[], list[Values]]] = {
    "newsroom:release": lambda: [{"slug": slug} for slug in slugs()],
    "newsroom:card": cards,
    "newsroom:home_card": lambda: [{"digest": one} for one in (home_card().digest, "0" * 16)],
    "newsroom:api_release": lambda: [{"slug": slug} for slug in slugs()],
    "newsroom:editions": lambda: [{"slug": slug} for slug in slugs()],
    "newsroom:edition": lambda: [
        {"slug": slug, "number": number} for slug, number in product(slugs(), (1, 2))
    ],
    "newsroom:cite": lambda: [{"slug": slug} for slug in slugs()],
    "newsroom:download": lambda: [
        {"slug": slug, "suffix": suffix} for slug, suffix in product(slugs(), FORMATS)
    ],
    "newsroom:edition_download": lambda: [
        {"slug": slug, "number": number, "suffix": suffix}
        for slug, number, suffix in product(slugs(), (1, 2), FORMATS)
    ],
    "newsroom:topic": one_slug(Topic),
    "newsroom:topic_feed": one_slug(Topic),
    # Of one kind that has releases, and one that has none.
    "newsroom:kind_feed": lambda: [{"kind": kind} for kind in ("press_release", "open_letter")],
    "newsroom:contact": one_slug(Contact),
    "newsroom:vcard": one_slug(Contact),
    "newsroom:sitemap_year": lambda: [{"year": year} for year in years()],
    "newsroom:archive_year": lambda: [{"year": year} for year in years()],
    "newsroom:archive_month": months,
    "newsroom:series": one_slug(Series),
    "newsroom:event_calendar": lambda: [{"uid": one.uuid} for one in Event.objects.all()],
    "newsroom:differences": lambda: [{"slug": slug, "older": 1, "newer": 2} for slug in slugs()],
    # Of any appeal, running or not.
    "donations:seen": lambda: [{"name": one.name} for one in Appeal.objects.order_by("pk")],
    "donations:way_out": lambda: [{"name": one.name} for one in Appeal.objects.order_by("pk")],
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
    "embargo:download": lambda: [{"secret": "A" * 43, "suffix": one} for one in FORMATS],
    "embargo:picture": lambda: [{"secret": "A" * 43, "key": p.key} for p in Picture.objects.all()],
    "embargo:rendition": lambda: [{"secret": "A" * 43, **one} for one in copies()],
    "media:rendition": copies,
    "media:document": documents,
    "embargo:document": lambda: [{"secret": "A" * 43, **one} for one in documents()],
    "media:picture": lambda: [{"key": p.key, "name": p.name} for p in Picture.objects.all()],
}
PAGED = {"newsroom:releases", "newsroom:topic", "newsroom:contact", "newsroom:archive_month"}


def newsroom() -> list[Leaf]:
    """Every address of the map but the desk's, and those of accounts, which belong to it."""
    found = leaves(get_resolver().url_patterns)
    accounts = {one.name for one in urls.urlpatterns}
    return [leaf for leaf in found if leaf.name.split(":")[0] not in {"admin", *accounts}]


def questions(leaf: Leaf) -> list[str]:
    """The queries to ask an address with: all of a list from either end, and around the newest."""
    if leaf.name == "newsroom:editions":
        return ["", "?before=1&after=2", "?before=1&after=1", "?before=2&after=3"]
    if leaf.name in ("newsroom:feed", "newsroom:topic_feed", "newsroom:kind_feed"):
        # Every format writes down the same entries: one is asked for those of all languages.
        return ["", "?all=1"] if str(leaf.patterns[-1]).endswith("atom") else [""]
    if leaf.name == "newsroom:api_releases":
        return ["", *narrowings()[:3], "?kind=press_release"]
    if leaf.name == "signposts:oembed":
        pages = [f"http://localhost{one.get_absolute_url()}" for one in Edition.objects.all()]
        return ["", *(f"?{urlencode({'url': page})}" for page in dict.fromkeys(pages))]
    if leaf.name == "donations:way_out":
        return ["", *(f"?{urlencode({'from': slug})}" for slug in slugs())]
    if leaf.name == "newsroom:contacts":
        topics = [f"?topic={topic.slug}" for topic in Topic.objects.order_by("pk")]
        return ["", "?speaks=en", "?speaks=es", *topics, *(f"{one}&speaks=en" for one in topics)]
    if leaf.name == "newsroom:search":
        return ["", *(f"?q={mistyped(word)}" for word in searched())]
    if leaf.name == "newsroom:suggestions":
        return ["", *(f"?q={word[:-1]}" for word in searched())]
    if leaf.name not in PAGED:
        return [""]
    newest = Edition.objects.order_by("pk").last()
    place = f"{newest.dated}.{newest.slug}" if newest else "2001-01-01.none"
    ends = ["?before=9999-12-31.", "?after=0001-01-01."]
    narrowed = narrowings() if leaf.name == "newsroom:releases" else []
    return ["", *ends, f"?before={place}", f"?after={place}", *narrowed]


def narrowings() -> list[str]:
    """The questions that narrow the list of releases: by each topic, year and kind there is."""
    topics = [values["slug"] for values in one_slug(Topic)()]
    found = [f"?topic={slug}" for slug in topics] + [f"?year={year}" for year in years()]
    both = [f"?kind=press_release&topic={slug}&year={year}" for slug in topics for year in years()]
    return [*found, *both, "?kind=press_release", "?kind=open_letter"]


def searched() -> list[str]:
    """A word of each field of the newest text and of the newest edition.

    They are asked for mistyped, or in part: a page says again what it was asked, and is not to
    say a word that is kept.
    """
    found = []
    for one in (Release.objects.order_by("pk").last(), Edition.objects.order_by("pk").last()):
        if one is not None:
            people = [link.contact.name for link in one.contact_links.all()]
            topics = [topic.name_en for topic in one.topics.all()]
            texts = [one.headline, one.subhead, one.dateline, plain_text(one.body)]
            found += [*texts, *topics, *people]
    return list(dict.fromkeys(text.split()[-1] for text in found if text))


def mistyped(word: str) -> str:
    """The word without its last letter but one, so that it is no longer in the text asked for."""
    return word[:-2] + word[-1:]


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


def desk() -> list[Leaf]:
    """Every address of the map that is the desk's."""
    found = leaves(get_resolver().url_patterns)
    return [leaf for leaf in found if leaf.name.startswith("admin:")]


@dataclass(frozen=True)
class Answer:
    """All that a reader receives: the status, every header, the body; and what it cost.

    `way` says how it was asked for, where not plainly.
    """

    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    queries: int = 0
    way: str = ""

    @cached_property
    def text(self) -> str:
        """All that is said: mail addresses written as references, and lines folded in a vCard."""
        headers = "\n".join(f"{name}: {value}" for name, value in self.headers)
        body = unpacked(self.body)
        return "\n".join((headers, body, unescape(body.replace("\r\n ", ""))))

    def says(self, word: str) -> bool:
        return word in self.text

    def header(self, name: str) -> str:
        """The value of this header, or ''."""
        return next((value for one, value in self.headers if one.lower() == name.lower()), "")


#: Parts of a Word file that say how it looks, the same in each.
LOOKS = ("word/styles", "word/theme", "word/numbering", "word/fontTable")


@lru_cache(maxsize=256)
def unpacked(body: bytes) -> str:
    """What a file says: of an archive or a Word file all that is in it, of a PDF its text."""
    if body.startswith(b"PK\x03\x04"):
        with ZipFile(BytesIO(body)) as archive:
            names = [one for one in archive.namelist() if not one.startswith(LOOKS)]
            parts = [(one, unpacked(archive.read(one))) for one in names]
        return "\n".join(f"{name}\n{text}" for name, text in parts)
    if body.startswith(b"%PDF"):
        read = PdfReader(BytesIO(body))
        said = [str(read.metadata), *(one.extract_text() for one in read.pages)]
        return "\n".join(said)
    return body.decode(errors="replace")


def leaks(answers: Iterable[Answer], words: Iterable[str]) -> list[tuple[str, str]]:
    """Each word that stands in an answer, with the address that gave it away."""
    words = list(words)
    found = {(word, one.address) for one in answers for word in words if one.says(word)}
    return sorted(found)


def unseen(answers: Iterable[Answer], words: Iterable[str]) -> set[str]:
    """The words that stand in no answer."""
    answers = list(answers)
    return {word for word in words if not any(answer.says(word) for answer in answers)}
