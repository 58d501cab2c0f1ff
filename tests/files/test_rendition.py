"""Smaller copies of admitted pictures."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms

from files.gate import PictureRefused, admit_picture, rendition


def make_file(encoder="JPEG", size=(1200, 800), mode="RGB", **options):
    out = BytesIO()
    Image.radial_gradient("L").resize(size).convert(mode).save(out, encoder, **options)
    return out.getvalue()


def opened(data):
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("encoder", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("width", [1, 100, 599, 1199, 1200])
def test_it_has_the_width_asked_for_and_the_same_shape_and_format(encoder, width):
    picture = opened(rendition(make_file(encoder), width))

    assert picture.format == encoder
    assert picture.width == width
    assert abs(picture.height - width * 2 / 3) <= 1


def test_it_is_never_made_larger():
    assert opened(rendition(make_file(size=(30, 20)), 1000)).size == (30, 20)


def test_a_line_of_pixels_stays_visible():
    assert opened(rendition(make_file("PNG", (2000, 1)), 100)).size == (100, 1)
    assert opened(rendition(make_file("JPEG", (1, 2000)), 100)).size == (1, 2000)


def test_it_carries_the_colour_profile_and_nothing_else():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Secret Name"
    for encoder in ("JPEG", "PNG", "WEBP"):
        data = make_file(encoder, icc_profile=profile, exif=exif)
        assert b"Secret Name" in data
        small = rendition(data, 90)
        assert opened(small).info["icc_profile"] == profile, encoder
        assert b"Secret Name" not in small, encoder


def test_alpha_is_kept():
    for encoder in ("PNG", "WEBP"):
        see_through = Image.new("RGBA", (300, 200), (200, 0, 0, 77))
        out = BytesIO()
        see_through.save(out, encoder)
        alpha = opened(rendition(out.getvalue(), 90)).getpixel((45, 30))[3]
        assert abs(alpha - 77) <= 2, encoder


def test_it_is_smaller_in_bytes():
    data = admit_picture(make_file(), "a.jpg").data

    assert len(rendition(data, 300)) < len(data) / 4


def test_pixels_are_averaged_not_skipped():
    stripes = Image.new("L", (1000, 10))
    for x in range(0, 1000, 2):
        stripes.paste(255, (x, 0, x + 1, 10))
    out = BytesIO()
    stripes.save(out, "PNG")

    small = opened(rendition(out.getvalue(), 100))

    assert all(110 < small.getpixel((x, 0)) < 145 for x in range(5, 95))


@pytest.mark.parametrize("width", [0, -5])
def test_a_width_below_one_is_a_mistake_of_the_caller(width):
    with pytest.raises(ValueError, match="at least 1 pixel") as raised:
        rendition(make_file(), width)
    assert not isinstance(raised.value, PictureRefused)


def test_what_is_no_picture_is_refused():
    with pytest.raises(PictureRefused):
        rendition(b"%PDF-1.7", 100)
