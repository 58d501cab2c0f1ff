"""Pictures of a release: each comes in through the gate, or is refused beside its field."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from files.models import Picture
from releases.content import read
from releases.models import Release, ReleaseFigure
from tests.forms import form_in, words_of
from tests.make import make_release
from tests.releases.desk.steps import opened, said, signed_in

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


# --- Dropped or pasted into the text -------------------------------------------------------------


def dropped(client, release, upload):
    """Send a file as the form's script does."""
    address = f"/desk/releases/release/{release.pk}/pictures/"
    return client.post(address, {"upload": upload, "seen": release.version})


def test_a_dropped_picture_is_stored_and_hangs_on_the_release_once_it_is_saved(writer):
    release, client = make_release(), signed_in(writer)
    told = dropped(client, release, drawn()).json()
    picture = Picture.objects.get(key=told["key"])
    assert (told["width"], told["height"], told["credit"]) == (8, 8, picture.credit)
    assert not release.figures.exists()
    shown = client.get(f"/desk/releases/release/pictures/{picture.key}/small/")
    assert shown.headers["Content-Type"] == "image/webp"
    form = opened(client, release)
    row = form.add_row("figures")
    body = f'<p>One.</p><figure data-picture="{picture.key}"></figure><p>Two.</p>'
    form.post(client, "Save", {f"{row}kept": picture.key, f"{row}alt": "A", "body": body})
    release.refresh_from_db()
    assert release.figures.get().picture == picture
    assert release.body == body.replace("><", ">\n<").replace(">\n</figure", "></figure")


def test_a_dropped_file_that_is_refused_is_told_why_and_leaves_nothing(writer, settings):
    upload = SimpleUploadedFile("drawing.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    answer = dropped(signed_in(writer), make_release(), upload)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("This is an SVG drawing.")
    assert not Picture.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_who_is_signed_out_drops_nothing(stranger):
    assert dropped(stranger, make_release(), drawn()).status_code == 401
    assert not Picture.objects.exists()


# --- What is said of a picture -------------------------------------------------------------------


def test_rights_last_day_focus_and_decoration_are_kept(writer):
    release, client = make_release(), signed_in(writer)
    form = opened(client, release)
    row = form.add_row("figures")
    said = {
        "upload": drawn(), "decorative": "on", "rights": "Free", "use_until": "2031-05-06",
        "focus_x": "20", "focus_y": "",
    }  # fmt: skip
    form.post(client, "Save", {f"{row}{name}": value for name, value in said.items()})
    [figure] = read(Release.objects.get(pk=release.pk)).figures
    assert figure.decorative
    assert (figure.rights, figure.use_until) == ("Free", date(2031, 5, 6))
    assert (figure.focus_x, figure.focus_y) == (20, 50)
    again = opened(client, release)
    assert again.values["figures-0-use_until"] == "2031-05-06"
    response = again.post(client, "Submit for review")
    assert "Say in words what each picture shows" not in response.content.decode()


def test_a_focus_outside_the_picture_is_refused(writer):
    client = signed_in(writer)
    form = opened(client, make_release())
    row = form.add_row("figures")
    response = form.post(client, "Save", {f"{row}upload": drawn(), f"{row}focus_x": "101"})
    assert "less than or equal to 100" in response.content.decode()
    assert not Picture.objects.exists()


@pytest.mark.parametrize("formset", ["figures", "attachments"])
def test_one_empty_row_is_there_without_scripts_and_may_stay_empty(writer, formset):
    client = signed_in(writer)
    release = make_release(writer)
    form = opened(client, release)
    assert form.values[f"{formset}-TOTAL_FORMS"] == "1"
    assert f"{formset}-0-upload" in form.values
    assert "Saved." in said(form.post(client, "Save", {"headline": "Without a picture"}))[0]
    assert read(Release.objects.get()).figures == ()
