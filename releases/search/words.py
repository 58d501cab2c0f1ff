"""Words as the index has them: folded, so that accents and case don't matter, and stemmed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, normalize

from snowballstemmer import stemmer

#: What is longer is no word that anybody types; its beginning stands for it.
LONGEST = 40
# Accents and vowel signs that stand by themselves behind their letter: Latin, Hebrew, Arabic.
MARKS = "\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670"
WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|[^\W_]+(?:[{MARKS}]+[^\W_]*)*")
STEMMERS = {"en": "english", "es": "spanish", "pt-br": "portuguese"}
#: Endings that the stemmers know only with the accent that folding took, or do not bring together.
ENDINGS = {
    "es": (("ion", "ión"),),
    "pt-br": (("oes", "ão"), ("ao", "ão")),
}
#: Words that stand in nearly every text, folded: neither indexed nor looked for.
COMMON = {
    "en": "a an and are as at be been but by for from had has have in is it its of on or s that "
    "the their these this to was were will with",
    "es": "a al con de del e el en es la las lo los o para por que se su sus un una y",
    "pt-br": "a ao aos as com da das de do dos e em na nas no nos o os ou para pela pelo por que "
    "se seu sua um uma",
}
LEFT_OUT = {language: frozenset(words.split()) for language, words in COMMON.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it begins and ends there, and how it is written folded."""

    start: int
    end: int
    folded: str


def composed(text: str) -> str:
    """Return the text with each letter and its accent as one character (NFC), where there is."""
    return normalize("NFC", text)


def words(text: str) -> Iterator[Word]:
    """Return the words of a composed text, one after the other; “U.S.” is one of them."""
    for found in WORD.finditer(text):
        yield Word(found.start(), found.end(), fold(found.group()))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return a word without case, accents and the points of an abbreviation (NFKD)."""
    # Some letters have a case only once they are taken apart, and some only until then.
    plain = normalize("NFKD", word.replace(".", "")).casefold()
    return "".join(letter for letter in normalize("NFKD", plain) if category(letter) != "Mn")[
        :LONGEST
    ]


@lru_cache(maxsize=50_000)
def stem(language: str, folded: str) -> str:
    """Return the stem that the forms of a folded word share in this language, folded itself.

    '' for a word that stands in nearly every text. The stemmers are Snowball's.
    """
    if folded in LEFT_OUT.get(language, ()):
        return ""
    name = STEMMERS.get(language)
    if name is None:
        return folded
    whole = folded
    for plain, accented in ENDINGS.get(language, ()):
        if folded.endswith(plain):
            whole = folded.removesuffix(plain) + accented
            break
    # A stemmer keeps the word that it works on: one of its own for each call, or threads mix them.
    return fold(stemmer(name).stemWord(whole)) or folded


def shortened(folded: str) -> set[str]:
    """Return what a word of four letters or more becomes where one of them is left out."""
    if len(folded) < 4:
        return set()
    return {folded[:n] + folded[n + 1 :] for n in range(len(folded))}


def apart(one: str, other: str) -> int:
    """Return how many letters are missing, added, wrong or swapped between two words.

    The distance of Damerau and Levenshtein, in which no letter is touched twice.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and (letter, one[i - 2]) == (other[j - 2], its):
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
