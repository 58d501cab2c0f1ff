"""Parts of pages are kept, and never shown for other values than those they were made for."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from releases import sharing
from releases.content import Figure
from releases.models import Topic
from releases.newsroom.parts import frozen, kept, page
from tests.make import (
    make_appeal,
    make_contact,
    make_edition,
    make_next_edition,
    make_picture,
    make_topic,
    make_user,
)

DAY = timedelta(days=1)
NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


def text(client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_page_asked_for_again_is_the_same_text_from_what_is_kept(stranger):
    address = make_edition().get_absolute_url()
    first, rendered = text(stranger, address), len(kept.texts)
    assert rendered > 3
    assert text(stranger, address) == first
    assert len(kept.texts) == rendered


def test_a_changed_phone_number_stands_on_every_page_at_once(stranger):
    contact = make_contact("Ann Lee", phone="+12025550123")
    addresses = [
        make_edition(contacts=(contact.pk,)).get_absolute_url(),
        make_edition(contacts=(contact.pk,)).get_absolute_url(),
        "/contacts/",
        contact.get_absolute_url(),
    ]
    for address in addresses:
        assert "(202) 555-0123" in text(stranger, address)
    contact.phone = "+12025550199"
    contact.save()
    for address in addresses:
        assert "(202) 555-0199" in text(stranger, address), address
        assert "555-0123" not in text(stranger, address), address


def test_a_contact_who_left_and_a_renamed_topic_are_seen_at_once(stranger):
    contact, topic = make_contact("Ann Lee", phone="+12025550123"), make_topic("Old Name")
    address = make_edition(contacts=(contact.pk,), topics=(topic.pk,)).get_absolute_url()
    assert {"555-0123" in text(stranger, address), "Old Name" in text(stranger, address)} == {True}
    contact.active, topic.name_en = False, "New Name"
    contact.save()
    topic.save()
    page = text(stranger, address)
    assert "No longer with the office" in page
    assert "New Name" in page
    assert "555-0123" not in page
    assert "Old Name" not in page


def test_an_appeal_comes_and_goes_with_its_second(stranger):
    lift = timezone.now().replace(microsecond=0) + DAY
    address = make_edition().get_absolute_url()
    make_appeal(heading="For One Hour", starts_at=lift, ends_at=lift + timedelta(hours=1))
    for moment, shown in (
        (lift - timedelta(seconds=1), False),
        (lift, True),
        (lift + timedelta(minutes=59, seconds=59), True),
        (lift + timedelta(hours=1), False),
    ):
        with time_machine.travel(moment, tick=False):
            assert ("For One Hour" in text(stranger, address)) is shown, moment


def test_the_next_edition_takes_over_in_its_second_and_the_former_stays_itself(stranger):
    first = make_edition(headline="First Words")
    lift = timezone.now().replace(microsecond=0) + DAY
    make_next_edition(first, at=lift, headline="Second Words", note="Why It Changed")
    address = first.get_absolute_url()
    for moment, shown, hidden in (
        (lift - timedelta(seconds=1), "First Words", "Second Words"),
        (lift, "Second Words", "First Words"),
        (lift - timedelta(seconds=1), "First Words", "Why It Changed"),
    ):
        with time_machine.travel(moment, tick=False):
            page = text(stranger, address)
            assert shown in page
            assert hidden not in page
    with time_machine.travel(lift, tick=False):
        assert "First Words" in text(stranger, first.get_permanent_url())


def test_a_new_release_stands_next_to_a_kept_page_and_a_withdrawn_moment_does_not(stranger):
    topic = make_topic()
    address = make_edition(topics=(topic.pk,)).get_absolute_url()
    assert "Late News" not in text(stranger, address)
    lift = timezone.now().replace(microsecond=0) + DAY
    make_edition(at=lift, topics=(topic.pk,), headline="Late News")
    for seconds, shown in ((-1, False), (0, True), (-1, False)):
        with time_machine.travel(lift + timedelta(seconds=seconds), tick=False):
            assert ("Late News" in text(stranger, address)) is shown


def test_staff_at_another_moment_and_readers_never_get_each_others_pages(stranger, client):
    client.force_login(make_user("writer"))
    tomorrow = timezone.now() + DAY
    contact = make_contact("Ann Lee")
    address = make_edition(contacts=(contact.pk,)).get_absolute_url()
    below = f"/desk/at/{tomorrow.isoformat()}"
    make_edition(at=tomorrow, headline="Tomorrow's News", contacts=(contact.pk,))
    for _round in range(2):
        staffs, readers = text(client, below + address), text(stranger, address)
        assert "Only staff see this page." in staffs
        assert f'href="{below}/contacts/{contact.slug}/"' in staffs
        assert "Tomorrow&#x27;s News" in staffs
        assert "Only staff" not in readers
        assert "/desk/at/" not in readers
        assert "Tomorrow" not in readers
        assert f'href="{contact.get_absolute_url()}"' in readers


def test_each_language_has_its_own_words(stranger):
    contact = make_contact("Ann Lee", phone="+12025550123")
    english = make_edition(contacts=(contact.pk,)).get_absolute_url()
    spanish = make_edition(contacts=(contact.pk,), language="es").get_absolute_url()
    for _round in range(2):
        assert "People to call" in text(stranger, english)
        assert "(202) 555-0123" in text(stranger, english)
        assert "People to call" not in text(stranger, spanish)
        assert "+1 202-555-0123" in text(stranger, spanish)


def test_a_picture_behind_a_share_link_and_on_the_page_has_two_addresses(stranger):
    def of_picture(page: str) -> list[str]:
        return re.findall(r'(?:src|srcset|href)="(/(?:media|embargo)/[^"]+)"', page)

    edition = make_edition(NOON, figures=(Figure(make_picture().pk, "A square"),))
    secret = sharing.make_link(edition.release, make_user("publisher"), "Ann")
    with time_machine.travel(NOON - timedelta(hours=1), tick=False):
        shared = stranger.post(f"/embargo/{secret}/").content.decode()
    with time_machine.travel(NOON, tick=False):
        public = text(stranger, edition.get_absolute_url())
    assert len(of_picture(public)) == len(of_picture(shared)) == 5
    assert all(one.startswith("/media/") for one in of_picture(public))
    assert all(one.startswith(f"/embargo/{secret}/") for one in of_picture(shared))


def test_what_asks_the_database_while_it_is_written_is_not_kept(db):
    edition = make_edition(topics=(make_topic("Early").pk,))
    written = Template('{% load parts %}{% part "newsroom/_edition_item.html" edition=edition %}')
    assert "Early" in written.render(Context({"edition": edition}))
    Topic.objects.update(name_en="Late")
    assert "Late" in written.render(Context({"edition": edition}))
    assert not [key for key in kept.texts if key[0] == "newsroom/_edition_item.html"]


WORKED_OUT: list[str] = []


def worked_out(title: str) -> dict[str, str]:
    WORKED_OUT.append(title)
    return {"title": title}


def asked_for(slug: str) -> dict[str, str]:
    return {"title": Topic.objects.get(slug=slug).name_en}


def test_what_follows_is_worked_out_once_for_the_same_facts(rf, db):
    WORKED_OUT.clear()
    for title in ("One", "Other", "One"):
        answer = page(rf.get("/"), "newsroom/topics.html", partial(worked_out, title))
        assert answer.status_code == 200
    assert WORKED_OUT == ["One", "Other"]


def test_what_asks_the_database_is_worked_out_each_time(rf, db):
    topic = make_topic("Early")
    page(rf.get("/"), "newsroom/topics.html", partial(asked_for, topic.slug))
    assert "newsroom/topics.html" not in {key[0] for key in kept.texts}


def test_a_function_that_remembers_something_is_not_known_by_its_arguments(db):
    secret = "behind a link"
    with pytest.raises(TypeError):
        frozen(partial(lambda: {"secret": secret}))


def test_a_part_sees_nothing_but_its_values(db):
    written = Template('{% load parts %}{% part "newsroom/_lead.html" edition=None %}')
    assert "hidden" not in written.render(Context({"edition": {"headline": "hidden"}}))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<b>", SafeString("<b>")),
        (1, True),
        (0, False),
        (1, 1.0),
        ("1", 1),
        (None, ""),
        (["ab"], ["a", "b"]),
        ([[], "a"], [["a"]]),
        ({"a": 1}, {"b": 1}),
        (date(2031, 5, 6), datetime(2031, 5, 6)),  # noqa: DTZ001
    ],
)
def test_what_is_shown_differently_is_another_key(one, other):
    assert frozen(one) != frozen(other)


def test_a_record_is_known_by_all_its_columns_and_what_came_with_it(db):
    contact = make_contact(photo=make_picture())
    same = type(contact).objects.select_related("photo").get(pk=contact.pk)
    again = type(contact).objects.select_related("photo").get(pk=contact.pk)
    assert frozen(same) == frozen(again)
    for column, value in (("role", "Other"), ("languages", ["es"]), ("active", False)):
        changed = type(contact).objects.select_related("photo").get(pk=contact.pk)
        setattr(changed, column, value)
        assert frozen(changed) != frozen(same), column
    again.photo.credit = "Other"
    assert frozen(again) != frozen(same)


def test_a_record_that_leads_back_to_itself_has_a_key(db):
    edition = make_edition()
    edition.present = edition
    assert hash(frozen(edition)) == hash(frozen(edition))


def test_what_cannot_be_known_by_its_value_is_shown_and_not_kept(db):
    written = Template(
        '{% load parts %}{% part "newsroom/_month_name.html" first=day extra=extra %}'
    )
    shown = written.render(Context({"day": date(2031, 5, 6), "extra": object()}))
    assert "May 2031" in shown
    assert not kept.texts


def test_every_page_is_kept_whole(stranger):
    first = make_edition(contacts=(make_contact(photo=make_picture()).pk,), slug="here")
    make_next_edition(first, headline="Second Words", note="Why.")
    for address, template in (
        ("/", "home"),
        ("/releases/", "releases"),
        ("/releases/here/", "release"),
        ("/releases/here/editions/1/", "release"),
        ("/releases/here/editions/1/2/", "differences"),
        ("/topics/", "topics"),
        (first.topics.get().get_absolute_url(), "topic"),
        ("/contacts/", "contacts"),
        (first.contacts.get().get_absolute_url(), "contact"),
        ("/corrections/", "corrections"),
    ):
        kept.clear()
        assert stranger.get(address).status_code == 200
        assert f"newsroom/{template}.html" in {key[0] for key in kept.texts}, address


def test_what_is_kept_is_bounded(monkeypatch, stranger):
    monkeypatch.setattr("releases.newsroom.parts.MOST_CHARACTERS", 20_000)
    for _ in range(4):
        assert stranger.get(make_edition().get_absolute_url()).status_code == 200
    assert 0 < kept.size == sum(map(len, kept.texts.values())) <= 20_000
    with translation.override("es"):
        assert stranger.get("/es/").status_code == 200
