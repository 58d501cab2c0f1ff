"""A Word file is a zip archive of XML (ECMA-376): opened here with every bound checked first.

Nothing is written to a disk, and nothing is unpacked beyond what its bounds allow: an archive's
own word on its sizes is not believed, bytes are counted as they come.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from releases.importers import ImportRefused

MAX_PACKAGE: Final = 25 * 1024 * 1024
MAX_UNPACKED: Final = 60 * 1024 * 1024
MAX_XML: Final = 8 * 1024 * 1024
MAX_TAGS: Final = 100_000  # in all parts together; each costs about a kilobyte as a tree
MAX_PARTS: Final = 2000
MAX_DEPTH: Final = 120  # a table in a table in a table needs about forty
MAIN: Final = re.compile(r"word/document\d*\.xml")
# What says something, or how it is meant: themes, fonts and settings don't.
NEEDED: Final = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(_rels/)?[\w-]+\.xml(\.rels)?|word/media/[^/]+"
)
UNNEEDED: Final = re.compile(
    r"word/(_rels/)?(settings|webSettings|fontTable|stylesWithEffects)\.xml(\.rels)?"
)


@dataclass
class Package:
    """The parts of a Word file by name; `main` is the name of the one that holds the text."""

    parts: dict[str, bytes]
    main: str

    def tree(self, name: str) -> ET.Element | None:
        """A part as a tree; None where there is none. Its XML was checked when it was opened."""
        return ET.fromstring(self.parts[name]) if name in self.parts else None  # noqa: S314

    def put(self, name: str, tree: ET.Element) -> None:
        """Replace a part."""
        self.parts[name] = ET.tostring(tree, encoding="utf-8", xml_declaration=True)

    def packed(self) -> BytesIO:
        """The parts as an archive again."""
        out = BytesIO()
        with ZipFile(out, "w", ZIP_STORED) as archive:
            for name, data in self.parts.items():
                archive.writestr(name, data)
        out.seek(0)
        return out


def open_package(data: bytes) -> Package:
    """The parts of a `.docx` file that an import needs. Raises ImportRefused."""
    if len(data) > MAX_PACKAGE:
        raise ImportRefused(
            _("This Word file is larger than 25 MB. Make its pictures smaller, then try again.")
        )
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = _parts(archive)
    except ImportRefused:
        raise
    except Exception as damage:  # zlib, struct, lzma, unsupported methods: all the same to a reader
        raise _damaged() from damage
    main = next((name for name in parts if MAIN.fullmatch(name)), "")
    if not main:
        raise ImportRefused(_not_word())
    _refuse_hostile_xml(parts)
    return Package(parts, main)


def _damaged() -> ImportRefused:
    return ImportRefused(
        _(
            "This Word file is damaged or incomplete. If it opens on your computer, save it under "
            "a new name as .docx and choose that; otherwise ask for it to be sent again."
        )
    )


def _not_word() -> str:
    return _(
        "This file is an archive or another program’s document, not a Word file. Open it, save "
        "the text as .docx and choose that."
    )


def _too_big() -> ImportRefused:
    return ImportRefused(
        _(
            "This Word file unpacks to far more than a release can hold, so it was not opened. "
            "Copy the text into a new document and save that."
        )
    )


def _parts(archive: ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise _too_big()
    for entry in entries:
        _refuse_entry(entry)
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED
    for entry in entries:
        name = entry.filename
        if NEEDED.fullmatch(name) and not UNNEEDED.fullmatch(name):
            limit = min(room, MAX_XML) if name.endswith((".xml", ".rels")) else room
            with archive.open(entry) as stream:
                parts[name] = stream.read(limit + 1)
            if len(parts[name]) > limit:
                raise _too_big()
            room -= len(parts[name])
    return parts


def _refuse_entry(entry: ZipInfo) -> None:
    name = entry.filename.replace("\\", "/")
    if entry.flag_bits & 1:
        raise ImportRefused(
            _("This file is protected with a password. Save it without one and choose that.")
        )
    if name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise ImportRefused(
            _(
                "This file is not built as Word builds its files, so it was not opened. Open it in "
                "Word, save it under a new name as .docx and choose that."
            )
        )


def _refuse_hostile_xml(parts: dict[str, bytes]) -> None:
    """No entities, no outsized or bottomless trees; all parts are well-formed."""
    xml = {name: data for name, data in parts.items() if name.endswith((".xml", ".rels"))}
    if sum(data.count(b"<") for data in xml.values()) > MAX_TAGS:
        raise _too_big()
    for data in xml.values():
        try:
            _refuse_depth(data)
        except ET.ParseError as damage:
            raise _damaged() from damage


def _refuse_depth(data: bytes) -> None:
    # UTF-16 would hide the word from the search; Word writes UTF-8.
    if any(sign in data for sign in (b"<!DOCTYPE", b"<!ENTITY", b"\0")):
        raise ImportRefused(
            _(
                "This Word file holds instructions that no text needs, so it was not opened. Copy "
                "the text into a new document and save that."
            )
        )
    reader: ET.XMLPullParser[Any] = ET.XMLPullParser(["start", "end"])
    depth = 0
    for at in range(0, len(data), 65536):
        reader.feed(data[at : at + 65536])
        for event in reader.read_events():
            depth += 1 if event[0] == "start" else -1
            if depth > MAX_DEPTH:
                raise _too_big()
    reader.close()
