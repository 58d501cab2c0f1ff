"""The gate for files that are handed on as they are: PDF reports, CSV and Excel tables.

They can't be written anew as pictures are. So the gate lets few kinds in, tells them by their
content, and refuses what could act: scripts, macros, files in files. What it lets through is sent
for saving only, never shown in a page of ours.
"""

import csv
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from files.gate import MAX_BYTES, safe_name

MIME: Final = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_PARTS: Final = 2_000
MAX_RATIO: Final = 200

# ISO 32000-1: what runs, opens other programs or carries other files. `#` may hide letters.
ACTIVE: Final = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)(?![A-Za-z0-9])"
)
HEX: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM: Final = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
# A cell that a spreadsheet program takes for a formula; negative numbers are none.
FORMULA: Final = re.compile(r"\s*(?:[=@\t\r]|[+\-](?![\d.,\s]))")
MACROS: Final = re.compile(
    r"vbaProject|/macrosheets/|/activeX/|/embeddings/|/externalLinks/|\.bin$", re.IGNORECASE
)


class DocumentRefused(ValueError):
    """The file does not pass. Its text tells the person who chose it why, and what to do."""


@dataclass(frozen=True)
class AdmittedDocument:
    """A file that may be kept and handed on. `name` is short ASCII, without its ending."""

    data: bytes
    extension: str
    name: str

    @property
    def mime(self) -> str:
        """The media type (RFC 6838) to serve it under."""
        return MIME[self.extension]


def admit_document(data: bytes, name: str) -> AdmittedDocument:
    """Take in one uploaded file under the name that its sender gave it; raises DocumentRefused.

    The kind is told from the content alone. A CSV file becomes UTF-8; the others stay as they are.
    """
    if not data:
        raise DocumentRefused(
            _("This file is empty. Perhaps the upload was cut short: please choose it again.")
        )
    if len(data) > MAX_BYTES:
        raise DocumentRefused(
            _("This file is larger than %(limit)d MB. Make it smaller, or publish a link to it.")
            % {"limit": MAX_BYTES // 1024**2}
        )
    if data.startswith(b"%PDF-"):
        _check_pdf(data)
        return AdmittedDocument(data, "pdf", safe_name(name, "document"))
    if data.startswith(b"PK\x03\x04"):
        _check_workbook(data)
        return AdmittedDocument(data, "xlsx", safe_name(name, "document"))
    return AdmittedDocument(_table(data), "csv", safe_name(name, "document"))


def _check_pdf(data: bytes) -> None:
    if b"%%EOF" not in data[-2048:]:
        raise DocumentRefused(
            _("This PDF is incomplete: its end is missing. Save it again and upload that.")
        )
    if b"/Encrypt" in data:
        raise DocumentRefused(
            _("This PDF is protected by a password. Save a copy without one and upload that.")
        )
    if any(ACTIVE.search(HEX.sub(_letter, part)) for part in _objects(data)):
        raise DocumentRefused(
            _(
                "This PDF carries programs, forms or other files, so we do not take it. Print it "
                "to a new PDF and upload that."
            )
        )


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _objects(data: bytes) -> Iterator[bytes]:
    """The file itself, and the objects that it keeps in compressed streams; all bounded."""
    yield data
    left = MAX_UNPACKED
    for found in STREAM.finditer(data):
        try:
            unpacked = zlib.decompressobj().decompress(data[found.end() :], max(left, 1))
        except zlib.error:
            continue
        left -= len(unpacked)
        if left <= 0:
            raise DocumentRefused(
                _("This file unpacks to more than it may. Save it again and upload that.")
            )
        yield unpacked


def _check_workbook(data: bytes) -> None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as damage:
        raise DocumentRefused(
            _("This file is damaged or incomplete. Save it again and upload that.")
        ) from damage
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        raise DocumentRefused(_not_taken())
    size = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or size > min(MAX_UNPACKED, MAX_RATIO * len(data)):
        raise DocumentRefused(
            _("This file unpacks to more than it may. Save it again and upload that.")
        )
    if any(MACROS.search(name) for name in names) or any(part.flag_bits & 1 for part in parts):
        raise DocumentRefused(
            _(
                "This workbook carries macros, other files or a password, so we do not take it. "
                "Save a copy as .xlsx without them and upload that."
            )
        )


def _table(data: bytes) -> bytes:
    """Return a CSV file (RFC 4180) in UTF-8; whatever is no table is refused."""
    text = _decoded(data)
    try:
        rows = [row for row in csv.reader(StringIO(text, newline=""), _dialect(text)) if row]
    except csv.Error as error:
        raise DocumentRefused(_not_taken()) from error
    if not rows or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:
        raise DocumentRefused(_not_taken())
    if any(FORMULA.match(cell) for row in rows for cell in row):
        raise DocumentRefused(
            _("A cell of this table begins like a formula (=, @, +): put only values into it.")
        )
    return text.encode()


def _decoded(data: bytes) -> str:
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")  # as Excel writes "Unicode text"
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if re.search("[\x00-\x08\x0e-\x1f\ufffd]", text) or re.match(r"\s*<", text):
        raise DocumentRefused(_not_taken())
    return text


def _dialect(text: str) -> type[csv.Dialect]:
    """Return how a table is written: by the sign that its first line has most of."""
    line = text.split("\n", 1)[0]

    class Written(csv.excel):
        delimiter = max(",;\t", key=line.count)
        strict = True

    return Written


def _not_taken() -> str:
    return _(
        "Only PDF documents and tables (CSV, XLSX) can be added here, whatever a file’s name says. "
        "Save yours as one of them and upload that."
    )
