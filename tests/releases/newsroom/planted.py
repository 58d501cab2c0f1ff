"""Texts with a word of their own in every field, so that any trace of them can be found."""

from dataclasses import replace
from datetime import date
from itertools import count

from contacts.models import Contact
from donations.models import Appeal
from releases.content import Attachment, Content, Figure
from releases.models import Topic
from tests.make import (
    make_appeal,
    make_contact,
    make_content,
    make_document,
    make_picture,
    make_topic,
)

number = count(1000)
#: A day that no other release has: its year is an address, and it stands in lists and feeds.
DAY = date(1987, 5, 4)
DAY_AS_WRITTEN = ("1987-05-04", "May 4, 1987", "sitemap-1987")


class Words:
    """Hands out words, none of which contains another, and remembers them."""

    def __init__(self) -> None:
        self.given: dict[str, str] = {}

    def __call__(self, field: str) -> str:
        """Return a new word for a field, fit for an address too."""
        self.given[field] = word = f"q{next(number)}z{field}x"
        return word

    def phone(self, field: str) -> str:
        """Return a new phone number (E.164)."""
        self.given[field] = phone = f"+1202555{next(number):04d}"
        return phone


def planted_topic(word: Words) -> Topic:
    """A topic with its own words."""
    return make_topic(
        word("topic"),
        slug=word("topicslug"),
        name_es=word("topices"),
        name_pt_br=word("topicpt"),
        description=word("topicdescription"),
    )


def planted_contact(word: Words) -> Contact:
    """A contact with its own words and photo."""
    return make_contact(
        word("contact"),
        slug=word("contactslug"),
        role=word("role"),
        email=f"{word('mail')}@example.org",
        phone=word.phone("phone"),
        mobile=word.phone("mobile"),
        photo=make_picture(f"{word('photo')}.png"),
    )


def planted_content(word: Words, **fields) -> Content:
    """Whole content with a word in every field."""
    content = make_content(
        headline=word("headline"),
        subhead=word("subhead"),
        slug=word("slug"),
        dateline=word("dateline"),
        dated=DAY,
        summary=word("summary"),
        body=f"<p>{word('body')}</p><p><em>{word('second')}</em></p>",
        topics=(planted_topic(word).pk,),
        contacts=(planted_contact(word).pk,),
        figures=(
            Figure(
                make_picture(f"{word('picture')}.png").pk,
                word("alt"),
                word("caption"),
                word("credit"),
                rights=word("rights"),
            ),
        ),
        attachments=(Attachment(make_document(f"{word('document')}.csv").pk, word("title")),),
    )
    word.given.update(zip(("day", "daywords", "dayaddress"), DAY_AS_WRITTEN, strict=True))
    return replace(content, **fields)


def planted_appeal(word: Words, **columns) -> Appeal:
    """An appeal with its own words."""
    return make_appeal(
        word("appeal"),
        heading=word("heading"),
        text=word("appealtext"),
        button=word("button"),
        url=f"https://www.example.org/{word('give')}",
        **columns,
    )
