"""Where an appeal stands: at the end, between paragraphs, on a topic's page, in a newsletter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from lxml import html

from donations.models import Appeal
from releases import sharing
from releases.models import Release
from tests.forms import Form, form_in
from tests.make import make_appeal, make_edition, make_topic, make_user

FIVE = "".join(f"<p>Paragraph {n}.</p>" for n in range(1, 6))
HEADING = "Between the Lines"


def page(client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def order(client, edition) -> list[str]:
    """What the text is made of, in order: paragraphs, other blocks, the appeal."""
    (text,) = page(client, edition.get_absolute_url()).find_class("release-text")
    found = []
    for one in text.iterchildren():
        if "prose" in one.get("class", ""):
            found += [" ".join(block.text_content().split()) for block in one]
        elif "appeal" in one.get("class", ""):
            found.append("APPEAL")
    return found


@pytest.mark.parametrize(
    ("body", "after", "before"),
    [
        (FIVE, 1, "Paragraph 2."),
        (FIVE, 3, "Paragraph 4."),
        (FIVE, 4, "Paragraph 5."),
        (FIVE, 5, None),
        (FIVE, 9, None),
        (
            "<p>One.</p><ul><li><p>No.</p></li><li>No.</li></ul><p>Two.</p><p>Three.</p>",
            2,
            "Three.",
        ),
        ("<p>One.</p><blockquote><p>No.</p><p>No.</p></blockquote><p>Two.</p><p>End</p>", 2, "End"),
        (
            "<p>One.</p><table><tr><td><p>No.</p></td><td>No.</td></tr></table><p>Two.</p><p>End</p>",
            2,
            "End",
        ),
        ("<p>One.</p><h2>Next</h2><p>Two.</p>", 1, "Next"),
    ],
)
def test_it_stands_between_paragraphs_of_the_text_itself(stranger, body, after, before):
    make_appeal(heading=HEADING, placement="inside", after_paragraph=after)
    edition = make_edition(body=body, dateline="")
    found = order(stranger, edition)
    assert found.count("APPEAL") == (1 if before else 0)
    if before:
        assert found[found.index("APPEAL") + 1] == before
    plain = make_edition(body=body, dateline="", language="es")
    assert [one for one in found if one != "APPEAL"] == order(stranger, plain)


def test_the_end_and_the_inside_have_one_each(stranger):
    make_appeal("end", heading="At the End")
    make_appeal("inside", heading=HEADING, placement="inside", after_paragraph=1)
    make_appeal("topic", heading="For the Topic", placement="topic")
    make_appeal("mail", heading="For the Mail", placement="mail")
    edition = make_edition(body=FIVE, slug="the-slug")
    shown = page(stranger, edition.get_absolute_url())
    assert shown.xpath("//aside//h2/text()") == [HEADING, "At the End"]
    assert shown.xpath("//a[@class='appeal-button']/@href") == [
        "/donate/inside/?from=the-slug", "/donate/end/?from=the-slug",
    ]  # fmt: skip
    assert len(set(shown.xpath("//*[@id]/@id"))) == len(shown.xpath("//*[@id]"))


@pytest.mark.parametrize("suffix", ["txt", "md", "json", "docx", "pdf"])
def test_files_and_feeds_hold_the_text_alone(stranger, suffix):
    edition = make_edition(body=FIVE, slug="the-slug")
    before = stranger.get(f"/releases/the-slug.{suffix}")
    feed = stranger.get("/feed.atom").content
    make_appeal(heading=HEADING, placement="inside", after_paragraph=1)
    assert HEADING in stranger.get(edition.get_absolute_url()).content.decode()
    assert stranger.get(f"/releases/the-slug.{suffix}").content == before.content
    assert stranger.get("/feed.atom").content == feed


def test_a_topic_s_page_has_its_own(stranger):
    topic = make_topic()
    make_edition(topics=(topic.pk,))
    assert not page(stranger, topic.get_absolute_url()).find_class("appeal")
    make_appeal("end", heading="At the End").topics.add(topic)
    make_appeal("everywhere", heading="On All Topics", placement="topic")
    shown = page(stranger, topic.get_absolute_url())
    assert shown.xpath("//aside//h2/text()") == ["On All Topics"]
    make_appeal("own", heading="On This", placement="topic", is_default=False).topics.add(topic)
    shown = page(stranger, topic.get_absolute_url())
    assert shown.xpath("//aside//h2/text()") == ["On This"]
    assert shown.xpath("//a[@class='appeal-button']/@href") == ["/donate/own/"]


def test_what_waits_for_its_moment_is_named_to_nobody(stranger):
    """The page of a share link shows an appeal; its button does not say of what."""
    make_appeal("winter", heading="At the End")
    edition = make_edition(timezone.now() + timedelta(hours=1), slug="embargoed-secret")
    release = Release.objects.get(pk=edition.release_id)
    secret = sharing.make_link(release, make_user("publisher"), "Jo", "The Daily")
    shown = html.fromstring(stranger.post(f"/embargo/{secret}/").content.decode())
    assert shown.xpath("//a[@class='appeal-button']/@href") == ["/donate/winter/"]


# --- At the desk ---------------------------------------------------------------------------------


@pytest.fixture
def desk(publisher) -> Client:
    client = Client()
    client.force_login(publisher)
    return client


def opened(client, place: str) -> Form:
    """The form of an appeal."""
    return form_in(client.get(place), "appeal_form")


def previewed(client, **changed: str) -> HttpResponse:
    """What the button below a new appeal's form shows."""
    form = opened(client, "/desk/donations/appeal/add/")
    return replace(form, address=PREVIEW).post(client, "Show the preview", changed)


PREVIEW = "/desk/donations/appeal/preview/"


@pytest.mark.parametrize(
    ("placement", "tells"),
    [("end", "Headline of It"), ("inside", "Headline of It"), ("topic", "Bolivia"), ("mail", "")],
)
def test_the_preview_shows_what_is_typed_before_it_is_saved(desk, placement, tells):
    topic = make_topic("Bolivia")
    make_edition(headline="Headline of It", body=FIVE, topics=(topic.pk,))
    answer = previewed(
        desk, heading="Just <b>typed</b>", text="And this.", button="Press",
        placement=placement, after_paragraph="2", url="https://cepr.net/give",
    )  # fmt: skip
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.count("Just &lt;b&gt;typed&lt;/b&gt;") >= 1
    assert tells in text
    assert "https://cepr.net/give?" in text
    assert "/donate/" not in text
    assert not Appeal.objects.exists()
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_preview_takes_what_is_half_typed_and_wrong(desk):
    form = {"after_paragraph": "many", "placement": "roof", "url": "javascript:alert(1)",
            "language": "xx", "topics": "1 OR 1", "releases": ["", "9" * 40]}  # fmt: skip
    for editions in range(2):
        answer = desk.post(PREVIEW, form)
        assert answer.status_code == 200, editions
        assert "javascript:" not in answer.content.decode()
        make_edition()


def test_a_newsletter_gets_plain_text_and_html_with_its_own_address(desk):
    appeal = make_appeal("winter", placement="mail", heading="Give & <take>", language="es")
    shown = page(desk, f"/desk/donations/appeal/{appeal.pk}/change/")
    plain, markup = shown.xpath("//section[@aria-labelledby='newsletter']//textarea/text()")
    assert "Give & <take>" in plain
    assert "Give: http://testserver/es/donate/winter/" in plain
    assert "<h2>Give &amp; &lt;take&gt;</h2>" in markup
    assert 'href="http://testserver/es/donate/winter/"' in markup
    other = make_appeal("end")
    assert not page(desk, f"/desk/donations/appeal/{other.pk}/change/").xpath(
        "//section[@aria-labelledby='newsletter']"
    )


def test_errors_stand_beside_their_fields_and_nothing_is_lost(desk):
    appeal = make_appeal("winter")
    place = f"/desk/donations/appeal/{appeal.pk}/change/"
    changed = {"heading": "New", "url": "https://evil.example/", "weight": "0",
               "fallback_url": "http://cepr.net/", "after_paragraph": "99"}  # fmt: skip
    answer = opened(desk, place).post(desk, "Save", changed)
    assert answer.status_code == 200
    shown = html.fromstring(answer.content.decode())
    wrong = {
        name
        for name in ("url", "weight", "fallback_url", "after_paragraph", "heading")
        if shown.xpath(f"//div[contains(@class,'field-{name}')]//*[@class='errorlist']")
    }
    assert wrong == {"url", "weight", "fallback_url", "after_paragraph"}
    assert shown.xpath("//input[@id='id_heading']/@value") == ["New"]
    appeal.refresh_from_db()
    assert appeal.heading == "Support us"


def test_the_short_name_stays(desk):
    appeal = make_appeal("winter")
    place = f"/desk/donations/appeal/{appeal.pk}/change/"
    form = opened(desk, place)
    assert "name" not in form.values
    form.values["name"] = "other"
    assert "was changed" in form.post(desk, "Save", {"heading": "New"}).content.decode()
    appeal.refresh_from_db()
    assert (appeal.name, appeal.heading) == ("winter", "New")


def test_only_those_who_may_change_appeals_preview_them(writer):
    client = Client()
    client.force_login(writer)
    assert client.post(PREVIEW, {}).status_code == 403
    appeal = make_appeal()
    shown = page(client, f"/desk/donations/appeal/{appeal.pk}/change/")
    assert not shown.xpath("//iframe")
    client.force_login(make_user("publisher"))
    assert page(client, f"/desk/donations/appeal/{appeal.pk}/change/").xpath("//iframe")
