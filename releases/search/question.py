"""What somebody typed into the search field, as words, phrases and what is not wanted."""

import re
from dataclasses import dataclass

from releases.search.words import composed, words

#: Characters and words that are looked at.
LONGEST = 200
MOST_WORDS = 8
QUOTES = re.compile("[“”„«»＂]")
PART = re.compile(r'(?P<minus>(?<!\S)[-−])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """Folded words that all are wanted, those that belong together, and those not wanted.

    `wanted` has the words of `phrases` too.
    """

    wanted: Phrase = ()
    phrases: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    def instead(self, corrections: dict[str, str]) -> "Question":
        """Return the same question with other words in the place of some."""

        def mended(phrase: Phrase) -> Phrase:
            return tuple(corrections.get(word, word) for word in phrase)

        return Question(mended(self.wanted), tuple(map(mended, self.phrases)), self.unwanted)


def tidy(typed: str) -> str:
    """Return what was typed, cut to what is looked at, without control characters."""
    plain = "".join(letter if letter.isprintable() else " " for letter in typed[: LONGEST * 2])
    return " ".join(composed(plain)[:LONGEST].split())


def read(typed: str) -> Question:
    """Read what was typed. Whatever it is, it is a question, if an empty one.

    `"words in quotes"` belong together, `-word` is not wanted; everything else is words. A word
    that punctuation divides (“debt-to-GDP”) is a phrase of its parts.
    """
    wanted: list[str] = []
    phrases: list[Phrase] = []
    unwanted: list[Phrase] = []
    for part in PART.finditer(QUOTES.sub('"', tidy(typed))):
        found = tuple(word.folded for word in words(part["phrase"] or part["word"] or ""))
        if part["minus"]:
            unwanted += [found] if found else []
            continue
        found = found[: MOST_WORDS - len(wanted)]
        wanted += found
        if len(found) > 1:
            phrases.append(found)
    return Question(tuple(dict.fromkeys(wanted)), tuple(phrases), tuple(unwanted[:MOST_WORDS]))
