"""Each rule by itself, over plain values: a case that it finds, and one that it lets pass."""

from dataclasses import replace
from datetime import date

import pytest

from releases.checks import (
    RULES,
    Level,
    Subject,
    addresses,
    apply,
    parts,
    style,
    translations,
    words,
)
from releases.checks.addresses import well_formed
from releases.checks.subject import Family
from releases.content import Attachment, Content, Figure

WHOLE = {
    "headline": "The IMF was wrong",
    "slug": "the-imf",
    "dateline": "Lima",
    "summary": "A summary long enough for every list and card.",
    "body": '<p>Text with <a href="https://example.org/a">a link</a>.</p>',
    "topics": (1,),
}
TODAY, YESTERDAY = date(2026, 5, 5), date(2026, 5, 4)


def subject(people: int = 1, taken: bool = False, public: bool = False, **fields) -> Subject:
    return Subject(Content(**{**WHOLE, **fields}), people, taken, TODAY, public)


def translation(**family) -> Subject:
    """A release among others of its family."""
    return replace(subject(), family=Family(**family))


BROKEN = [
    (translations.language, Level.ERROR, translation(languages=frozenset({"en"}))),
    (translations.translated, Level.ERROR, translation(headline=WHOLE["headline"])),
    (translations.translated, Level.ERROR, translation(body=WHOLE["body"])),
    (translations.behind, Level.WARNING, translation(based_on=1, edition=2)),
    (translations.behind, Level.WARNING, translation(based_on=0, edition=2)),
    (parts.headline, Level.ERROR, subject(headline=" ")),
    (parts.headline_length, Level.WARNING, subject(headline="a" * 111)),
    (parts.headline_capitals, Level.WARNING, subject(headline="THE IMF WAS WRONG")),
    (parts.dateline, Level.WARNING, subject(dateline="")),
    (style.typed_dateline, Level.WARNING, subject(body="<p>La Paz — The text.</p>")),
    (style.house_style, Level.WARNING, subject(headline='The "IMF" was wrong')),
    (parts.date, Level.WARNING, subject(dated=date(2026, 5, 4))),
    (parts.text, Level.ERROR, subject(body="<p></p>")),
    (addresses.links, Level.ERROR, subject(body='<p><a href="/here">a</a></p>')),
    (words.placeholders, Level.ERROR, subject(subhead="TK")),
    (words.quotations, Level.WARNING, subject(body="<p>“Open.</p>")),
    (words.long_paragraphs, Level.WARNING, subject(body=f"<p>{'word ' * 151}</p>")),
    (parts.summary, Level.WARNING, subject(summary="")),
    (parts.topic, Level.ERROR, subject(topics=())),
    (parts.contact, Level.ERROR, subject(people=0)),
    (parts.address, Level.ERROR, subject(slug="a b")),
    (parts.pictures, Level.ERROR, subject(figures=(Figure(1, "IMG_2041.jpg"),))),
    (parts.titles, Level.ERROR, subject(attachments=(Attachment(1, " "),))),
    (parts.rights, Level.WARNING, subject(figures=(Figure(1, "A", use_until=YESTERDAY),))),
]


@pytest.mark.parametrize(
    ("rule", "level", "broken"), BROKEN, ids=lambda one: getattr(one, "__name__", "")
)
def test_a_rule_finds_what_it_is_for_and_nothing_else(rule, level, broken):
    assert rule(broken).level is level
    assert rule(subject()) is None


def test_every_rule_is_tried():
    assert {rule for rule, _level, _broken in BROKEN} == set(RULES)


@pytest.mark.parametrize(
    "family",
    [
        {"languages": frozenset({"es", "pt-br"})},
        {"headline": "El FMI se equivocó", "body": "<p>Texto.</p>"},
        {"based_on": 2, "edition": 2},
        # What was begun before the first edition has that one.
        {"based_on": 0, "edition": 1},
    ],
)
def test_a_good_translation_has_an_empty_checklist(family):
    assert not apply(translation(**family))


def test_a_whole_release_has_an_empty_checklist():
    assert not apply(subject())


@pytest.mark.parametrize(
    ("href", "whole"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("mailto:a@example.org", True),
        ("mailto:", False),
        ("mailto:nobody", False),
        ("tel:+12025550123", True),
        ("javascript:alert(1)", False),
        ("/relative", False),
        ("www.example.org", False),
        ("https://", False),
        ("https://nowhere", False),
        ("https://[", False),
        ("#fn1", True),
    ],
)
def test_which_links_are_whole(href, whole):
    assert well_formed(href) is whole
