"""Pictures of a release: each comes in through the gate, or is refused beside its field."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.models import Picture
from releases.models import ReleaseFigure
from tests.forms import form_in, words_of
from tests.make import make_release
from tests.releases.desk.steps import opened, signed_in

SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"


def drawn(name: str = "square.png") -> SimpleUploadedFile:
    """Return an upload as a browser sends it."""
    data = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def with_picture(client, upload, release=None, **words):
    """Open the form, add a picture to it, save; return the answer."""
    form = opened(client, release)
    row = form.add_row("figures")
    typed = {f"{row}{name}": value for name, value in words.items()}
    return form.post(client, "Save", {f"{row}upload": upload, **typed})


def test_a_picture_is_stored_with_its_words(writer):
    release = make_release()
    with_picture(signed_in(writer), drawn(), release, alt="A square", caption="Blue", credit="Ana")
    figure = release.figures.get()
    assert (figure.alt, figure.caption, figure.credit) == ("A square", "Blue", "Ana")
    assert (figure.picture.mime_type, figure.picture.width) == ("image/png", 8)


def test_a_picture_is_kept_when_the_text_is_saved_again(writer):
    release = make_release()
    client = signed_in(writer)
    with_picture(client, drawn(), release, alt="A square")
    before = release.figures.get().picture
    opened(client, release).post(client, "Save", {"headline": "Another"})
    assert release.figures.get().picture == before
    assert Picture.objects.count() == 1


def test_a_picture_is_taken_away(writer):
    release = make_release()
    client = signed_in(writer)
    with_picture(client, drawn(), release, alt="A square")
    opened(client, release).post(client, "Save", {"figures-0-DELETE": "on"})
    assert not release.figures.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("drawing.svg", SVG),
        ("photo.png", SVG),
        ("photo.jpg", b"<script>alert(1)</script>"),
        ("photo.jpg", b"GIF89a/*" + b"\x00" * 40 + b"*/=1;alert(1)"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
    ],
    ids=["svg", "svg-as-png", "page", "polyglot", "damaged"],
)
def test_what_the_gate_refuses_is_told_beside_the_field_and_nothing_is_stored(
    writer, name, data, settings
):
    release = make_release(headline="As it was")
    client = signed_in(writer)
    form = opened(client, release)
    row = form.add_row("figures")
    response = form.post(
        client,
        "Save",
        {
            "headline": "As it may become",
            f"{row}upload": SimpleUploadedFile(name, data, "image/png"),
            f"{row}alt": "A square",
        },
    )
    [sentence] = words_of(response, "//*[contains(@class, 'field-upload')]//ul/li")
    assert len(sentence.split()) > 3
    assert "alert" not in sentence
    release.refresh_from_db()
    assert release.headline == "As it was"
    assert not Picture.objects.exists()
    assert not ReleaseFigure.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_words_without_a_picture_are_asked_about(writer):
    release = make_release()
    response = with_picture(signed_in(writer), None, release, alt="A square")
    told = words_of(response, "//*[contains(@class, 'field-upload')]//ul/li")
    assert told == ["Choose a picture."]


def test_a_picture_without_words_is_saved_but_not_submitted(writer):
    release = make_release()
    client = signed_in(writer)
    with_picture(client, drawn(), release)
    response = opened(client, release).post(client, "Submit for review")
    release.refresh_from_db()
    assert release.stage == "draft"
    assert "Say in words what each picture shows, or that" in response.content.decode()


def test_a_form_that_is_refused_leaves_no_picture_behind(writer, settings):
    client = signed_in(writer)
    form = opened(client, make_release())
    row = form.add_row("figures")
    form.post(client, "Save", {f"{row}upload": drawn(), "dated": "some day"})
    assert not Picture.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_a_picture_outlives_a_collision(writer):
    """No browser fills in a file again: so it waits for the second attempt."""
    release = make_release()
    client = signed_in(writer)
    form = opened(client, release)
    opened(client, release).post(client, "Save", {"headline": "Meanwhile"})
    row = form.add_row("figures")
    response = form.post(client, "Save", {f"{row}upload": drawn(), f"{row}alt": "A square"})
    assert not release.figures.exists()
    form_in(response, "release_form").post(client, "Save")
    figure = release.figures.get()
    release.refresh_from_db()
    assert (figure.alt, figure.picture, release.headline) == (
        "A square", Picture.objects.get(), "Meanwhile",
    )  # fmt: skip


def test_a_picture_found_by_another_key_is_none(writer):
    release = make_release()
    client = signed_in(writer)
    form = opened(client, release)
    row = form.add_row("figures")
    response = form.post(client, "Save", {f"{row}kept": "A" * 22, f"{row}alt": "A square"})
    assert "Choose a picture." in response.content.decode()
    assert not release.figures.exists()
