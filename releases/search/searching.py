"""search(): what readers may see at a moment that answers a question, the best first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from releases.search.matching import (
    MOST,
    MOST_LOOKED_THROUGH,
    Match,
    Narrow,
    keys_of,
    matches,
    spaced,
    weighed,
    with_any,
    with_phrases,
    without,
)
from releases.search.question import Question
from releases.search.spelling import meant
from releases.search.words import composed, fold, words


@dataclass
class Found:
    """What was found, in order, and what had to be given up for it.

    `meant`: what was looked for in the place of words that nothing has. `nowhere`: words that
    nothing has, nor anything near them. `partly`: nothing has all the words; these have some.
    """

    matches: list[Match] = field(default_factory=list)
    meant: dict[str, str] = field(default_factory=dict)
    nowhere: list[str] = field(default_factory=list)
    partly: bool = False

    @property
    def more(self) -> bool:
        """Whether there may be more than what was put in order."""
        return len(self.matches) >= MOST


def search(
    at: datetime, languages: Iterable[str], question: Question, narrow: Narrow | None = None
) -> Found:
    """Return what answers `question` among the editions public at `at` in these languages.

    `narrow` is what filters do to the editions. What has all the words goes before what was
    understood with a mistyped word put right, and that before what has only some of them.
    """
    each = [(one, exactly(at, one, question, narrow)) for one in languages]
    if not any(found for _language, found in each):
        return _forgiving(at, [one for one, _found in each], question, narrow)
    return Found(_together(found for _language, found in each))


def exactly(
    at: datetime, language: str, question: Question, narrow: Narrow | None = None
) -> list[Match]:
    """Return the editions that have all the words and phrases, and none that is not wanted."""
    asked = {*question.wanted, *(word for phrase in question.unwanted for word in phrase)}
    keys = keys_of(language, sorted(asked))
    wanted = spaced(question.wanted, keys)
    if not wanted:
        return []
    looking_through = bool(question.phrases or question.unwanted)
    most = MOST_LOOKED_THROUGH if looking_through else MOST
    found = matches(at, [key for key, _far in wanted], narrow, most)
    found = with_phrases(found, [spaced(phrase, keys) for phrase in question.phrases])
    found = without(found, [spaced(phrase, keys) for phrase in question.unwanted])
    return weighed(found, wanted)[:MOST]


def _forgiving(
    at: datetime, languages: list[str], question: Question, narrow: Narrow | None
) -> Found:
    """Return what is found with mistyped words put right, or else with some of the words."""
    answer = Found()
    there: set[str] = set()
    for language in languages:
        keys = keys_of(language, question.wanted)
        missing = [word for word, key in keys.items() if not matches(at, [key])]
        there |= keys.keys() - set(missing)
        near = {word: written for word in missing if (written := meant(at, language, word))}
        answer.nowhere += [word for word in missing if word not in near]
        if near:
            mended = question.instead({word: fold(written) for word, written in near.items()})
            if found := exactly(at, language, mended, narrow):
                return Found(found, near)
            answer.meant |= near
    answer.nowhere = sorted({*answer.nowhere} - there - answer.meant.keys())
    return _some(at, languages, question, narrow, answer)


def _some(
    at: datetime, languages: list[str], question: Question, narrow: Narrow | None, answer: Found
) -> Found:
    """Add to the answer what has at least some of the words, and none that is not wanted."""
    wanted = question.instead({word: fold(one) for word, one in answer.meant.items()}).wanted
    unwanted = {word for phrase in question.unwanted for word in phrase}
    each = []
    for language in languages:
        keys = keys_of(language, sorted({*wanted, *unwanted}))
        found = with_any(at, [keys[word] for word in wanted if word in keys], narrow)
        each.append(without(found, [spaced(phrase, keys) for phrase in question.unwanted]))
    answer.matches, answer.partly = _together(each), len(wanted) > 1
    return answer


def _together(each: Iterable[list[Match]]) -> list[Match]:
    """Return the matches of several languages as one list."""
    lists = [found for found in each if found]
    if len(lists) <= 1:
        return lists[0] if lists else []
    return sorted((one for found in lists for one in found), key=lambda one: one.rank)[:MOST]


def rewritten(typed: str, corrections: dict[str, str]) -> str:
    """Return what was typed with its mistyped words put right."""
    text, done = composed(typed), 0
    parts = []
    for word in words(text):
        if word.folded in corrections:
            parts += [text[done : word.start], corrections[word.folded]]
            done = word.end
    return "".join([*parts, text[done:]])
