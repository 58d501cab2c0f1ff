"""Importing at the desk: a file becomes a draft, after a person has decided on its changes."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from files.models import Picture
from releases.models import Release
from tests.make import make_user
from tests.releases.desk.steps import signed_in
from tests.word_files import deleted, inserted, picture, run, whole, with_paragraphs

pytestmark = pytest.mark.django_db
ADDRESS = reverse("admin:releases_release_import")
TRACKED = with_paragraphs(run("Fares ") + deleted("fell", 1) + inserted("rose", 2) + run(" again."))


def choose(client: Client, data: bytes, name: str = "release.docx", **answers: str):
    file = BytesIO(data)
    file.name = name
    return client.post(ADDRESS, {"file": file, **answers}, follow=True)


@pytest.fixture
def writer() -> Client:
    return signed_in(make_user("writer"))


def test_a_word_file_becomes_a_draft_with_its_pictures(writer: Client):
    answer = choose(writer, whole())
    release = Release.objects.get()
    assert answer.redirect_chain[-1][0] == f"/desk/releases/release/{release.pk}/change/"
    assert (release.headline, release.stage) == ("Ferry Fares Doubled", "draft")
    assert [one.alt for one in release.figures.all()] == ["A ferry at the pier"]
    assert "fn1" in release.body


def test_what_was_left_out_stands_beside_the_draft_until_it_is_settled(writer: Client):
    choose(writer, whole())
    release = Release.objects.get()
    told = release.comments.get(settled_at__isnull=True).text
    for words in ("DRAFT 4, not for release", "Is this number right?", "Pull quote here", "a+b=c"):
        assert words in told
    page = writer.get(f"/desk/releases/release/{release.pk}/change/").content.decode()
    assert "Pull quote here" in "".join(html.fromstring(page).xpath("//*[@id='comments']//text()"))


def test_a_web_page_and_a_text_become_drafts(writer: Client):
    page = b"<html><head><title>x</title></head><body><h1>Rice Rose</h1>"
    page += (
        b"<p>Lima &mdash; Rice <b>rose</b> again.</p><img src='a.png' alt='A field'></body></html>"
    )
    choose(writer, page, "page.txt")
    choose(writer, b"Beans Fell\n\nLima - Beans fell.", "text.docx")
    newest, first = Release.objects.order_by("-pk")
    assert (first.headline, first.dateline) == ("Rice Rose", "Lima")
    assert first.body == "<p>Rice <strong>rose</strong> again.</p>"
    assert "A field" in first.comments.get().text
    assert newest.headline == "Beans Fell"


def test_tracked_changes_are_asked_about_and_nothing_is_kept(writer: Client):
    page = choose(writer, TRACKED).content.decode()
    assert html.fromstring(page).xpath("//ol//del/text()") == ["fell"]
    assert html.fromstring(page).xpath("//ol//ins/text()") == ["rose"]
    assert not Release.objects.exists()
    assert not Picture.objects.exists()


def digest(client: Client) -> str:
    page = html.fromstring(choose(client, TRACKED).content.decode())
    return page.xpath("//input[@name='of']/@value")[0]


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        ({"answer": "accept"}, "<p>Fares rose again.</p>"),
        ({"answer": "reject"}, "<p>Fares fell again.</p>"),
        (
            {"answer": "each", "change-d0": "reject", "change-d1": "accept"},
            "<p>Fares fellrose again.</p>",
        ),
    ],
)
def test_the_draft_is_made_as_decided(writer: Client, answers: dict[str, str], text: str):
    choose(writer, TRACKED, of=digest(writer), **answers)
    release = Release.objects.get()
    assert text in (release.body or f"<p>{release.subhead}</p>")


def test_an_open_change_is_asked_about_again(writer: Client):
    answer = {"of": digest(writer), "answer": "each", "change-d0": "accept"}
    assert "1 change is not decided yet." in choose(writer, TRACKED, **answer).content.decode()
    assert not Release.objects.exists()


def test_another_file_is_not_decided_on_by_the_answers_for_the_first(writer: Client):
    other = with_paragraphs(run("Rice ") + deleted("sank", 1) + run(" again."))
    page = choose(writer, other, of=digest(writer), answer="accept").content.decode()
    assert "This is another file than before." in page
    assert "sank" in page
    assert not Release.objects.exists()


def test_a_disguised_file_is_what_its_content_says(writer: Client):
    page = choose(writer, picture().getvalue(), "release.docx").content.decode()
    assert "looks like a picture" in page
    assert not Release.objects.exists()
    choose(writer, whole(), "photo.jpg")
    assert Release.objects.get().headline == "Ferry Fares Doubled"


def test_a_refused_file_says_why_beside_the_field(writer: Client):
    page = choose(writer, b"%PDF-1.7", "release.docx").content.decode()
    assert "looks like a PDF document" in page
    assert not Release.objects.exists()


def test_a_draft_is_put_in_house_style_and_the_log_says_so(writer: Client):
    text = 'Ferry Fares "Doubled"\n\nLima -- It\'s so, she said.\n\nMore text - and more.\n'
    choose(writer, text.encode(), "release.txt")
    release = Release.objects.get()
    assert release.headline == "Ferry Fares “Doubled”"
    assert "More text — and more." in release.body
    assert "put in house style" in release.acts.last().why
