"""The credit that a picture brings along, and that it takes along again."""

import struct
import time
from io import BytesIO

import pytest
from PIL import ExifTags, Image, IptcImagePlugin, PngImagePlugin, TiffImagePlugin

from files.gate import admit_picture
from files.metadata import MAX_CREDIT, Credits, with_credits

BYLINE, CREDIT, COPYRIGHT, CAPTION = 80, 110, 116, 120
LONG, UNDEFINED = 4, 7  # TIFF 6.0 field types

XMP = """<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
<rdf:Description rdf:about="" {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"""
XMP_ELEMENTS = """<dc:creator><rdf:Seq><rdf:li>Ana Reyes</rdf:li><rdf:li>Bo Li</rdf:li></rdf:Seq>
</dc:creator><dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Reyes &amp; Li</rdf:li>
<rdf:li xml:lang="es">otra</rdf:li></rdf:Alt></dc:rights>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A march in La Paz</rdf:li></rdf:Alt>
</dc:description>"""


def make_iim(fields, encoding="utf-8"):
    iim = b""
    for number, text in fields:
        raw = text.encode(encoding)
        iim += bytes([0x1C, 2, number]) + len(raw).to_bytes(2) + raw
    return iim


def make_app13(iim):
    resource = b"8BIM\x04\x04\x00\x00" + len(iim).to_bytes(4) + iim + b"\x00" * (len(iim) % 2)
    payload = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2) + payload


def make_file(encoder="JPEG", iim=b"", **options):
    out = BytesIO()
    Image.new("RGB", (16, 16), "green").save(out, encoder, **options)
    data = out.getvalue()
    return data[:20] + make_app13(iim) + data[20:] if iim else data


def make_xmp(attributes="", elements=""):
    return XMP.format(attributes=attributes, elements=elements).encode()


def iptc_of(data):
    return IptcImagePlugin.getiptcinfo(Image.open(BytesIO(data)))


def test_iptc_is_read():
    iim = make_iim([(BYLINE, "Ana Reyes"), (CREDIT, "Ana Reyes/AFP"), (COPYRIGHT, "© AFP 2026")])
    iim += make_iim([(CAPTION, "A march\nin La Paz")])

    admitted = admit_picture(make_file(iim=iim), "a.jpg")

    assert admitted.credit == "Ana Reyes/AFP"
    assert admitted.copyright_notice == "© AFP 2026"
    assert admitted.caption == "A march in La Paz"


def test_credit_and_copyright_are_written_back_and_nothing_else():
    iim = make_iim([(CREDIT, "Núñez/AFP"), (COPYRIGHT, "© AFP"), (CAPTION, "x"), (90, "La Paz")])

    written = iptc_of(admit_picture(make_file(iim=iim), "a.jpg").data)

    assert written == {
        (1, 90): b"\x1b%G",
        (2, 0): b"\x00\x04",
        (2, CREDIT): "Núñez/AFP".encode(),
        (2, COPYRIGHT): "© AFP".encode(),
    }


def test_what_was_written_is_read_again():
    iim = make_iim([(CREDIT, "x" * 101), (COPYRIGHT, "© 2026")])
    once = admit_picture(make_file(iim=iim), "a.jpg")

    twice = admit_picture(once.data, "a.jpg")

    assert (twice.credit, twice.copyright_notice) == (once.credit, "© 2026")


def test_a_picture_without_credit_gets_no_empty_block():
    admitted = admit_picture(make_file(), "a.jpg")

    assert (admitted.credit, admitted.copyright_notice, admitted.caption) == ("", "", "")
    assert b"8BIM" not in admitted.data
    assert with_credits(admitted.data, Credits()) == admitted.data


def test_the_authors_stand_in_for_a_missing_credit_line():
    iim = make_iim([(BYLINE, "Ana Reyes"), (BYLINE, "Bo Li")])

    assert admit_picture(make_file(iim=iim), "a.jpg").credit == "Ana Reyes, Bo Li"


def test_iptc_of_old_windows_programs_is_read():
    iim = make_iim([(CREDIT, "Núñez – AFP")], "cp1252")

    assert admit_picture(make_file(iim=iim), "a.jpg").credit == "Núñez – AFP"


def test_an_extended_dataset_is_read():
    iim = (
        bytes([0x1C, 2, CAPTION, 0x80, 0x02])
        + (5).to_bytes(2)
        + b"March"
        + make_iim([(CREDIT, "AFP")])
    )

    admitted = admit_picture(make_file(iim=iim), "a.jpg")

    assert (admitted.caption, admitted.credit) == ("March", "AFP")


@pytest.mark.parametrize(
    "iim",
    [b"\x1c\x02\x6e", b"\x1c\x02\x6e\xff\xff", b"\x1c\x02\x6e\x80\x04\xff\xff\xff\xff", b"rubbish"],
)
def test_broken_iptc_is_read_as_far_as_it_goes(iim):
    admitted = admit_picture(make_file(iim=make_iim([(CREDIT, "AFP")]) + iim), "a.jpg")

    assert admitted.credit.startswith("AFP")


@pytest.mark.parametrize("encoder", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_exif_is_read(encoder):
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Ana Reyes"
    exif[ExifTags.Base.Copyright] = "2026 Ana Reyes"

    admitted = admit_picture(make_file(encoder, exif=exif), "a.jpg")

    assert (admitted.credit, admitted.copyright_notice) == ("Ana Reyes", "2026 Ana Reyes")


def test_exif_in_utf8_is_read():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Núñez".encode()

    assert admit_picture(make_file(exif=exif), "a.jpg").credit == "Núñez"


@pytest.mark.parametrize("encoder", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_xmp_is_read(encoder):
    xmp = make_xmp(elements=XMP_ELEMENTS)
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", xmp.decode())
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = xmp
    options = {"PNG": {"pnginfo": text}, "TIFF": {"tiffinfo": tags}}.get(encoder, {"xmp": xmp})

    admitted = admit_picture(make_file(encoder, **options), "a.jpg")

    assert admitted.credit == "Ana Reyes, Bo Li"
    assert admitted.copyright_notice == "© 2026 Reyes & Li"
    assert admitted.caption == "A march in La Paz"


@pytest.mark.parametrize(
    "xmp",
    [
        make_xmp('photoshop:Credit="Reyes &quot;AFP&quot;"', XMP_ELEMENTS),
        make_xmp("", "<photoshop:Credit>Reyes &quot;AFP&quot;</photoshop:Credit>" + XMP_ELEMENTS),
    ],
)
def test_the_xmp_credit_line_goes_before_the_authors(xmp):
    assert admit_picture(make_file(xmp=xmp), "a.jpg").credit == 'Reyes "AFP"'


def test_iptc_goes_before_xmp_before_exif():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "from exif"
    xmp = make_xmp('photoshop:Credit="from xmp"')

    assert admit_picture(make_file(exif=exif, xmp=xmp), "a.jpg").credit == "from xmp"
    data = make_file(exif=exif, xmp=xmp, iim=make_iim([(CREDIT, "from iptc")]))
    assert admit_picture(data, "a.jpg").credit == "from iptc"


def make_tiff(iim):
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags.tagtype[33723] = UNDEFINED
    tags[33723] = iim
    return make_file("TIFF", tiffinfo=tags)


def declared_as_numbers(tiff, size):
    """The same TIFF whose IPTC tag says that it holds 32-bit numbers, as ExifTool writes it."""
    as_bytes = struct.pack("<HHI", 33723, UNDEFINED, size)
    assert tiff.count(as_bytes) == 1
    return tiff.replace(as_bytes, struct.pack("<HHI", 33723, LONG, size // 4))


def test_iptc_in_a_tiff_is_read_as_whatever_it_is_declared():
    iim = make_iim([(BYLINE, "Ana"), (BYLINE, "Bo")]) + b"\x00"
    tiff = make_tiff(iim)

    assert admit_picture(tiff, "a.tif").credit == "Ana, Bo"
    assert admit_picture(declared_as_numbers(tiff, len(iim)), "a.tif").credit == "Ana, Bo"


@pytest.mark.parametrize("iim", [b"rubbish", b"\x1c\x02\x6e\xff\xff", b"\x1c\x02\x6e\x00"])
def test_broken_iptc_in_a_tiff_is_not_read(iim):
    assert admit_picture(make_tiff(iim), "a.tif").credit == ""


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE x [<!ENTITY a "lollol"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    xmp = bomb.encode() + make_xmp(elements="<photoshop:Credit>&a;&b;</photoshop:Credit>")

    credit = admit_picture(make_file(xmp=xmp), "a.jpg").credit

    assert "lollol" not in credit
    assert "root" not in credit


def test_a_hostile_packet_costs_no_time():
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", "<dc:creator><rdf:li><" * 40_000, zip=True)
    data = make_file("PNG", pnginfo=text)

    began = time.perf_counter()
    admit_picture(data, "a.png")

    assert time.perf_counter() - began < 2


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("GDP growth < 3 % > 2 %", "GDP growth < 3 % > 2 %"),
        ("<b>Bold</b> <<b>script>x", "Bold script>x"),
        ("two\r\nlines\x00\x1b[31m", "two lines [31m"),
        ("turned \u202egpj.exe", "turned gpj.exe"),
        ("y" * 500, "y" * MAX_CREDIT),
        ("   ", ""),
    ],
)
def test_credits_are_one_plain_line(given, kept):
    assert admit_picture(make_file(iim=make_iim([(CREDIT, given)])), "a.jpg").credit == kept
