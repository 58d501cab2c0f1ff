"""What pages tell programs in the words of schema.org, as blocks of JSON-LD 1.1."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Contact
from releases.html import data_block
from releases.models import Edition, Topic
from releases.newsroom.figures import copies

Data = dict[str, Any]
# Makes an address within the site one of the whole net.
Absolute = Callable[[str], str]
CONTEXT = "https://schema.org"


def blocks(*data: Data) -> list[str]:
    """Return each as a block for the head of a page (newsroom/_structured.html)."""
    return [data_block({"@context": CONTEXT, **one}) for one in data]


def organization(absolute: Absolute) -> Data:
    """Return who publishes: the office, by its full name, with its home in this language."""
    office = settings.PRESS_OFFICE
    return {
        "@type": "Organization",
        "name": str(office["full_name"] or office["name"]),
        "url": absolute(reverse("newsroom:home")),
    }


def press_office(absolute: Absolute) -> Data:
    """Return the same with how to reach it; no mail address, which harvesters would take."""
    office = settings.PRESS_OFFICE
    found = {
        **organization(absolute),
        "alternateName": str(office["name"]),
        "description": str(office["tagline"]),
        "address": str(office["address"]),
    }
    phone = str(office["phone"])
    point = {"@type": "ContactPoint", "contactType": "press", "telephone": phone}
    return {**_said(found), **({"contactPoint": point} if phone else {})}


def person(absolute: Absolute, contact: Contact) -> Data:
    """Return whom journalists may call."""
    photo = copies(contact.photo).src if contact.photo else ""
    return _said(
        {
            "@type": "Person",
            "name": contact.name,
            "jobTitle": contact.role,
            "telephone": contact.phone or contact.mobile,
            "knowsLanguage": contact.languages,
            "image": absolute(photo) if photo else "",
            "url": absolute(contact.get_absolute_url()),
            "worksFor": organization(absolute),
        }
    )


def breadcrumbs(absolute: Absolute, *steps: tuple[str, str]) -> Data:
    """Return the way to a page from home, by names and addresses; the last is the page itself."""
    way = [(_("Home"), reverse("newsroom:home")), *steps]
    items = [
        {
            "@type": "ListItem",
            "position": number,
            "name": name,
            "item": absolute(address),
        }
        for number, (name, address) in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def news_article(
    absolute: Absolute,
    edition: Edition,
    begun: Sequence[Edition],
    topics: Sequence[Topic],
    images: Sequence[str],
) -> Data:
    """Return a release as a NewsArticle.

    The words are those of the edition shown, the moments those of the release; `begun` are all its
    editions that have begun, the newest first, `images` absolute addresses.
    """
    home = edition.present or edition
    office = organization(absolute)
    noted = [one for one in begun if one.note]
    return _said(
        {
            "@type": "NewsArticle",
            "headline": edition.headline,
            "alternativeHeadline": edition.subhead,
            "description": edition.summary,
            "image": list(images),
            "inLanguage": edition.language,
            "datePublished": begun[-1].public_from.isoformat(),
            "dateModified": begun[0].public_from.isoformat(),
            "mainEntityOfPage": absolute(home.get_absolute_url()),
            "isAccessibleForFree": True,
            "about": [_topic(absolute, one) for one in topics],
            "author": office,
            "publisher": office,
            "correction": [_comment(one) for one in noted],
        }
    )


def _topic(absolute: Absolute, topic: Topic) -> Data:
    address = absolute(topic.get_absolute_url())
    return {"@type": "Thing", "name": topic.name, "url": address}


def _comment(edition: Edition) -> Data:
    """Return an edition's note as a CorrectionComment."""
    return {
        "@type": "CorrectionComment",
        "text": edition.note,
        "datePublished": edition.public_from.isoformat(),
    }


def _said(data: Data) -> Data:
    """Leave out what is empty: nothing is said of it."""
    return {name: value for name, value in data.items() if value not in ("", [], None)}
