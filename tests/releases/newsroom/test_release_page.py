"""The release page and its editions, as a reader meets them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from lxml import html

from releases import workflow
from releases.content import Figure
from releases.models import Address, Release
from tests.make import (
    make_appeal,
    make_contact,
    make_content,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def page(client, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status
    return html.fromstring(answer.content)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_it_reads_like_a_release(stranger):
    topic = make_topic("Bolivia", slug="bolivia")
    contact = make_contact("Ana Cruz", phone="+12025550147", mobile="+5491123456789")
    figure = Figure(make_picture().pk, "A square", "What it shows", "Photographer")
    edition = make_edition(
        headline="The headline", subhead="The subhead", dateline="La Paz", kind="statement",
        dated=date(2021, 12, 4), body="<p>First.</p><p>Second.</p>",
        topics=(topic.pk,), contacts=(contact.pk,), figures=(figure,),
    )  # fmt: skip
    shown = page(stranger, edition.get_absolute_url())
    words = text(shown.xpath("//main")[0])
    order = ["Statement", "Bolivia", "The headline", "The subhead", "December 4, 2021"]
    places = [words.index(word) for word in [*order, "La Paz — First.", "Second."]]
    assert places == sorted(places)
    assert text(shown.xpath("//h1")[0]) == "The headline"
    hrefs = shown.xpath("//main//@href")
    assert {"tel:+12025550147", "tel:+5491123456789", f"mailto:{contact.email}"} <= set(hrefs)
    assert {"/topics/bolivia/", contact.get_absolute_url()} <= set(hrefs)
    assert shown.xpath("//figure//img/@alt") == ["A square"]
    assert "What it shows Photographer." in words
    assert "(202) 555-0147" in words


def test_the_picture_is_sent_as_it_is_stored(stranger):
    picture = make_picture("chart.png")
    address = make_edition(figures=(Figure(picture.pk, "A"),)).figures.get().picture
    answer = stranger.get(address.get_absolute_url())
    assert answer.headers["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == picture.file.read()
    wrong = picture.get_absolute_url().replace("chart", "other")
    assert stranger.get(wrong).status_code == 404


def test_contacts_come_in_their_order(stranger):
    people = [make_contact(name) for name in ("Zoe", "Abe", "Mia")]
    edition = make_edition(contacts=tuple(one.pk for one in people))
    names = page(stranger, edition.get_absolute_url()).xpath("//*[@class='contact-name']/a/text()")
    assert names == ["Zoe", "Abe", "Mia"]


def test_an_old_release_shows_today_s_number(stranger):
    contact = make_contact(phone="+12025550111")
    edition = make_edition(contacts=(contact.pk,))
    contact.phone = "+12025550199"
    contact.save()
    hrefs = page(stranger, edition.get_absolute_url()).xpath("//@href")
    assert "tel:+12025550199" in hrefs
    assert "tel:+12025550111" not in hrefs


def test_where_a_contact_has_left_the_office_answers(stranger, settings):
    contact = make_contact("Ana Cruz", phone="+12025550111", role="Director")
    edition = make_edition(contacts=(contact.pk,))
    contact.active = False
    contact.save()
    shown = page(stranger, edition.get_absolute_url())
    (card,) = shown.xpath("//li[@class='contact']")
    assert card.xpath(".//a/@href") == [
        f"tel:{settings.PRESS_OFFICE['phone']}",
        f"mailto:{settings.PRESS_OFFICE['email']}",
    ]
    assert "Ana Cruz" in text(card)
    assert stranger.get(contact.get_absolute_url()).status_code == 404
    assert "Ana Cruz" not in stranger.get("/contacts/").content.decode()


def test_the_appeal_tells_which_release_led_there(stranger):
    make_appeal("winter", url="https://www.example.org/give?a=1")
    edition = make_edition(slug="the-slug")
    (href,) = page(stranger, edition.get_absolute_url()).xpath("//a[@class='appeal-button']/@href")
    assert href == "/donate/winter/?from=the-slug"
    way_out = stranger.get(href)
    assert way_out.status_code == 303
    assert way_out.headers["Location"].startswith("https://www.example.org/give?a=1&")
    assert "utm_term=winter" in way_out.headers["Location"]
    assert "utm_content=the-slug" in way_out.headers["Location"]


def test_a_release_is_found_at_its_own_language_only(stranger):
    edition = make_edition(language="es", slug="comunicado")
    assert edition.get_absolute_url() == "/es/releases/comunicado/"
    shown = page(stranger, "/es/releases/comunicado/")
    assert shown.get("lang") == "es"
    for address in ("/releases/comunicado/", "/pt-br/releases/comunicado/"):
        assert stranger.get(address).status_code == 404


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/es", "es"), ("/pt-br", "pt-br")])
def test_each_language_lists_its_own(stranger, prefix, language):
    for code in ("en", "es", "pt-br"):
        make_edition(language=code, headline=f"Headline in {code}.")
    for address in ("/", "/releases/", "/feed.atom"):
        answer = stranger.get(prefix + address).content.decode()
        shown = {code for code in ("en", "es", "pt-br") if f"Headline in {code}." in answer}
        assert shown == {language}


def test_a_topic_has_its_name_in_each_language(stranger):
    topic = make_topic("Haiti", slug="haiti", name_es="Haití", name_pt_br="")
    for code in ("en", "es", "pt-br"):
        make_edition(language=code, topics=(topic.pk,))
    names = [
        text(page(stranger, f"{prefix}/topics/haiti/").xpath("//h1")[0])
        for prefix in ("", "/es", "/pt-br")
    ]
    assert names == ["Haiti", "Haití", "Haiti"]


# --- Editions ------------------------------------------------------------------------------------


def test_each_edition_keeps_its_address(stranger):
    first = make_edition(body="<p>Two and two is five.</p>")
    second = make_next_edition(first, note="The sum was wrong.", body="<p>It is four.</p>")
    current = page(stranger, second.get_absolute_url())
    assert "It is four." in text(current)
    assert "Two and two" not in text(current)
    assert "The sum was wrong." in text(current)
    former = page(stranger, first.get_permanent_url())
    assert "Two and two is five." in text(former)
    assert "It has been replaced" in text(former)
    assert second.get_absolute_url() in former.xpath("//p[@class='notice']/a/@href")
    assert not page(stranger, second.get_permanent_url()).xpath("//p[@class='notice']")


def test_an_edition_that_is_alone_is_not_called_replaced(stranger):
    shown = page(stranger, make_edition().get_permanent_url())
    assert not shown.xpath("//p[@class='notice']")
    assert not shown.xpath("//*[@id='editions']")


def test_a_typing_error_has_no_note_but_its_edition(stranger):
    second = make_next_edition(make_edition(), reason="typo", note="", headline="Spelled")
    shown = page(stranger, second.get_absolute_url())
    assert not shown.xpath("//*[@id='corrections']")
    assert len(shown.xpath("//section[@aria-labelledby='editions']//li")) == 2


def test_a_superseded_edition_still_shows_its_picture(stranger):
    first = make_edition(figures=(Figure(make_picture("old.png").pk, "The old chart"),))
    make_next_edition(first, figures=(Figure(make_picture("new.png").pk, "The new chart"),))
    (source,) = page(stranger, first.get_permanent_url()).xpath("//figure//img/@src")
    assert stranger.get(source).status_code == 200


def test_no_link_of_a_superseded_edition_is_dead(stranger):
    """Its topic and its contact may stand on no public edition any more."""
    first = make_edition(figures=(Figure(make_picture().pk, "The old chart"),))
    make_next_edition(first, topics=(make_topic().pk,), contacts=(make_contact().pk,), figures=())
    hrefs = set(page(stranger, first.get_permanent_url()).xpath("//main//@href"))
    inner = sorted(href for href in hrefs if href.startswith("/"))
    assert [href for href in inner if stranger.get(href).status_code != 200] == []


def test_a_former_address_leads_to_the_present_one(stranger):
    """As after a change of language: both addresses stay with the release."""
    first = make_edition(slug="report")
    release = Release.objects.get(pk=first.release_id)
    content = make_content(slug="report", language="es", headline="Informe")
    release = workflow.save(release.pk, release.changed_by, release.version, content)
    release = workflow.submit(release.pk, release.changed_by, release.version)
    release = workflow.approve(release.pk, make_user("editor"), release.version)
    workflow.publish(
        release.pk, make_user("publisher"), release.version, None, "update", "Translated."
    )
    answer = stranger.get("/releases/report/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/es/releases/report/")
    assert stranger.get("/es/releases/report/").status_code == 200
    assert {str(one) for one in Address.objects.all()} == {"en/report", "es/report"}


def test_the_time_of_a_scheduled_change_is_kept(stranger, time_machine):
    moment = timezone.now() + timedelta(hours=2)
    first = make_edition(headline="Former words")
    make_next_edition(first, moment, headline="Later words")
    seen = []
    for step in (-1, 0):
        time_machine.move_to(moment + timedelta(seconds=step), tick=False)
        shown = page(stranger, first.get_absolute_url())
        seen.append(text(shown.xpath("//h1")[0]))
    assert seen == ["Former words", "Later words"]
