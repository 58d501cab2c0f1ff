"""What the gate refuses, each with a sentence of its own, and that nothing else ever comes out."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, TiffImagePlugin

from files import gate
from files.gate import PictureRefused, admit_picture
from tests.examples import examples

# Pillow warns of what it meets in broken files; that it meets it is the point here.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::RuntimeWarning")


def make_file(encoder="JPEG", size=(64, 40), **options):
    out = BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(out, encoder, **options)
    return out.getvalue()


def make_archive(*names):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "text")
    return out.getvalue()


def make_png_claiming(width, height):
    """A PNG of 70 bytes whose header promises the given size."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(b"\x00" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def refusal(data, name="photo.jpg"):
    with pytest.raises(PictureRefused) as refused:
        admit_picture(data, name)
    return str(refused.value)


def test_an_empty_file():
    assert "empty" in refusal(b"")


def test_a_file_above_the_limit():
    sentence = refusal(make_file() + bytes(gate.MAX_BYTES))

    assert "26 MB" in sentence
    assert "25 MB" in sentence
    assert "90 %" in sentence


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n1 0 obj", "a PDF document"),
        (b"\n\n%PDF-1.4", "a PDF document"),
        (make_archive("[Content_Types].xml", "word/document.xml"), "a Word document"),
        (make_archive("xl/workbook.xml"), "an Excel workbook"),
        (make_archive("ppt/presentation.xml"), "a PowerPoint presentation"),
        (make_archive("photo.jpg"), "a compressed archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        (b"<!DOCTYPE html><html><body>x</body></html>", "a web page"),
        (b"\xef\xbb\xbf \n<!-- hi --><HTML>", "a web page"),
        ("<html>".encode("utf-16"), "a web page"),
        (b"<?php system('id'); ?>", "a program"),
        (b"#!/bin/sh\n", "a program"),
        (b"MZ\x90\x00", "a program"),
        (b"\x00\x00\x00\x20ftypisom", "a video"),
        (b"8BPS\x00\x01", "a Photoshop file"),
        (make_file("BMP"), "a BMP picture"),
    ],
)
def test_another_kind_of_file_under_a_pictures_name(data, kind):
    assert f"looks like {kind}" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<?xml version="1.0"?>\n<!-- a -->\n<svg onload="alert(1)">',
        '<?xml version="1.0" encoding="utf-16"?><svg >'.encode("utf-16"),
    ],
)
def test_an_svg(data):
    assert "SVG" in refusal(data, "logo.svg")
    assert "PNG" in refusal(data, "logo.svg")


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_a_phone_picture(brand):
    assert "export it as JPEG" in refusal(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 8)


def test_something_unknown():
    assert "not a picture that we can read" in refusal(b"hello there")


def test_two_frames_of_any_kind():
    more = [Image.new("RGB", (64, 40), "blue")]
    for encoder in ("GIF", "PNG", "WEBP", "TIFF"):
        data = make_file(encoder, save_all=True, append_images=more)
        assert "several pictures" in refusal(data), encoder


def test_a_camera_raw_file():
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[gate.DNG_VERSION] = b"\x01\x04\x00\x00"
    tags.tagtype[gate.DNG_VERSION] = 1
    assert "camera raw" in refusal(make_file("TIFF", tiffinfo=tags))


def test_thirty_two_bits_per_colour():
    out = BytesIO()
    Image.new("F", (8, 8), 0.5).save(out, "TIFF")
    assert "32 bits" in refusal(out.getvalue())


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 9_000), (8_000, 7_501), (30_001, 1)])
def test_too_many_pixels_by_the_header_alone(size):
    assert "60 megapixels" in refusal(make_png_claiming(*size))


def test_a_webp_has_a_lower_limit():
    frame = (
        b"VP8L" + struct.pack("<I", 5) + b"\x2f" + struct.pack("<I", 6_000 | 5_000 << 14) + b"\0"
    )
    claimed = b"RIFF" + struct.pack("<I", len(frame) + 4) + b"WEBP" + frame

    assert "30 megapixels" in refusal(claimed)  # 6001 by 5001 pixels


def test_the_limit_itself_is_not_too_many():
    assert "damaged" in refusal(make_png_claiming(8_000, 7_500))


def test_a_jpeg_that_claims_a_huge_size():
    data = make_file()
    at = data.index(b"\xff\xc0") + 5
    claimed = data[:at] + struct.pack(">HH", 50_000, 50_000) + data[at + 4 :]

    assert "60 megapixels" in refusal(claimed)


@pytest.mark.parametrize("encoder", ["JPEG", "PNG", "WEBP", "GIF", "TIFF"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_file_cut_short(encoder, share):
    options = {"compression": "tiff_lzw"} if encoder == "TIFF" else {}
    data = make_file(encoder, (300, 200), **options)

    assert "damaged or incomplete" in refusal(data[: int(len(data) * share)])


@pytest.mark.parametrize("words", ["empty", "SVG", "HEIC", "damaged"])
def test_each_sentence_says_what_to_do(words):
    files = {
        "empty": b"",
        "SVG": b"<svg>",
        "HEIC": b"\x00\x00\x00\x18ftypheic",
        "damaged": make_file()[:300],
    }
    sentence = refusal(files[words])
    assert words in sentence
    assert any(verb in sentence for verb in ("choose", "Export", "export", "save", "Save"))


STARTS = [b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\x00\x08\x00\x00\x00"]
STARTS += [b"MM\x00*\x00\x00\x00\x08", b"RIFF\x00\x01\x00\x00WEBPVP8 ", b"PK\x03\x04", b"<?xml "]
SAMPLES = [make_file(encoder) for encoder in ("JPEG", "PNG", "WEBP", "GIF", "TIFF")]


@given(st.sampled_from(STARTS), st.binary(max_size=400), st.text(max_size=80))
@examples(300)
def test_random_bytes_are_refused_and_nothing_worse(start, rest, name):
    try:
        admit_picture(start + rest, name)
    except PictureRefused as refused:
        assert str(refused)


@given(
    st.sampled_from(SAMPLES),
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12),
)
@examples(300)
def test_flipped_bytes_give_a_picture_or_a_refusal(sample, flips):
    broken = bytearray(sample)
    for place, value in flips:
        broken[place % len(broken)] = value
    try:
        assert Image.open(BytesIO(admit_picture(bytes(broken), "a").data)).width > 0
    except PictureRefused as refused:
        assert str(refused)
