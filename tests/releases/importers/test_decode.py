"""The text of a file, or a refusal that a press officer understands."""

import codecs

import pytest

from releases.importers import MAX_BYTES, ImportRefused, decode


@pytest.mark.parametrize(
    "data",
    [
        "Peñaloza – “sí”".encode(),
        codecs.BOM_UTF8 + "Peñaloza – “sí”".encode(),
        "Peñaloza – “sí”".encode("utf-16"),
        codecs.BOM_UTF16_BE + "Peñaloza – “sí”".encode("utf-16-be"),
        "Peñaloza – “sí”".encode("cp1252"),
    ],
)
def test_the_encodings_of_text_files(data):
    assert decode(data) == "Peñaloza – “sí”"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 a Word file",
        b"%PDF-1.7 a document",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old Word file",
        b"text with a\x00 NUL",
        codecs.BOM_UTF16_LE + b"\x00",
        codecs.BOM_UTF32_LE + "text".encode("utf-32-le"),
        b"\x81\x8d neither UTF-8 nor Windows",
    ],
)
def test_what_is_no_text_is_refused(data):
    with pytest.raises(ImportRefused, match="text"):
        decode(data)


def test_the_largest_file():
    assert len(decode(b"a" * MAX_BYTES)) == MAX_BYTES
    with pytest.raises(ImportRefused, match="2 MB"):
        decode(b"a" * (MAX_BYTES + 1))
