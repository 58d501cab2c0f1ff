"""What of a text is shown with a result, and where the words that were looked for stand in it."""

from collections.abc import Iterable, Iterator
from itertools import islice

from releases.search.index import BODY, PLACES
from releases.search.words import WORD, composed, stem, words

#: Characters of an excerpt, and of what it has before the first word that was looked for.
LENGTH, BEFORE = 220, 70

Span = tuple[int, int]


def spans(language: str, text: str, stems: frozenset[str]) -> Iterator[Span]:
    """Return beginning and end of each word in a composed text that has one of these stems."""
    for word in words(text):
        if stem(language, word.folded) in stems:
            yield word.start, word.end


def excerpt(
    language: str, summary: str, body: str, stems: frozenset[str], places: Iterable[int]
) -> tuple[str, list[Span]]:
    """Return the piece of a text that shows the words best, and where they stand in it.

    It is the summary, where that has any of them, or else what stands around the first of them in
    the body; `places` are those of the index.
    """
    summary = composed(summary)
    found = list(spans(language, summary, stems))
    if found:
        return summary, found
    first = min((place for place in places if place >= PLACES[BODY]), default=None)
    if first is None:
        return summary, []
    piece = around(body, first - PLACES[BODY])
    return piece, list(spans(language, piece, stems))


def around(text: str, number: int) -> str:
    """Return what stands around the word with this number in a text, cut between words."""
    word = next(islice(WORD.finditer(text), number, None), None)
    at = word.start() if word else 0
    start = 0 if at <= BEFORE else text.find(" ", at - BEFORE, at) + 1 or at
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start, start + LENGTH)
    end = end if end > at else min(start + LENGTH, len(text))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"{before}{text[start:end]}{after}"
