"""The index: what it holds of each edition. Written in the transaction that makes the edition.

The places of a word count the words of its edition. Each part of a text begins at a number of its
own, far from where the one before may end, so that no phrase runs from one part into another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import transaction
from django.db.models import Prefetch
from django.utils import translation

from contacts.models import Contact
from releases.html import plain_text
from releases.models import Edition, IndexedText, Posting, Spelling, Stem, Topic
from releases.search.words import composed, shortened, stem, words

T = TypeVar("T")

#: What a word weighs by the part of the text it stands in, and where the part's places begin.
HEADLINE, TOPIC, CONTACT, SUBHEAD, OPENING, FIGURE, BODY = 32, 24, 16, 12, 6, 3, 1
PLACES = {HEADLINE: 0, SUBHEAD: 1_000, OPENING: 2_000, TOPIC: 4_000, CONTACT: 6_000}
PLACES |= {FIGURE: 8_000, BODY: 20_000}
#: What the index holds of topics and contacts.
NAMES = ("name", "name_en", "name_es", "name_pt_br", "active")
#: Between two texts of one part.
GAP = 20
#: A word weighs so many times in the body at most, and so many of its places are kept.
OFTEN, PLACES_KEPT = 8, 24
EDITIONS_AT_A_TIME = 100
ROWS_AT_A_TIME = 2_000
#: Values in one question to the database.
VALUES_AT_A_TIME = 500


@dataclass
class Entry:
    """What the index holds of one stem in one edition."""

    parts: dict[int, int] = field(default_factory=dict)
    places: list[int] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)

    @property
    def weight(self) -> int:
        """The parts' weights; only the body counts how often the word comes."""
        often = min(self.parts.get(BODY, 0), OFTEN)
        return sum(part for part in self.parts if part != BODY) + often * BODY

    def row(self, day: int) -> tuple[int, int, str]:
        """Return weight, day and places, as a posting has them."""
        return self.weight, day, " ".join(map(str, self.places[:PLACES_KEPT]))


Entries = dict[str, Entry]
#: The texts of each part of an edition.
Texts = dict[int, list[str]]


def index(editions: Iterable[Edition]) -> int:
    """Bring the index to what it should hold of these editions; return how many it had wrong.

    Writes only what differs; the caller has a transaction open.
    """
    texts = {one: texts_of(one) for one in editions}
    entries = {one: entries_of(one.language, of) for one, of in texts.items()}
    keys = _stems(entries)
    indexed = {one.edition_id: one for one in IndexedText.objects.filter(edition__in=texts)}
    mended = 0
    for one, of in texts.items():
        wanted = {
            keys[one.language, name]: entry.row(one.day.toordinal())
            for name, entry in entries[one].items()
        }
        stored = indexed.get(one.pk) or IndexedText(edition=one)
        # Both are brought up to date, whichever was wrong.
        mended += any([_postings(one, wanted), _texts(stored, of)])
    return mended


def index_all() -> int:
    """Look at every edition; return of how many the index was wrong."""
    keys = list(Edition.objects.order_by("pk").values_list("pk", flat=True))
    return sum(_index_keys(part) for part in _parts(keys, EDITIONS_AT_A_TIME))


def renamed(former: Topic | Contact, row: Topic | Contact) -> int:
    """Look at the editions that carry a topic or name a contact, if it is called otherwise now."""
    if all(getattr(former, name, None) == getattr(row, name, None) for name in NAMES):
        return 0
    keys = list(row.edition_links.order_by("edition").values_list("edition", flat=True))
    return sum(_index_keys(part) for part in _parts(keys, EDITIONS_AT_A_TIME))


@transaction.atomic
def _index_keys(keys: list[int]) -> int:
    """Index the editions with these keys, all that hangs on them fetched along.

    In a transaction of its own, so that nobody waits long who publishes meanwhile.
    """
    named = Prefetch("contacts", Contact.objects.order_by("edition_links__position"))
    return index(Edition.objects.filter(pk__in=keys).prefetch_related("topics", named, "figures"))


def texts_of(edition: Edition) -> Texts:
    """Return what a release page shows of an edition, by its parts; the body as one line."""
    with translation.override(edition.language):
        topics = sorted(topic.name for topic in edition.topics.all())
    figures = edition.figures.all()
    return {
        HEADLINE: [edition.headline],
        SUBHEAD: [edition.subhead],
        OPENING: [edition.summary, edition.dateline],
        TOPIC: topics,
        CONTACT: [one.name for one in edition.contacts.all() if one.active],
        FIGURE: [text for one in figures for text in (one.caption, one.alt, one.credit)],
        BODY: [composed(" ".join(plain_text(edition.body).split()))],
    }


def entries_of(language: str, texts: Texts) -> Entries:
    """Return what the index should hold of an edition with these texts, by stem."""
    found: Entries = {}
    for part, of_part in texts.items():
        begins = PLACES[part]
        for text in of_part:
            place = begins
            for place, word in enumerate(words(composed(text)), begins):
                if name := stem(language, word.folded):
                    entry = found.setdefault(name, Entry())
                    entry.parts[part] = entry.parts.get(part, 0) + 1
                    entry.places.append(place)
                    entry.forms.add(word.folded)
            begins = place + GAP
    return found


def _texts(stored: IndexedText, texts: Texts) -> bool:
    """Bring the text kept for excerpts and quotations up to date; return whether it differed."""
    names = "\n".join(composed(name) for part in (TOPIC, CONTACT, FIGURE) for name in texts[part])
    if (stored.text, stored.names) == (texts[BODY][0], names):
        return False
    stored.text, stored.names = texts[BODY][0], names
    stored.save()
    return True


def _stems(entries: dict[Edition, Entries]) -> dict[tuple[str, str], int]:
    """Return the keys of all stems of these editions by language and text; make what is missing."""
    forms: dict[tuple[str, str], set[str]] = {}
    for one, of_edition in entries.items():
        for name, entry in of_edition.items():
            forms.setdefault((one.language, name), set()).update(entry.forms)
    keys = _known(forms)
    # In one order always, so that two who publish at once never wait for each other.
    missing = sorted(forms.keys() - keys.keys())
    if missing:
        stems = [Stem(language=language, text=text) for language, text in missing]
        Stem.objects.bulk_create(stems, ROWS_AT_A_TIME, ignore_conflicts=True)
        keys |= _known(missing)
    _spellings({keys[name]: spelt for name, spelt in forms.items()})
    return keys


def _known(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the keys of those of these stems that are there."""
    found: dict[tuple[str, str], int] = {}
    for language in sorted({language for language, _text in names}):
        texts = sorted(text for its, text in names if its == language)
        for part in _parts(texts, VALUES_AT_A_TIME):
            rows = Stem.objects.filter(language=language, text__in=part)
            found |= {(language, text): key for text, key in rows.values_list("text", "pk")}
    return found


def _spellings(forms: dict[int, set[str]]) -> None:
    """Make what is missing of these stems' forms, and of what is typed with a letter left out."""
    wanted = {(word, key) for key, spelt in forms.items() for word in spelt}
    for part in _parts(sorted({word for word, _key in wanted}), VALUES_AT_A_TIME):
        rows = Spelling.objects.filter(key__in=part, whole=True)
        wanted.difference_update(rows.values_list("key", "stem"))
    missing = {(word, key, True) for word, key in wanted}
    missing |= {(short, key, False) for word, key in wanted for short in shortened(word)}
    Spelling.objects.bulk_create(
        [Spelling(key=text, stem_id=key, whole=whole) for text, key, whole in sorted(missing)],
        ROWS_AT_A_TIME,
        ignore_conflicts=True,
    )


def _postings(edition: Edition, wanted: dict[int, tuple[int, int, str]]) -> bool:
    """Bring an edition's postings to the wanted ones, by stem; return whether any differed."""
    stored = {
        key: (weight, day, places)
        for key, weight, day, places in edition.postings.values_list(
            "stem", "weight", "day", "places"
        )
    }
    if stored == wanted:
        return False
    gone = [key for key, row in stored.items() if wanted.get(key) != row]
    for part in _parts(gone, VALUES_AT_A_TIME):
        Posting.objects.filter(edition=edition, stem__in=part).delete()
    Posting.objects.bulk_create(
        [
            Posting(stem_id=key, edition=edition, weight=row[0], day=row[1], places=row[2])
            for key, row in sorted(wanted.items())
            if stored.get(key) != row
        ],
        ROWS_AT_A_TIME,
    )
    return True


def _parts(rows: list[T], length: int) -> Iterator[list[T]]:
    """Return a list in parts of at most `length`."""
    return (rows[n : n + length] for n in range(0, len(rows), length))
