"""The press kit (.zip): a release as text, PDF and Word, its pictures and files with their words.

A picture whose "use until" has gone by is not among the facts, and so not in the kit. Pictures and
files have bounded room; of what does not fit, the kit tells the address.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.formats import pdf, text, word
from releases.formats.archives import packed
from releases.formats.pictures import original
from releases.formats.shape import Document, Facts, Figure, Format
from releases.html import one_line

PARTS = (text.FORMAT, pdf.FORMAT, word.FORMAT)
#: For pictures and files together.
MOST_BYTES = 40 * 1024 * 1024


class Packed(NamedTuple):
    """A picture or a file on its way into the kit: its own name there, and what is said of it."""

    folder: str
    one: Figure | Document
    said: tuple[tuple[str, str], ...]


def write(facts: Facts) -> bytes:
    """Return the archive; all stands in one folder, named as the release is."""
    return packed((f"{facts.file_name}/{name}", data) for name, data in _files(facts))


def _files(facts: Facts) -> Iterator[tuple[str, bytes]]:
    for one in PARTS:
        yield f"{facts.file_name}.{one.suffix}", one.make(facts)
    room = MOST_BYTES
    for told, items in (
        ("pictures/captions.txt", [_picture(one) for one in facts.figures]),
        ("files/files.txt", [_document(one) for one in facts.documents]),
    ):
        words = [facts.release_line]
        for name, item in zip(_names(items), items, strict=True):
            data = original(item.one)
            fits = len(data) <= room
            words.append(_words(name, item, fits))
            if fits:
                room -= len(data)
                yield f"{item.folder}/{name}", data
        if items:
            yield told, "\n\n".join([*words, ""]).encode(errors="replace")


def _names(items: Sequence[Packed]) -> list[str]:
    """Return a name for each item; two of one name get their place before it."""
    times = Counter(item.one.name for item in items)
    return [
        item.one.name if times[item.one.name] == 1 else f"{place}-{item.one.name}"
        for place, item in enumerate(items, 1)
    ]


def _picture(figure: Figure) -> Packed:
    said = (
        (_("Caption"), figure.caption),
        (_("Credit"), figure.credit),
        (_("Rights"), figure.rights),
        (_("What it shows"), figure.alt),
    )
    return Packed("pictures", figure, said)


def _document(document: Document) -> Packed:
    return Packed("files", document, ((_("Title"), document.line),))


def _words(name: str, item: Packed, fits: bool) -> str:
    """Return the words of an item, a line each, below its name."""
    left_out = "" if fits else item.one.address
    lines = (*item.said, (_("Too large for this kit, to be had at"), left_out))
    return "\n".join([name, *(f"{label}: {one_line(said)}" for label, said in lines if said)])


FORMAT = Format(
    "zip", "application/zip", gettext_lazy("Press kit"), write, place=6, version=2, attached=True
)
