"""What a word that no public text has may have been meant to be.

The vocabulary also has words of texts that are still to come. It only tells where to look: what is
offered is always a word quoted from an edition that is public at the moment.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import OuterRef, Subquery

from releases.models import Edition, Spelling, Stem
from releases.search.words import apart, composed, shortened, words

#: Stems that are looked up for one word.
MOST = 12
#: From this length on a word may have two faults.
LONG = 8


def meant(at: datetime, language: str, word: str) -> str:
    """Return the word of a public text that is nearest to this folded one, as written there.

    '' where none is near enough. Three questions, whether anything is near or not.
    """
    rows = Spelling.objects.filter(key__in={word, *shortened(word)}, stem__language=language)
    # Common words have low numbers.
    stems = rows.order_by("stem").values_list("stem", flat=True).distinct()[:MOST]
    allowed = 2 if len(word) >= LONG else 1
    near = [
        (faults, folded[:1] != word[:1], folded, written)
        for edition in _weightiest(at, stems)
        for folded, written in _quoted(edition)
        if abs(len(folded) - len(word)) <= allowed and (faults := apart(word, folded)) > 0
    ]
    return min(near)[3] if near and min(near)[0] <= allowed else ""


def _weightiest(at: datetime, stems: Iterable[int]) -> list[Edition]:
    """Return the public editions in which each of these stems weighs most.

    No stem and no edition has the key 0: without any, the same questions are asked.
    """
    public = Edition.objects.public(at).filter(postings__stem=OuterRef("pk"))
    order = ("-postings__weight", "-postings__day", "-postings__edition")
    best = Stem.objects.filter(pk__in=[0, *stems]).annotate(
        edition=Subquery(public.order_by(*order).values("pk")[:1])
    )
    keys = {key or 0 for key in best.values_list("edition", flat=True)}
    found = Edition.objects.filter(pk__in={0, *keys}).select_related("indexed")
    return list(found.only("headline", "subhead", "summary", "dateline", "indexed"))


def _quoted(edition: Edition) -> Iterator[tuple[str, str]]:
    """Return every word of an edition's texts and names, folded and as written."""
    own = (edition.headline, edition.subhead, edition.summary, edition.dateline)
    kept = edition.indexed
    for text in map(composed, (*own, kept.names, kept.text)):
        yield from ((word.folded, text[word.start : word.end]) for word in words(text))
