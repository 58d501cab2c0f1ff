"""Files that can't be taken: each is refused with a sentence that a press officer understands."""

import tracemalloc
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from releases.importers import ImportRefused
from releases.importers.files import read_file
from tests.word_files import picture, run, with_paragraphs

WORD = with_paragraphs(run("Washington DC — The ferries left late."))
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MEGABYTE = 1024 * 1024


def packed(**parts: bytes) -> bytes:
    """A Word file with its text replaced, or with more parts, by name without dots."""
    out = BytesIO()
    names = {"document": "word/document.xml", "up": "../../evil.xml", "root": "/etc/evil.xml"}
    with ZipFile(BytesIO(WORD)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        replaced = {names.get(name, f"word/{name}.xml"): data for name, data in parts.items()}
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, data in replaced.items():
            new.writestr(name, data)
    return out.getvalue()


def locked() -> bytes:
    """A zip whose entries say that they are encrypted."""
    data = bytearray(WORD)
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 8] |= 1
        at += 4
    return bytes(data)


def zipped(name: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


W = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + W + b"<w:body>&b;</w:body></w:document>"
)
REFUSED = {
    "empty": (b" \n", "empty"),
    "old": (OLD, "old Word file"),
    "encrypted": (OLD + "EncryptedPackage".encode("utf-16-le"), "password"),
    "zip_password": (locked(), "password"),
    "cut_short": (WORD[: len(WORD) // 2], "damaged"),
    "pdf": (b"%PDF-1.7\n", "a PDF document"),
    "rtf": (b"{\\rtf1 Hello}", "an RTF document"),
    "picture": (picture().getvalue(), "a picture"),
    "drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"><text>Hello</text></svg>', "a picture"),
    "drawing_of_a_program": (
        b'<?xml version="1.0"?>\n<!-- Made by -->\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"svg11.dtd">\n<svg xmlns="http://www.w3.org/2000/svg"><text>Hello</text></svg>',
        "a picture",
    ),
    "other_archive": (zipped("xl/workbook.xml"), "not a Word file"),
    "bomb": (packed(document=W + b"a" * 70 * MEGABYTE + b"</w:document>"), "unpacks to far more"),
    "many_parts": (packed(**{f"part{n}": b"<a/>" for n in range(2100)}), "unpacks to far more"),
    "many_tags": (packed(document=W + b"<w:p/>" * 110_000 + b"</w:document>"), "unpacks to far"),
    "deep": (packed(document=b"<p>" * 5000 + b"</p>" * 5000), "unpacks to far more"),
    "entities": (packed(document=ENTITIES), "instructions that no text needs"),
    "ill_formed": (packed(document=W + b"<w:body>"), "damaged"),
    "name_up": (packed(up=b"<a/>"), "not built as Word builds"),
    "name_root": (packed(root=b"<a/>"), "not built as Word builds"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_a_sentence_and_little_memory(case: str):
    data, why = REFUSED[case]
    tracemalloc.start()
    try:
        with pytest.raises(ImportRefused, match=why):
            read_file(data)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 40 * MEGABYTE + 2 * len(data)


def test_what_only_begins_like_a_drawing_is_read():
    assert "Hello" in read_file(b"<!-- <svg> -->" * 3000 + b"<p>Hello</p>").markup
    page = b'<?xml version="1.0"?>\n<html><body><p>Hello <svg>x</svg></p></body></html>'
    assert "Hello" in read_file(page).markup


def test_the_same_file_whole_is_read():
    assert "The ferries left late." in read_file(WORD).markup


@pytest.mark.long
def test_what_is_not_refused_is_bounded():
    """The largest tree that passes the bounds: what it takes at most."""
    data = packed(document=W + b"<w:body>" + b"<w:p/>" * 60_000 + b"</w:body></w:document>")
    tracemalloc.start()
    try:
        read_file(data)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 256 * MEGABYTE
