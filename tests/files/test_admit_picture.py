"""What the gate lets in, and what is left of it afterwards."""

import random
import zipfile
from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from files.gate import admit_picture

LEFT, RIGHT = (250, 10, 10), (10, 10, 250)


def make_picture(mode="RGB", size=(64, 40)):
    """Red on the left half, blue on the right, so that turns and colours can be told."""
    picture = Image.new("RGB", size, LEFT)
    picture.paste(RIGHT, (size[0] // 2, 0, *size))
    return picture.convert(mode)


def make_file(picture=None, encoder="JPEG", **options):
    out = BytesIO()
    (picture or make_picture()).save(out, encoder, **options)
    return out.getvalue()


def make_grey16(values):
    row = Image.new("I;16", (len(values), 1))
    for x, value in enumerate(values):
        row.putpixel((x, 0), value)
    return row


def opened(admitted):
    picture = Image.open(BytesIO(admitted.data))
    picture.load()
    return picture


def near(colour, wanted, distance=12):
    return all(abs(a - b) <= distance for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize(
    ("encoder", "format", "extension", "mime"),
    [
        ("JPEG", "jpeg", "jpg", "image/jpeg"),
        ("PNG", "png", "png", "image/png"),
        ("WEBP", "webp", "webp", "image/webp"),
        ("GIF", "png", "png", "image/png"),
        ("TIFF", "jpeg", "jpg", "image/jpeg"),
    ],
)
def test_each_kind_comes_out_as_a_kind_that_browsers_show(encoder, format, extension, mime):
    admitted = admit_picture(make_file(encoder=encoder), "photo")

    assert (admitted.format, admitted.extension, admitted.mime) == (format, extension, mime)
    assert (admitted.width, admitted.height) == (64, 40)
    assert opened(admitted).format == format.upper()
    assert near(opened(admitted).convert("RGB").getpixel((4, 20)), LEFT)


def test_the_type_is_told_by_content_not_by_name():
    assert admit_picture(make_file(encoder="PNG"), "photo.jpg").format == "png"


def test_a_jpeg_is_progressive():
    assert opened(admit_picture(make_file(), "a.jpg")).info["progressive"]


def test_alpha_is_kept_by_png_webp_and_tiff():
    see_through = make_picture("RGBA")
    see_through.putalpha(77)

    for encoder, options in [("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {})]:
        admitted = admit_picture(make_file(see_through, encoder, **options), "logo")
        assert opened(admitted).getpixel((4, 4))[3] == 77, encoder


def test_a_palette_with_a_transparent_colour_becomes_rgba():
    palette = make_picture().quantize(4)
    data = make_file(palette, "PNG", transparency=palette.getpixel((4, 4)))

    picture = opened(admit_picture(data, "chart.png"))

    assert picture.mode == "RGBA"
    assert picture.getpixel((4, 4))[3] == 0
    assert picture.getpixel((60, 4))[3] == 255


def test_bytes_hidden_in_a_palette_are_gone():
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette(b"<?php system(1);?>" + bytes(768 - 18))
    data = make_file(picture, "PNG")
    assert b"<?php" in data

    assert b"<?php" not in admit_picture(data, "chart.png").data


def test_a_lossless_webp_stays_exact():
    noise = Image.frombytes("RGB", (32, 32), random.Random(1).randbytes(32 * 32 * 3))
    admitted = admit_picture(make_file(noise, "WEBP", lossless=True, exif=b"Exif\0\0x"), "a.webp")

    assert opened(admitted).convert("RGB").tobytes() == noise.tobytes()


def test_sixteen_bits_of_grey_are_scaled_not_cut_off():
    data = make_file(make_grey16([0, 257, 32_896, 65_535]), "PNG")

    assert list(opened(admit_picture(data, "scan.png")).tobytes()) == [0, 1, 128, 255]


def test_sixteen_bits_of_grey_in_a_tiff_are_scaled_too():
    data = make_file(make_grey16([32_896] * 16), "TIFF")

    assert abs(opened(admit_picture(data, "scan.tif")).getpixel((8, 0)) - 128) <= 1


def test_cmyk_becomes_rgb():
    for encoder in ("JPEG", "TIFF"):
        admitted = admit_picture(make_file(make_picture("CMYK"), encoder), "print.jpg")
        assert opened(admitted).mode == "RGB"
        assert near(opened(admitted).getpixel((4, 20)), LEFT), encoder


def test_lab_becomes_rgb():
    lab = ImageCms.profileToProfile(
        make_picture(),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )

    picture = opened(admit_picture(make_file(lab, "TIFF"), "print.tif"))

    assert picture.mode == "RGB"
    assert near(picture.getpixel((4, 20)), LEFT)


@pytest.mark.parametrize("encoder", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_lying_on_its_side_is_turned_upright(encoder):
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6

    admitted = admit_picture(make_file(encoder=encoder, exif=exif), "phone.jpg")

    assert (admitted.width, admitted.height) == (40, 64)
    picture = opened(admitted).convert("RGB")
    assert near(picture.getpixel((20, 4)), LEFT, 30)
    assert near(picture.getpixel((20, 60)), RIGHT, 30)
    assert ExifTags.Base.Orientation not in picture.getexif()


def test_every_orientation_stands_as_pillow_would_turn_it():
    from_top_left = Image.new("RGB", (32, 16), "white")
    from_top_left.paste("black", (0, 0, 8, 8))
    corners = {1: "tl", 2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}
    for orientation, corner in corners.items():
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = orientation
        picture = opened(admit_picture(make_file(from_top_left, "PNG", exif=exif), "a.png"))
        x = 2 if "l" in corner else picture.width - 3
        y = 2 if "t" in corner else picture.height - 3
        assert picture.getpixel((x, y)) == (0, 0, 0), orientation
        assert picture.size == ((32, 16) if orientation < 5 else (16, 32)), orientation


@pytest.mark.parametrize("encoder", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_place_device_and_thumbnail_are_dropped(encoder):
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretCam"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (38.0, 54.0, 17.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = "SecretPlace"
    data = make_file(encoder=encoder, exif=exif)
    assert b"SecretCam" in data
    assert b"SecretPlace" in data or encoder == "TIFF"  # Pillow writes no GPS into TIFF

    admitted = admit_picture(data, "phone.jpg")

    assert b"Secret" not in admitted.data
    assert not opened(admitted).getexif()
    assert b"Exif" not in admitted.data


@pytest.mark.parametrize("marker", [b"<script>alert(1)</script>", b"<?php system('id'); ?>"])
def test_code_in_metadata_is_gone(marker):
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", marker.decode())
    text.add_itxt("XML:com.adobe.xmp", marker.decode())
    files = [
        make_file(comment=marker, xmp=marker),
        make_file(encoder="PNG", pnginfo=text),
        make_file(encoder="WEBP", xmp=marker),
        make_file(encoder="GIF", comment=marker),
        make_file(encoder="TIFF", description=marker.decode()),
    ]
    for data in files:
        assert marker in data
        assert marker not in admit_picture(data, "a.jpg").data


def test_code_in_the_credit_is_not_written_back():
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "Ana <script>alert(1)</script> Reyes <?php system('id'); ?>"

    admitted = admit_picture(make_file(exif=exif), "a.jpg")

    assert admitted.credit == "Ana alert(1) Reyes"
    assert b"<" not in admitted.data[: admitted.data.index(b"\xff\xda")].split(b"8BIM")[1][:120]


def test_what_is_appended_is_cut_off():
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as inside:
        inside.writestr("secret.txt", "payload")
    tails = [archive.getvalue(), b"<html><script>alert(1)</script></html>", b"*/=1;alert(1)//"]
    for encoder in ("JPEG", "PNG", "GIF"):
        for tail in tails:
            admitted = admit_picture(make_file(encoder=encoder) + tail, "a.jpg")
            assert tail not in admitted.data
            assert not zipfile.is_zipfile(BytesIO(admitted.data))


def test_a_gif_that_is_also_a_script_is_only_a_picture_afterwards():
    data = bytearray(make_file(Image.new("P", (0x2A2F, 1)), "GIF"))
    assert data[6:8] == b"/*"  # the width opens a comment: GIF89a/* … */=1;alert(1)
    script = bytes(data) + b"*/=1;alert(1)"

    admitted = admit_picture(script, "a.gif")

    assert admitted.data.startswith(b"\x89PNG")
    assert b"alert" not in admitted.data


def test_the_colour_profile_is_kept():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for encoder in ("JPEG", "PNG", "WEBP", "TIFF"):
        admitted = admit_picture(make_file(encoder=encoder, icc_profile=profile), "a.jpg")
        assert opened(admitted).info["icc_profile"] == profile, encoder


def test_bytes_behind_a_profile_are_cut_off():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    admitted = admit_picture(make_file(icc_profile=profile + b"hidden"), "a.jpg")

    assert opened(admitted).info["icc_profile"] == profile


def test_a_profile_that_is_broken_or_not_for_these_pixels_is_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    text = profile.index("No copyright".encode("utf-16-be"))
    with_script = profile[:text] + b"<script>alert(1)" + profile[text + 16 :]
    unfit = {
        "rubbish": b"\x00\x00\x00\xc8" + b"x" * 196,
        "cut short": profile[:-20],
        "script inside": with_script,
        "too big": (2 * 1024**2).to_bytes(4) + profile[4:] + bytes(2 * 1024**2 - len(profile)),
    }
    for why, bad in unfit.items():
        admitted = admit_picture(make_file(icc_profile=bad), "a.jpg")
        assert "icc_profile" not in opened(admitted).info, why
    grey = admit_picture(make_file(make_picture("L"), icc_profile=profile), "a.jpg")
    assert "icc_profile" not in opened(grey).info


def test_the_first_picture_of_a_phone_jpeg_with_several_is_taken():
    data = make_file(encoder="MPO", save_all=True, append_images=[Image.new("RGB", (20, 20))])

    admitted = admit_picture(data, "phone.jpg")

    assert (admitted.format, admitted.width) == ("jpeg", 64)
    assert len(admitted.data) < len(data)


def test_a_small_picture_of_pure_noise_passes():
    bits = random.Random(2).randbytes(260 * 260 * 3)
    noise = Image.frombytes("RGB", (260, 260), bytes(255 * (bit & 1) for bit in bits))

    assert admit_picture(make_file(noise, quality=100), "noise.jpg").width == 260


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_broken_exif_block_is_no_reason_to_refuse():
    admitted = admit_picture(make_file(exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12"), "a.jpg")

    assert admitted.width == 64


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Photo.JPG", "photo"),
        ("C:\\Users\\ana\\Informe Año 2026.jpeg", "informe-ano-2026"),
        ("../../etc/passwd.png", "passwd"),
        ("evil.php.jpg", "evil-php"),
        ("picture", "picture"),
        ("фото.jpg", "picture"),
        ("", "picture"),
        ('a"\r\nSet-Cookie: x.jpg', "a-set-cookie-x"),
        ("x" * 300 + ".png", "x" * 60),
        (".htaccess", "htaccess"),
    ],
)
def test_the_name_is_short_plain_ascii(given, kept):
    assert admit_picture(make_file(), given).name == kept


def test_admitting_again_changes_nothing_but_the_bytes():
    once = admit_picture(make_file(), "a.jpg")
    twice = admit_picture(once.data, "a.jpg")

    assert (twice.format, twice.width, twice.height) == (once.format, once.width, once.height)
