"""Smaller copies of a picture for pages: made at first need, once, beside it in the storage.

Their names follow from the picture's key, which nobody can guess. Who may have one is asked where
the picture's own file is asked for: a copy is public if and only if the picture is.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from threading import Lock
from typing import Any, Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from PIL import Image, ImageCms

from files.metadata import to_srgb
from files.models import Picture
from files.trouble import is_unwritable

WIDTHS: Final = (480, 960, 1440, 2160)
#: Count it up with any change of how copies are made: it is part of their names and ETags.
RECIPE: Final = 1


@dataclass(frozen=True)
class Format:
    """How copies of one kind are written."""

    mime: str
    encoder: str
    options: Mapping[str, Any]


#: By the file name's ending; browsers take the first that they know. The qualities give pictures
#: that are alike (benchmarks/renditions.py).
FORMATS: Final[Mapping[str, Format]] = {
    "avif": Format("image/avif", "AVIF", {"quality": 60, "speed": 6}),
    "webp": Format("image/webp", "WEBP", {"quality": 80, "method": 4}),
    "jpg": Format("image/jpeg", "JPEG", {"quality": 82, "progressive": True, "optimize": True}),
}

# One copy is made at a time: a picture may have 60 megapixels, and memory is to stay bounded.
_making = Lock()


def widths(picture: Picture) -> tuple[int, ...]:
    """Return the widths in pixels that a picture is offered in; it is never made larger."""
    smaller = [width for width in WIDTHS if width < picture.width]
    return (*smaller, picture.width) if picture.width < WIDTHS[-1] else WIDTHS


def file_name(picture: Picture, extension: str) -> str:
    """Return what a copy is called where it is saved: like the picture, with its own ending."""
    return f"{Path(picture.name).stem}.{extension}"


def is_offered(picture: Picture, width: int, name: str) -> bool:
    """Return whether there is, or may be made, a copy of this width and name."""
    known = {file_name(picture, extension) for extension in FORMATS}
    return width in widths(picture) and name in known


def rendition(picture: Picture, width: int, extension: str) -> File[bytes]:
    """Return the open file of a copy, made now where nobody has asked for it before.

    Where there is no room to keep it, it is shown all the same, and made anew for the next one.
    """
    storage, name = picture.file.storage, stored_name(picture, width, extension)
    if not storage.exists(name):
        with _making:
            if not storage.exists(name):
                data = _made(picture, width, FORMATS[extension])
                try:
                    _put(storage, name, data)
                except OSError as error:
                    if not is_unwritable(error):
                        raise
                    return ContentFile(data, name)
    return storage.open(name)


def stored_name(picture: Picture, width: int, extension: str) -> str:
    """Return where the storage keeps a copy."""
    return f"{folder(picture)}/{width}-{RECIPE}.{extension}"


def folder(picture: Picture) -> str:
    """Return the folder of a picture's copies in the storage."""
    return f"renditions/{picture.key}"


def _made(picture: Picture, width: int, form: Format) -> bytes:
    """Return the bytes of a copy: in sRGB, without anything but pixels."""
    height = max(1, round(picture.height * width / picture.width))
    with picture.file.open() as source, Image.open(source) as image:
        # A JPEG is decoded at an eighth, a quarter or a half where that is enough.
        image.draft(None, (width, height))
        small = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
        small = _on_screen(small, image.info.get("icc_profile"), form.encoder)
    small.info = {}
    out = BytesIO()
    small.save(out, form.encoder, **form.options)
    return out.getvalue()


def _on_screen(image: Image.Image, profile: bytes | None, encoder: str) -> Image.Image:
    """Return the picture in the colours that browsers assume; for JPEG on white paper."""
    alpha = image.getchannel("A") if image.mode.endswith("A") else None
    colours = image.convert(image.mode.removesuffix("A")) if alpha else image
    if profile and (transform := to_srgb(profile, colours.mode)):
        colours = ImageCms.applyTransform(colours, transform) or colours
    colours = colours.convert("RGB")
    if alpha is None:
        return colours
    if encoder == "JPEG":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(colours, mask=alpha)
        return paper
    colours.putalpha(alpha)
    return colours


def _put(storage: Storage, name: str, data: bytes) -> None:
    """Store a copy under this very name; nobody ever sees half of it.

    Another process may have made the same meanwhile: one takes the other's place.
    """
    try:
        path = Path(storage.path(name))
    except NotImplementedError:  # not a folder: such storages show a file when it is whole
        storage.save(name, ContentFile(data))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{token_hex(8)}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
