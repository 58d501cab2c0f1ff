"""Smaller copies of a picture: made at first need, once, and nobody ever sees half of one."""

from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image, ImageCms

from files import renditions
from files.gate import admit_picture
from files.models import Picture, store_picture
from files.renditions import FORMATS, RECIPE, WIDTHS, rendition, widths

pytestmark = pytest.mark.django_db


def stored(size: tuple[int, int] = (1200, 600), mode: str = "RGB", **options) -> Picture:
    """A picture with a red left half and a blue right one, transparent above where it can be."""
    drawn = Image.new("RGB", size, "blue")
    drawn.paste("red", (0, 0, size[0] // 2, size[1]))
    if mode == "RGBA":
        drawn.putalpha(255)
        drawn.paste((0, 0, 0, 0), (0, 0, size[0], size[1] // 2))
    out = BytesIO()
    drawn.save(out, "PNG" if mode == "RGBA" else "JPEG", **options)
    return store_picture(admit_picture(out.getvalue(), "two colours.jpg"))


def opened(picture: Picture, width: int, extension: str) -> Image.Image:
    with rendition(picture, width, extension) as file:
        image = Image.open(BytesIO(file.read()))
    image.load()
    return image


def files(picture: Picture) -> list[str]:
    return sorted(picture.file.storage.listdir(renditions.folder(picture))[1])


@pytest.mark.parametrize(
    ("wide", "offered"),
    [(200, (200,)), (480, (480,)), (1200, (480, 960, 1200)), (2160, WIDTHS), (9000, WIDTHS)],
)
def test_it_is_offered_up_to_its_own_width(wide, offered):
    assert widths(Picture(width=wide)) == offered


@pytest.mark.parametrize("extension", FORMATS)
def test_a_copy_is_the_same_picture_in_small(extension):
    image = opened(stored(), 480, extension)
    assert (image.format, image.size) == (FORMATS[extension].encoder, (480, 240))
    red, blue = (image.convert("RGB").getpixel(place) for place in ((60, 120), (420, 120)))
    assert red[0] > 230 > 40 > red[2]
    assert blue[2] > 230 > 40 > blue[0]


@pytest.mark.parametrize("extension", FORMATS)
def test_what_is_transparent_stays_so_or_stands_on_white(extension):
    image = opened(stored(mode="RGBA"), 480, extension)
    above = image.convert("RGBA").getpixel((60, 40))
    assert above == (255, 255, 255, 255) if extension == "jpg" else above[3] < 10
    assert image.convert("RGBA").getpixel((60, 200))[3] > 245


def test_a_copy_carries_pixels_and_nothing_else():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[0x8298] = "All rights reserved"
    picture = stored(icc_profile=profile, exif=exif)
    assert picture.copyright_notice == "All rights reserved"
    for extension in FORMATS:
        image = opened(picture, 480, extension)
        assert not {"icc_profile", "exif", "xmp", "photoshop"} & image.info.keys()


def test_a_copy_is_made_once():
    picture = stored()
    opened(picture, 480, "jpg")
    [name] = files(picture)
    assert name == f"480-{RECIPE}.jpg"
    kept = Path(picture.file.storage.path(f"{renditions.folder(picture)}/{name}"))
    kept.write_bytes(b"kept")
    with rendition(picture, 480, "jpg") as file:
        assert file.read() == b"kept"


def test_many_who_ask_at_once_get_one_whole_copy():
    picture, found = stored((2400, 1600)), []

    def ask():
        with rendition(picture, 960, "webp") as file:
            found.append(file.read())

    askers = [Thread(target=ask) for _ in range(6)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert files(picture) == [f"960-{RECIPE}.webp"]


def test_what_breaks_off_leaves_nothing(monkeypatch):
    picture = stored()
    monkeypatch.setattr(renditions.Path, "replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        rendition(picture, 480, "jpg")
    assert files(picture) == []


@pytest.mark.parametrize(
    ("width", "name", "offered"),
    [
        (480, "two-colours.avif", True),
        (1200, "two-colours.jpg", True),
        (481, "two-colours.jpg", False),
        (2160, "two-colours.jpg", False),
        (480, "two-colours.png", False),
        (480, "other.jpg", False),
        (480, "two-colours.tiff", False),
    ],
)
def test_only_what_is_listed_can_be_asked_for(width, name, offered):
    assert renditions.is_offered(stored(), width, name) is offered
