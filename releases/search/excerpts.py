"""What of a text is shown with a result, and where the words that were looked for stand in it."""

from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from sys import maxsize

from releases.search.index import BODY, OPENING, PLACES
from releases.search.words import WORD, composed

#: Characters of an excerpt, and of what it has before the first word that was looked for.
LENGTH, BEFORE = 220, 70
#: Where the places of each part end: where the next part's begin.
ENDS = {part: end for (part, _begins), (_next, end) in pairwise(PLACES.items())} | {BODY: maxsize}

Span = tuple[int, int]


def spans(text: str, numbers: Iterable[int]) -> list[Span]:
    """Return beginning and end of the words of a text that have these numbers, in order.

    Words are counted from 0; a number that no word has is left out.
    """
    wanted = sorted(numbers)
    if not wanted:
        return []
    counted = list(islice(WORD.finditer(text), wanted[-1] + 1))
    return [counted[number].span() for number in wanted if number < len(counted)]


def excerpt(summary: str, body: str, places: Sequence[int]) -> tuple[str, list[Span]]:
    """Return the piece of a text that shows the words best, and where they stand in it.

    It is the summary, where that has any of them, or else what stands around the first of them in
    the body; `places` are where the index says that they stand.
    """
    summary = composed(summary)
    if found := spans(summary, of_part(OPENING, places)):
        return summary, found
    numbers = of_part(BODY, places)
    return around(body, numbers) if numbers else (summary, [])


def of_part(part: int, places: Iterable[int]) -> list[int]:
    """Return the numbers that the words at these places have in a part of the text."""
    begins = PLACES[part]
    return [place - begins for place in places if begins <= place < ENDS[part]]


def around(text: str, numbers: Sequence[int]) -> tuple[str, list[Span]]:
    """Return what stands around the first of these words in a text, cut between words, and where
    it has any of them. No word beyond it is looked at."""
    first = min(numbers)
    word = next(islice(WORD.finditer(text), first, None), None)
    at = word.start() if word else 0
    start = 0 if at <= BEFORE else text.find(" ", at - BEFORE, at) + 1 or at
    end = len(text) if len(text) <= start + LENGTH else text.rfind(" ", start, start + LENGTH)
    end = end if end > at else min(start + LENGTH, len(text))
    before, after = "… " if start else "", " …" if end < len(text) else ""
    inside = enumerate(WORD.finditer(text, at, end), first) if word else ()
    moved = len(before) - start
    found = [(one.start() + moved, one.end() + moved) for n, one in inside if n in numbers]
    return f"{before}{text[start:end]}{after}", found
