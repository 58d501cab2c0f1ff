"""The press kit (.zip): a release as text, PDF and Word, and its pictures with their words.

A picture whose "use until" has gone by is not among the facts, and so not in the kit.
"""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.formats import pdf, text, word
from releases.formats.archives import packed
from releases.formats.pictures import original
from releases.formats.shape import Facts, Figure, Format
from releases.html import one_line

PARTS = (text.FORMAT, pdf.FORMAT, word.FORMAT)


def write(facts: Facts) -> bytes:
    """Return the archive; all stands in one folder, named as the release is."""
    return packed((f"{facts.file_name}/{name}", data) for name, data in _files(facts))


def _files(facts: Facts) -> Iterator[tuple[str, bytes]]:
    for one in PARTS:
        yield f"{facts.file_name}.{one.suffix}", one.make(facts)
    if not facts.figures:
        return
    names = _names(facts.figures)
    for name, figure in zip(names, facts.figures, strict=True):
        yield f"pictures/{name}", original(figure)
    said = [_words(name, one) for name, one in zip(names, facts.figures, strict=True)]
    yield (
        "pictures/captions.txt",
        "\n\n".join([facts.release_line, *said, ""]).encode(errors="replace"),
    )


def _names(figures: tuple[Figure, ...]) -> list[str]:
    """Return a name for each picture; two of one name get their place before it."""
    times = Counter(one.name for one in figures)
    return [
        one.name if times[one.name] == 1 else f"{place}-{one.name}"
        for place, one in enumerate(figures, 1)
    ]


def _words(name: str, figure: Figure) -> str:
    """Return a picture's words, a line each, below its name."""
    lines = (
        (_("Caption"), figure.caption),
        (_("Credit"), figure.credit),
        (_("Rights"), figure.rights),
        (_("What it shows"), figure.alt),
    )
    return "\n".join([name, *(f"{label}: {one_line(said)}" for label, said in lines if said)])


FORMAT = Format("zip", "application/zip", gettext_lazy("Press kit"), write, place=6, attached=True)
