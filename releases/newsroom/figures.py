"""Pictures as pages show them: in which sizes, where they stand in the text, what is offered."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from files.models import Document, Picture
from files.renditions import FORMATS, file_name, widths
from releases.figures import is_offered_on
from releases.html import cut, in_pieces, paragraph_ends
from releases.models import EditionAttachment, EditionFigure

SHOWN = 960  # pixels; what a browser loads that chooses nothing by itself


@dataclass(frozen=True)
class Addresses:
    """Where a picture's own file is found, each of its copies, and a document."""

    original: Callable[[Picture], str]
    copy: Callable[[Picture, int, str], str]
    document: Callable[[Document], str]


def _public_copy(picture: Picture, width: int, name: str) -> str:
    return reverse("media:rendition", args=[picture.key, width, name])


PUBLIC = Addresses(Picture.get_absolute_url, _public_copy, Document.get_absolute_url)


@dataclass(frozen=True)
class Source:
    """The copies of one format, as `<source>` names them (WHATWG HTML, 4.8.2)."""

    mime: str
    srcset: str


@dataclass(frozen=True)
class Copies:
    """The sizes and formats in which a page offers a picture, and the picture's own size."""

    width: int
    height: int
    src: str
    srcset: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class ShownFigure:
    """All that a page says of a picture. `original` is "" where it is not offered any more."""

    key: str
    alt: str
    caption: str
    credit: str
    rights: str
    use_until: date | None
    copies: Copies
    original: str
    kind: str
    size: int
    eager: bool = False


@dataclass(frozen=True)
class ShownAttachment:
    """All that a page says of a document."""

    title: str
    kind: str
    size: int
    address: str


def attached(row: EditionAttachment, addresses: Addresses = PUBLIC) -> ShownAttachment:
    """Return what a page shows of a document."""
    document = row.document
    return ShownAttachment(row.title, document.kind, document.size, addresses.document(document))


@dataclass(frozen=True)
class Piece:
    """A stretch of a page's text: a picture, words, or the place of an aside."""

    text: str = ""
    figure: ShownFigure | None = None
    aside: bool = False


def copies(picture: Picture, addresses: Addresses = PUBLIC) -> Copies:
    """Return the copies among which a browser chooses, and the one for what can't choose."""
    sets = {extension: _srcset(picture, extension, addresses) for extension in FORMATS}
    there = [width for width in widths(picture) if width <= SHOWN]
    return Copies(
        width=picture.width,
        height=picture.height,
        src=addresses.copy(picture, (there or widths(picture))[-1], file_name(picture, "jpg")),
        srcset=sets.pop("jpg"),
        sources=tuple(Source(FORMATS[name].mime, srcset) for name, srcset in sets.items()),
    )


def shown(figure: EditionFigure, day: date, addresses: Addresses = PUBLIC) -> ShownFigure:
    """Return what a page shows of a figure on a day of the press office."""
    picture = figure.picture
    return ShownFigure(
        key=picture.key,
        alt="" if figure.decorative else figure.alt,
        caption=figure.caption,
        credit=figure.credit,
        rights=figure.rights,
        use_until=figure.use_until,
        copies=copies(picture, addresses),
        original=addresses.original(picture) if is_offered_on(day, figure) else "",
        kind=picture.mime_type.partition("/")[2].upper().replace("WEBP", "WebP"),
        size=picture.size,
    )


def _srcset(picture: Picture, extension: str, addresses: Addresses) -> str:
    name = file_name(picture, extension)
    return ", ".join(f"{addresses.copy(picture, one, name)} {one}w" for one in widths(picture))


def laid_out(body: str, dateline: str, figures: Iterable[ShownFigure]) -> list[Piece]:
    """Return words and pictures in the order of the page.

    A picture stands where the text says. Of those with no place, the first of all opens the page,
    and the others follow the text. A place whose picture is gone is none.
    """
    waiting, words = list(figures), in_pieces(body, dateline, numbered=True)
    keys = {key for key, _text in words}
    found = [Piece(figure=waiting.pop(0))] if waiting and waiting[0].key not in keys else []
    for key, text in words:
        if placed := next((one for one in waiting if one.key == key), None):
            waiting.remove(placed)
            found.append(Piece(figure=placed))
        if text:
            _add(found, text)
    return _first_at_once([*found, *(Piece(figure=one) for one in waiting)])


def interrupted(pieces: list[Piece], after: int) -> list[Piece]:
    """Return the page's text with the place of an aside after so many paragraphs; 0: with none.

    Only between paragraphs of the text itself, and only where it goes on.
    """
    left = after
    for number, piece in enumerate(pieces if after else []):
        ends = paragraph_ends(piece.text)
        if left <= len(ends):
            before, rest = cut(piece.text, ends[left - 1])
            if not rest and number == len(pieces) - 1:
                break
            words = [Piece(text=before), Piece(aside=True), Piece(text=rest)]
            shown = [one for one in words if one.text or one.aside]
            return [*pieces[:number], *shown, *pieces[number + 1 :]]
        left -= len(ends)
    return pieces


def _add(found: list[Piece], text: str) -> None:
    """Add words to the page; to those before them where no picture stands between."""
    if found and found[-1].figure is None:
        found[-1] = Piece(text=found[-1].text + text)
    else:
        found.append(Piece(text=text))


def _first_at_once(pieces: list[Piece]) -> list[Piece]:
    """Let the first picture load at once; the others when a reader comes near."""
    first = next((number for number, one in enumerate(pieces) if one.figure), None)
    if first is not None and (figure := pieces[first].figure):
        pieces[first] = Piece(figure=replace(figure, eager=True))
    return pieces
