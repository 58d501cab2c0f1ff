"""The one gate for pictures: upload, paste and import all pass here.

What comes in is untrusted bytes; what goes out was written by us, from pixels. So whatever hid
behind, between or inside the original (a script, an archive, the place where it was taken) is gone,
and only the credit, the copyright notice and the colour profile are carried over on purpose.
"""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, Literal

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import ExifTags, Image, ImageCms, TiffImagePlugin

from files.metadata import embedded_profile, read_credits, to_srgb, with_credits

MAX_BYTES: Final = 25 * 1024 * 1024
MAX_PIXELS: Final = 60_000_000
MAX_WEBP_PIXELS: Final = 30_000_000  # its decoder holds the whole picture several times over
MAX_SIDE: Final = 30_000  # JPEG itself ends at 65,535
MAX_NAME: Final = 60
QUALITY: Final = 90

Format = Literal["jpeg", "png", "webp"]

# The first bytes of what we can read, and Pillow's name of the one decoder that may then run.
READABLE: Final = (
    (re.compile(rb"\xff\xd8\xff"), "JPEG"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "PNG"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "WEBP"),
    (re.compile(rb"GIF8[79]a"), "GIF"),
    (re.compile(rb"II[*+]\x00|MM\x00[*+]"), "TIFF"),
)

# What else turns up under a picture's name; matched at the start of the file, the first one counts.
LOOKALIKES: Final = (
    (re.compile(rb"[^<]{0,1000}%PDF-", re.DOTALL), gettext_lazy("a PDF document")),
    (re.compile(rb"PK\x03\x04.*word/", re.DOTALL), gettext_lazy("a Word document")),
    (re.compile(rb"PK\x03\x04.*xl/", re.DOTALL), gettext_lazy("an Excel workbook")),
    (re.compile(rb"PK\x03\x04.*ppt/", re.DOTALL), gettext_lazy("a PowerPoint presentation")),
    (re.compile(rb"PK\x03\x04|\x1f\x8b|7z\xbc\xaf|Rar!"), gettext_lazy("a compressed archive")),
    (re.compile(rb"\xd0\xcf\x11\xe0"), gettext_lazy("an old Office document")),
    (re.compile(rb"\{\\rtf"), gettext_lazy("a text document")),
    (re.compile(rb"....ftyp", re.DOTALL), gettext_lazy("a video")),
    (re.compile(rb"8BPS"), gettext_lazy("a Photoshop file")),
    (re.compile(rb"%!PS"), gettext_lazy("a PostScript file")),
    (re.compile(rb"BM.{12}[\x0c-\x7c]\x00\x00\x00", re.DOTALL), gettext_lazy("a BMP picture")),
    (re.compile(rb"\x00\x00\x00\x0cj[Pp]  "), gettext_lazy("a JPEG 2000 picture")),
    (re.compile(rb"\xff\x0a|\x00\x00\x00\x0cJXL "), gettext_lazy("a JPEG XL picture")),
    (re.compile(rb"\s*(<\?php|<\?=|#!)|MZ|\x7fELF"), gettext_lazy("a program")),
    (
        re.compile(rb".{0,1000}<(!doctype html|html|head|body|script)", re.DOTALL | re.IGNORECASE),
        gettext_lazy("a web page"),
    ),
)
SVG: Final = re.compile(rb"\s*<.{0,4000}<svg[\s>]|\s*<svg[\s>]", re.DOTALL | re.IGNORECASE)
PHONE_PICTURE: Final = re.compile(rb"....ftyp(hei[cxms]|hev[cx]|mif1|msf1|avi[fs])", re.DOTALL)

# EXIF 2.32, tag 0x0112: what to do so that the picture stands upright without the tag.
TURNS: Final = (
    (2, Image.Transpose.FLIP_LEFT_RIGHT),
    (3, Image.Transpose.ROTATE_180),
    (4, Image.Transpose.FLIP_TOP_BOTTOM),
    (5, Image.Transpose.TRANSPOSE),
    (6, Image.Transpose.ROTATE_270),
    (7, Image.Transpose.TRANSVERSE),
    (8, Image.Transpose.ROTATE_90),
)
TIFF_REDUCED: Final = 254  # TIFF 6.0 NewSubfileType: bit 0 marks a small copy of another picture
DNG_VERSION: Final = 50706


class PictureRefused(ValueError):
    """The file does not pass. Its text tells the person who chose it why, and what to do."""


@dataclass(frozen=True)
class AdmittedPicture:
    """A picture that may be kept and shown: bytes written by us, sizes in pixels, plain texts.

    `name` is a short ASCII name without extension, never empty.
    """

    data: bytes
    format: Format
    width: int
    height: int
    credit: str
    copyright_notice: str
    caption: str
    name: str

    @property
    def extension(self) -> str:
        """The file name's ending, without dot."""
        return "jpg" if self.format == "jpeg" else self.format

    @property
    def mime(self) -> str:
        """The media type (RFC 6838) to serve it under."""
        return f"image/{self.format}"


def admit_picture(data: bytes, name: str) -> AdmittedPicture:
    """Take in one uploaded file under the name that its sender gave it.

    The type is told from the content alone. JPEG, PNG and WebP stay what they are, GIF becomes
    PNG, TIFF becomes JPEG, or PNG if it has transparent parts. Pixels keep their number; they are
    turned upright, 8 bits deep, grey or RGB. Raises PictureRefused.
    """
    _refuse_size(data)
    decoder = _decoder(data)
    with _damage_refused():
        image = _opened(data, decoder)
        image.load()
        credits = read_credits(image)
        image, profile = _cleaned(image)
        target = _target(decoder, image)
        written = _written(image, target, profile, lossless=_is_lossless_webp(data))
    return AdmittedPicture(
        data=with_credits(written, credits) if target == "jpeg" else written,
        format=target,
        width=image.width,
        height=image.height,
        credit=credits.credit,
        copyright_notice=credits.copyright_notice,
        caption=credits.caption,
        name=safe_name(name),
    )


def _refuse_size(data: bytes) -> None:
    if not data:
        raise PictureRefused(
            _("This file is empty. Perhaps the upload was cut short: please choose it again.")
        )
    if len(data) > MAX_BYTES:
        raise PictureRefused(
            _(
                "This file has %(size)d MB, the limit is %(limit)d MB. Save the picture as JPEG "
                "with a quality of about 90 %% and upload that."
            )
            % {"size": math.ceil(len(data) / 1024**2), "limit": MAX_BYTES // 1024**2}
        )


def _decoder(data: bytes) -> str:
    for start, decoder in READABLE:
        if start.match(data):
            return decoder
    raise PictureRefused(_why_unreadable(data))


def _why_unreadable(data: bytes) -> str:
    if PHONE_PICTURE.match(data):
        return _(
            "This is a HEIC or AVIF picture, as phones take them. Open it on the phone or the "
            "computer, export it as JPEG and upload that. (On an iPhone, Settings > Camera > "
            "Formats > Most Compatible makes JPEG the rule.)"
        )
    text = data[:8192].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")  # UTF-16 and BOM
    if SVG.match(text):
        return _(
            "This is an SVG drawing. SVG files can carry programs, so we do not take them. Export "
            "the drawing as PNG, at least 2000 pixels wide, and upload that."
        )
    for pattern, kind in LOOKALIKES:
        if pattern.match(data) or pattern.match(text):
            return _looks_like(str(kind))
    return _(
        "This file is not a picture that we can read. Please upload a JPEG, PNG or WebP picture."
    )


def _looks_like(kind: str) -> str:
    return _(
        "Whatever its name says, this file looks like %(kind)s. Open it, save the picture that you "
        "want as JPEG or PNG, and upload that."
    ) % {"kind": kind}


@contextmanager
def _damage_refused() -> Iterator[None]:
    """Turn whatever a decoder raises over damaged or hostile bytes into a refusal."""
    try:
        yield
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise PictureRefused(_too_many_pixels(MAX_PIXELS)) from bomb
    except Exception as damage:  # decoders raise anything: struct, zlib, index, key, value, OS …
        raise PictureRefused(
            _(
                "This picture is damaged or incomplete. If it opens on your computer, save a new "
                "copy as JPEG and upload that; otherwise ask for it to be sent again."
            )
        ) from damage


def _opened(data: bytes, decoder: str) -> Image.Image:
    """The picture with only its header read, by one decoder, and sure to be of bearable size."""
    image = Image.open(BytesIO(data), formats=(decoder,))
    limit = MAX_WEBP_PIXELS if decoder == "WEBP" else MAX_PIXELS
    if image.width * image.height > limit or max(image.size) > MAX_SIDE:
        raise PictureRefused(_too_many_pixels(limit))
    # A JPEG with more pictures inside (MPO) holds previews and depth maps: its first is the one.
    if decoder != "JPEG" and getattr(image, "is_animated", False):
        raise PictureRefused(
            _(
                "This file holds several pictures: an animation, or pages. Save the one that you "
                "want as JPEG or PNG and upload that."
            )
        )
    _refuse_camera_raw(image)
    return image


def _too_many_pixels(limit: int) -> str:
    return _(
        "This picture has more than %(megapixels)d megapixels, or a side of more than %(side)d "
        "pixels. Save a copy with 6000 pixels on the longer side, plenty for print, and upload "
        "that."
    ) % {"megapixels": limit // 1_000_000, "side": MAX_SIDE}


def _refuse_camera_raw(image: Image.Image) -> None:
    """A camera raw file is TIFF outside: its tiny preview would be taken for the picture."""
    if not isinstance(image, TiffImagePlugin.TiffImageFile):
        return
    if DNG_VERSION in image.tag_v2 or image.tag_v2.get(TIFF_REDUCED, 0) & 1:
        raise PictureRefused(_looks_like(_("a camera raw file")))


def _cleaned(image: Image.Image) -> tuple[Image.Image, bytes | None]:
    """Nothing but upright pixels in grey or RGB, and the profile if it belongs to them."""
    image.load()
    profile = embedded_profile(image)
    image = _in_screen_colours(_upright(image), profile)
    image.info = {}
    return image, profile if to_srgb(profile, image.mode.removesuffix("A")) else None


def _upright(image: Image.Image) -> Image.Image:
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # see read_credits: broken metadata is no reason to refuse a picture
        return image
    turn = next((turn for number, turn in TURNS if number == orientation), None)
    return image if turn is None else image.transpose(turn)


def _in_screen_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    if image.mode in ("I", "F"):
        raise PictureRefused(
            _("This picture has 32 bits per colour. Save it with 8 or 16 bits and upload that.")
        )
    if image.mode.startswith("I;16"):
        return _scaled_to_8_bits(image)
    if image.mode in ("CMYK", "LAB"):
        image = _printed_in_srgb(image, profile)
    return _in_mode(image, _screen_mode(image))


def _screen_mode(image: Image.Image) -> str:
    grey = image.mode in ("1", "L", "LA", "La")
    if image.has_transparency_data:
        return "LA" if grey else "RGBA"
    return "L" if grey else "RGB"


def _in_mode(image: Image.Image, mode: str) -> Image.Image:
    # A palette is always resolved: its colours are bytes that an attacker chooses freely.
    return image if image.mode == mode else image.convert(mode)


def _scaled_to_8_bits(image: Image.Image) -> Image.Image:
    """65535 becomes 255; Pillow's own conversion would cut everything above 255 off to white."""
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _printed_in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    transform = to_srgb(profile if image.mode == "CMYK" else None, image.mode)
    if transform is None:
        return image.convert("RGB")
    return ImageCms.applyTransform(image, transform) or image.convert("RGB")


def _target(decoder: str, image: Image.Image) -> Format:
    if decoder == "WEBP":
        return "webp"
    if decoder == "JPEG" or (decoder == "TIFF" and not image.mode.endswith("A")):
        return "jpeg"
    return "png"


def _written(image: Image.Image, target: Format, profile: bytes | None, *, lossless: bool) -> bytes:
    if target == "png":
        # Not optimize=True: for a few per cent less it can take ten times as long.
        return _saved(image, "PNG", profile, compress_level=6)
    if target == "webp":
        return _saved(image, "WEBP", profile, quality=QUALITY, lossless=lossless)
    try:
        return _saved(image, "JPEG", profile, quality=QUALITY, progressive=True)
    except OSError:
        # Pillow's buffer for a progressive JPEG is too small for small pictures of pure noise.
        return _saved(image, "JPEG", profile, quality=QUALITY)


def _saved(image: Image.Image, encoder: str, profile: bytes | None, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, encoder, icc_profile=profile, **options)
    return out.getvalue()


def _is_lossless_webp(data: bytes) -> bool:
    """Whether a WebP file's picture is in a VP8L chunk (RFC 9649): charts and screenshots are."""
    at = 12
    while at + 8 <= len(data) and data[:4] == b"RIFF":
        if data[at : at + 4] == b"VP8L":
            return True
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return False


def safe_name(name: str, otherwise: str = "picture") -> str:
    """Return a short ASCII name without its ending, made of the one a sender gave."""
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name
    return slugify(stem.replace(".", "-"))[:MAX_NAME].strip("-_") or otherwise
