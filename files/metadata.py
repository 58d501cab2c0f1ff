"""What travels with a picture besides its pixels: who is to be credited, and its colour profile.

Everything is read from untrusted bytes. Nothing here raises for bad metadata: a picture whose
credit cannot be read is still a picture, it only comes without the credit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Final

from PIL import ExifTags, Image, ImageCms, IptcImagePlugin
from PIL.TiffImagePlugin import TiffImageFile

MAX_PROFILE_BYTES: Final = 1024 * 1024
MAX_XMP_BYTES: Final = 256 * 1024
MAX_CREDIT: Final = 200  # what the Picture model keeps
MAX_CAPTION: Final = 2_000

# Dataset numbers of IPTC-IIM 4.2, record 2, and the Photoshop resource that carries them.
BYLINE: Final = (2, 80)
CREDIT: Final = (2, 110)
COPYRIGHT: Final = (2, 116)
CAPTION: Final = (2, 120)
IIM_RESOURCE: Final = 0x0404

_TAG: Final = re.compile(r"<[/!?a-z][^<>]*>", re.IGNORECASE)
_OPENING: Final = re.compile(r"<(?=\S)")
_UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_MARKUP: Final = re.compile(rb"<(\?php|script|html|svg|iframe|!doctype)", re.IGNORECASE)


@dataclass(frozen=True)
class Credits:
    """What a picture says about itself, as plain text; "" where it says nothing."""

    credit: str = ""
    copyright_notice: str = ""
    caption: str = ""


def read_credits(image: Image.Image) -> Credits:
    """The credit line, copyright notice and caption that an opened picture carries.

    IPTC-IIM 4.2 goes before XMP, XMP before EXIF. A credit line is what its maker asks to have
    printed, so it goes before the mere name of the author (IPTC Photo Metadata Standard). PNG and
    TIFF must have been loaded, because they may keep metadata behind their pixels.
    """
    iim = _read_iim(image)
    xmp = _xmp_packet(image)
    exif = _read_exif(image)
    return Credits(
        credit=_first(
            iim.get(CREDIT, ""),
            _xmp_text(xmp, "photoshop:Credit"),
            iim.get(BYLINE, ""),
            _xmp_text(xmp, "dc:creator"),
            exif.get(ExifTags.Base.Artist, ""),
        ),
        copyright_notice=_first(
            iim.get(COPYRIGHT, ""),
            _xmp_text(xmp, "dc:rights"),
            exif.get(ExifTags.Base.Copyright, ""),
        ),
        caption=_first(iim.get(CAPTION, ""), _xmp_text(xmp, "dc:description"), limit=MAX_CAPTION),
    )


def with_credits(jpeg: bytes, credits: Credits) -> bytes:
    """The same JPEG with credit and copyright as IPTC-IIM 4.2 in APP13, right behind its APP0.

    IIM caps the credit line at 32 octets. We keep it whole: readers cope with a longer one, and
    a name cut in half is a wrong credit. Without credit and copyright the bytes come back as is.
    """
    fields = [(CREDIT, credits.credit), (COPYRIGHT, credits.copyright_notice)]
    datasets = [_iim_dataset(key, text.encode()) for key, text in fields if text]
    if not datasets:
        return jpeg
    is_utf8 = _iim_dataset((1, 90), b"\x1b%G")
    version = _iim_dataset((2, 0), b"\x00\x04")
    behind_app0 = 4 + int.from_bytes(jpeg[4:6])
    segment = _app13(is_utf8 + version + b"".join(datasets))
    return jpeg[:behind_app0] + segment + jpeg[behind_app0:]


def embedded_profile(image: Image.Image) -> bytes | None:
    """The ICC.1 profile that an opened picture carries, cut to its declared size, or None.

    None also for one above 1 MB, shorter than it says, or with markup inside: such a profile is
    a hiding place. Whether it suits the pixels is what `to_srgb` tells.
    """
    found = image.info.get("icc_profile")
    if not isinstance(found, bytes) or not 128 <= len(found) <= MAX_PROFILE_BYTES:
        return None
    declared = int.from_bytes(found[:4])
    profile = found[:declared]
    return None if len(profile) < declared or _MARKUP.search(profile) else profile


def to_srgb(profile: bytes | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    """The way from pixels of `mode` in `profile` to sRGB; None if the two don't fit together.

    LAB pixels need no profile: they are absolute.
    """
    if profile is None and mode != "LAB":
        return None
    try:
        source = ImageCms.createProfile("LAB") if profile is None else BytesIO(profile)
        meant = ImageCms.ImageCmsProfile(source)
        return ImageCms.buildTransform(meant, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return None


def _first(*candidates: str, limit: int = MAX_CREDIT) -> str:
    return next((text[:limit].strip() for text in map(_plain, candidates) if text), "")


def _plain(text: str) -> str:
    """One line of text without markup and control characters; "GDP < 3 %" survives."""
    without_tags = _OPENING.sub("", _TAG.sub("", text))
    return " ".join(_UNPRINTABLE.sub(" ", without_tags).split())


def _decoded(raw: bytes) -> str:
    # IIM and EXIF rarely declare their encoding, and wrongly when they do: UTF-8 proves itself.
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def _read_iim(image: Image.Image) -> dict[tuple[int, int], str]:
    """The IIM datasets by (record, number); of a repeated one (two authors) all, with commas."""
    found: dict[tuple[int, int], str] = {}
    for key, raw in _datasets(image):
        text = _decoded(raw)
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


def _datasets(image: Image.Image) -> Iterator[tuple[tuple[int, int], bytes]]:
    if isinstance(image, TiffImageFile):
        return _tiff_datasets(image)
    return _iim_datasets(_iim_block(image))


def _tiff_datasets(image: TiffImageFile) -> Iterator[tuple[tuple[int, int], bytes]]:
    """TIFF declares its IIM block as bytes or as numbers; only Pillow's reader knows both."""
    try:
        found = IptcImagePlugin.getiptcinfo(image) or {}
    except Exception:  # a block cut short makes it raise struct.error, SyntaxError, OSError …
        return
    for key, values in found.items():
        for raw in values if isinstance(values, list) else [values]:
            yield key, raw or b""


def _iim_block(image: Image.Image) -> bytes:
    resources = image.info.get("photoshop")
    block = resources.get(IIM_RESOURCE, b"") if isinstance(resources, dict) else b""
    return block if isinstance(block, bytes) else b""


def _iim_datasets(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Each dataset of an IIM stream (IPTC-IIM 4.2, chapter 3); stops where it stops to be one."""
    at = 0
    while at + 5 <= len(block) and block[at] == 0x1C:
        key, size = (block[at + 1], block[at + 2]), int.from_bytes(block[at + 3 : at + 5])
        at += 5
        if size & 0x8000:  # an extended dataset: the number of octets that hold the size
            octets = size & 0x7FFF
            size = int.from_bytes(block[at : at + octets]) if octets <= 4 else len(block)
            at += octets
        yield key, block[at : at + size]
        at += size


def _iim_dataset(key: tuple[int, int], value: bytes) -> bytes:
    return bytes([0x1C, *key]) + len(value).to_bytes(2) + value


def _app13(iim: bytes) -> bytes:
    padded = iim + b"\x00" * (len(iim) % 2)
    name = b"\x00\x00"
    resource = b"8BIM" + IIM_RESOURCE.to_bytes(2) + name + len(iim).to_bytes(4) + padded
    payload = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + (len(payload) + 2).to_bytes(2) + payload


def _read_exif(image: Image.Image) -> dict[int, str]:
    wanted = (ExifTags.Base.Artist, ExifTags.Base.Copyright)
    try:
        exif = image.getexif()
        return {tag: _exif_text(exif.get(tag)) for tag in wanted}
    except Exception:  # a broken EXIF block makes Pillow raise whatever it trips over
        return {}


def _exif_text(value: object) -> str:
    if isinstance(value, str):  # Pillow reads ASCII as Latin-1; cameras write UTF-8 there
        return _decoded(value.encode("latin-1", "replace"))
    return _decoded(value) if isinstance(value, bytes) else ""


def _xmp_packet(image: Image.Image) -> str:
    found = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    packet = found if isinstance(found, str) else bytes(found).decode("utf-8", "replace")
    return packet[:MAX_XMP_BYTES]


def _xmp_text(packet: str, name: str) -> str:
    """The text of one XMP property (ISO 16684-1), as attribute, element or list of `rdf:li`.

    Cut out by hand, in linear time: no XML parser runs, so there is no entity to expand.
    """
    _before, attribute, rest = packet.partition(f' {name}="')
    if attribute:
        return unescape(rest.partition('"')[0])
    body = _between(packet, f"<{name}", f"</{name}>").partition(">")[2]
    items = [item.partition(">")[2].partition("<")[0] for item in body.split("<rdf:li")[1:]]
    if "<rdf:Alt" in body:  # the same text in several languages, the default one first
        items = items[:1]
    return unescape(", ".join(item for item in items if item.strip()) or body.partition("<")[0])


def _between(text: str, start: str, end: str) -> str:
    rest = text.partition(start)[2]
    inner, found, _after = rest.partition(end)
    return inner if found else ""
