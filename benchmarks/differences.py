"""What ``releases.differences.compare`` costs: seconds beside those of reading the two texts.

Run: python -m benchmarks.differences
"""

import os
import random
import time
from collections.abc import Callable, Iterable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cepr_press.settings")

from releases.differences import compare
from releases.html import tree

SIZE = 1_000_000
SEED = 7
Texts = tuple[list[list[str]], list[list[str]]]


def markup(paragraphs: Iterable[Iterable[str]]) -> str:
    """Paragraphs, each a list of words, as HTML."""
    return "".join(f"<p>{' '.join(words)}</p>" for words in paragraphs)


def prose(chance: random.Random, length: int, words: int, size: int = SIZE) -> list[list[str]]:
    """Paragraphs of `length` words, drawn like a language's: some often, most seldom."""
    draw = [f"w{int(chance.paretovariate(0.7)) % words}" for _ in range(size // 5)]
    return [draw[at : at + length] for at in range(0, len(draw), length)]


def edited(chance: random.Random, text: list[list[str]], one_in: int) -> list[list[str]]:
    """The same with one word in so many replaced."""
    return [["new" if not chance.randrange(one_in) else w for w in words] for words in text]


def cases() -> dict[str, Callable[[random.Random], Texts]]:
    """Pairs of texts of a megabyte, and one of a release's usual length, by name."""

    def pair(length: int, words: int, one_in: int, size: int = SIZE) -> Callable[..., Texts]:
        def made(chance: random.Random) -> Texts:
            text = prose(chance, length, words, size)
            return text, edited(chance, text, one_in)

        return made

    def strangers(chance: random.Random) -> Texts:
        return prose(chance, 60, 50_000), prose(chance, 60, 50_000)

    def shuffled(chance: random.Random) -> Texts:
        text = prose(chance, 60, 50_000)
        return text, chance.sample(text, len(text))

    def few(chance: random.Random) -> Texts:
        letters = [[chance.choice("ab")] for _ in range(SIZE // 9)]
        return letters, [[chance.choice("ab")] for _ in letters]

    return {
        "a release, one word in 50": pair(60, 50_000, 50, 6_000),
        "one word in 2,000": pair(60, 50_000, 2_000),
        "one word in 50": pair(60, 50_000, 50),
        "one word in 3": pair(60, 50_000, 3),
        "paragraphs of 2,000 words, one in 50": pair(2_000, 50_000, 50),
        "one paragraph, one word in 50": pair(SIZE, 50_000, 50),
        "one paragraph of few words, one in 3": pair(SIZE, 5, 3),
        "two strangers": strangers,
        "the same, shuffled": shuffled,
        "paragraphs of a letter": few,
    }


def seconds(act: Callable[[], object]) -> float:
    """How much of a processor's time it takes."""
    start = time.process_time()
    act()
    return time.process_time() - start


def main() -> None:
    """Print, for each case, the comparison without the reading, and the reading."""
    for name, make in cases().items():
        older, newer = map(markup, make(random.Random(SEED)))
        reading = seconds(lambda: (tree(older), tree(newer)))  # noqa: B023
        whole = seconds(lambda: compare({"body": older}, {"body": newer}))  # noqa: B023
        print(f"{whole - reading:6.2f} s and {reading:5.2f} s to read  {name}")


if __name__ == "__main__":
    main()
