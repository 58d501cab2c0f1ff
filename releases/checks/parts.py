"""The parts of a release: is each there, and fit to go out?"""

import re

from django.utils.translation import gettext as _

from releases import slugs
from releases.checks.subject import Problem, Subject, warning
from releases.housestyle import opening_place
from releases.html import plain_text

LONG_HEADLINE = 110  # characters; longer ones are cut in mails, cards and search results
SHORT_SUMMARY, LONG_SUMMARY = 40, 300  # characters
FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|webp|tiff?|gif)|(?:IMG|DSC|DSCN|PXL)[-_ ]?\d+", re.I)


def headline(subject: Subject) -> Problem | None:
    """A release has a headline."""
    if subject.content.headline.strip():
        return None
    return Problem("headline", _("Write a headline."))


def headline_length(subject: Subject) -> Problem | None:
    """A headline can be read at a glance."""
    length = len(subject.content.headline.strip())
    if length <= LONG_HEADLINE:
        return None
    return warning(
        "headline",
        _("The headline has %(length)d characters; up to %(most)d are read at a glance.")
        % {"length": length, "most": LONG_HEADLINE},
    )


def headline_capitals(subject: Subject) -> Problem | None:
    """A headline is not shouted; a word or two may be all abbreviation ("IMF, WTO")."""
    words = re.findall(r"[^\W\d_]{2,}", subject.content.headline)
    if len(words) < 3 or not all(word.isupper() for word in words):
        return None
    return warning("headline", _("The headline is all in capitals."))


def dateline(subject: Subject) -> Problem | None:
    """The text opens with the place it comes from; one typed into it has a rule of its own."""
    if subject.content.dateline.strip() or opening_place(subject.content.body)[0]:
        return None
    return warning("dateline", _("No dateline: the text will open without a place."))


def date(subject: Subject) -> Problem | None:
    """What readers have not seen yet is seldom dated in the past."""
    dated = subject.content.dated
    if dated is None or subject.ever_public or dated >= subject.today:
        return None
    return warning("dated", _("The date is in the past, and the release was never public."))


def text(subject: Subject) -> Problem | None:
    """A release says something."""
    if plain_text(subject.content.body).strip():
        return None
    return Problem("body", _("Write the text."))


def summary(subject: Subject) -> Problem | None:
    """A summary was written, and has the length that lists and cards have room for."""
    length = len(subject.content.summary.strip())
    if not length:
        return warning("summary", _("No summary: the beginning of the text will stand for it."))
    if SHORT_SUMMARY <= length <= LONG_SUMMARY:
        return None
    return warning(
        "summary",
        _("The summary has %(length)d characters; %(least)d to %(most)d fit everywhere.")
        % {"length": length, "least": SHORT_SUMMARY, "most": LONG_SUMMARY},
    )


def topic(subject: Subject) -> Problem | None:
    """A release has a topic, or nobody finds it."""
    return None if subject.content.topics else Problem("topics", _("Choose at least one topic."))


def contact(subject: Subject) -> Problem | None:
    """A release names somebody whom a journalist can call."""
    if subject.reachable_contacts:
        return None
    return Problem("contacts", _("Name at least one active media contact who has a phone number."))


def address(subject: Subject) -> Problem | None:
    """A release has an address that no other release was published under."""
    if not subject.content.slug:
        return Problem("slug", _("Give the release an address."))
    if not slugs.PATTERN.fullmatch(subject.content.slug):
        return Problem("slug", _("Write the address with letters, digits and hyphens only."))
    if subject.address_taken:
        return Problem(
            "slug",
            _("Another release was published at “%(slug)s”; choose another address.")
            % {"slug": subject.content.slug},
        )
    return None


def pictures(subject: Subject) -> Problem | None:
    """Each picture says in words what it shows (WCAG 2.2, 1.1.1); a file's name says nothing.

    One that is decoration has none.
    """
    speaking = [one for one in subject.content.figures if not one.decorative]
    words = [figure.alt.strip() for figure in speaking]
    if not all(words):
        return Problem(
            "figures", _("Say in words what each picture shows, or that it is only decoration.")
        )
    if any(FILE_NAME.fullmatch(one) for one in words):
        return Problem("figures", _("Say what the picture shows; the name of its file does not."))
    return None


def rights(subject: Subject) -> Problem | None:
    """What goes out may still be used."""
    days = [one.use_until for one in subject.content.figures if one.use_until]
    if not days or min(days) >= subject.today:
        return None
    return warning(
        "figures",
        _("A picture’s last day of use has passed: readers will see it, but not be offered it."),
    )


def titles(subject: Subject) -> Problem | None:
    """Each file says what it is; its name says nothing."""
    if all(one.title.strip() for one in subject.content.attachments):
        return None
    return Problem("attachments", _("Give each file a title that says what it is."))
