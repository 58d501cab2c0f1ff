"""Which importer reads a file: told from its content, never from its name."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.importers import ImportedText, ImportRefused, decode
from releases.importers.web_page import read_page
from releases.importers.word import read_word

Importer = Callable[[bytes, Mapping[str, bool]], ImportedText]


def read_plain(data: bytes, _accepted: Mapping[str, bool]) -> ImportedText:
    """What a text file says. Raises ImportRefused."""
    return ImportedText(text=decode(data))


BLANK: Final = rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*"
PAGE: Final = re.compile(
    BLANK
    + rb"(?:<\?xml[^>]{0,200}>\s*)?"
    + rb"<[\0]?(?:!doctype html|!--|html|head|body|meta|div|p|h[1-6]|article|table|span)[\s>\0\[-]",
    re.IGNORECASE,
)
#: SVG, behind what XML may have before it: a declaration, a document type, comments.
DRAWING: Final = re.compile(
    BLANK
    + rb"(?:(?:<\?xml[^>]{0,200}>|<!doctype\s+svg[^>]{0,500}>|<!--(?:(?!-->).){0,2000}-->)\s*)*"
    + rb"<(?:[\w-]+:)?svg[\s>]",
    re.IGNORECASE | re.DOTALL,
)
#: The first one whose pattern fits reads the file.
IMPORTERS: Final[tuple[tuple[re.Pattern[bytes], Importer], ...]] = (
    (re.compile(rb"PK\x03\x04"), read_word),
    (PAGE, read_page),
    (re.compile(rb""), read_plain),
)
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
OLD: Final = rb"\xd0\xcf\x11\xe0"
REFUSED: Final = (
    (re.compile(rb"%PDF"), gettext_lazy("a PDF document")),
    (re.compile(rb"\{\\rtf"), gettext_lazy("an RTF document")),
    (re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF|[MI]{2}[*\0]"), gettext_lazy("a picture")),
    (DRAWING, gettext_lazy("a picture")),
    (re.compile(rb"PK\x05\x06|\x1f\x8b|7z\xbc\xaf|Rar!"), gettext_lazy("a compressed archive")),
    (re.compile(rb"MZ|\x7fELF"), gettext_lazy("a program")),
)


def read_file(data: bytes, accepted: Mapping[str, bool] | None = None) -> ImportedText:
    """What a file says. `accepted` answers a Word file's tracked changes by key.

    Raises ImportRefused with a sentence for a press officer.
    """
    if not data.strip():
        raise ImportRefused(_("This file is empty. Perhaps it was cut short: choose it again."))
    _refuse_others(data)
    importer = next(read for pattern, read in IMPORTERS if pattern.match(data))
    return importer(data, accepted or {})


def _refuse_others(data: bytes) -> None:
    if re.match(OLD, data):
        if ENCRYPTED in data:
            raise ImportRefused(
                _("This file is protected with a password. Save it without one and choose that.")
            )
        raise ImportRefused(
            _(
                "This is an old Word file (.doc), as Word made them before 2007. Open it, save it "
                "as .docx and choose that."
            )
        )
    for pattern, kind in REFUSED:
        if pattern.match(data):
            raise ImportRefused(
                _(
                    "Whatever its name says, this file looks like %(kind)s. A release can be read "
                    "from a Word file (.docx), a web page (.html) or plain text (.txt)."
                )
                % {"kind": kind}
            )
