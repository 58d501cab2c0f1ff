"""IPTC ninjs 3.1 (News in JSON): a release for the systems of agencies and newsrooms.

The release is one news item for ever (`uri`, its `urn:uuid:`), each edition a version of it. A
withdrawn one is the same item, cancelled (https://iptc.org/standards/ninjs/).
"""

import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases.elements import serialise
from releases.formats.shape import (
    Document,
    Facts,
    Figure,
    Format,
    Gone,
    Person,
    note_heading,
    opened,
)
from releases.html import one_line, plain_text

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
}
#: Genres of IPTC's controlled vocabulary, where it has ours.
GENRES = {"press_release": "http://cv.iptc.org/newscodes/genre/Press_Release"}


def write(facts: Facts) -> bytes:
    """Return the item as JSON (RFC 8259)."""
    return _json(_item(facts))


def cancelled(gone: Gone) -> bytes:
    """Return what replaces the item of a withdrawn release: the same `uri`, cancelled, and why."""
    return _json(
        {
            "uri": gone.urn,
            "standard": STANDARD,
            "type": "text",
            "representationType": "partial",
            "version": str(gone.number),
            "versionCreated": _moment(gone.ended),
            "pubStatus": "canceled",
            "language": _language(gone.language),
            "headlines": [{"role": "main", "value": gone.headline}],
            "edNote": " ".join(filter(None, (gone.reason, gone.text, gone.instead))),
            "altIds": [{"role": "page", "value": gone.page}],
        }
    )


def _item(facts: Facts) -> dict[str, Any]:
    waits = facts.embargoed_until
    return {
        "uri": facts.urn,
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "version": str(facts.number),
        "firstCreated": _moment(facts.released),
        "versionCreated": _moment(facts.changed),
        "contentCreated": f"{facts.dated.isoformat()}T00:00:00Z",
        **({"embargoedUntil": _moment(waits)} if waits else {}),
        "pubStatus": "withheld" if waits else "usable",
        "language": _language(facts.language),
        "copyrightHolder": facts.office.full_name,
        "usageTerms": facts.release_line,
        "title": one_line(facts.headline),
        "slugline": facts.slug,
        "by": facts.office.full_name,
        **({"located": facts.dateline} if facts.dateline else {}),
        "edNote": "\n".join(filter(None, (facts.record_line, *_notes(facts)))),
        **_texts(facts),
        **_hung_on(facts),
    }


def _texts(facts: Facts) -> dict[str, Any]:
    """Return headlines, descriptions and the text, as HTML and plain."""
    body = serialise(opened(facts))
    plain = plain_text(body)
    second = [{"role": "subhead", "value": facts.subhead}] if facts.subhead else []
    return {
        "headlines": [{"role": "main", "value": facts.headline}, *second],
        "descriptions": [{"role": "summary", "value": facts.summary}] if facts.summary else [],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": body},
            {
                "role": "plain",
                "contentType": "text/plain",
                "charCount": len(plain),
                "wordCount": len(plain.split()),
                "value": f"{plain}\n\n###",
            },
        ],
    }


def _hung_on(facts: Facts) -> dict[str, Any]:
    """Return people, places, topics, pictures and the item's other names."""
    office = facts.office
    place = [{"name": facts.dateline, "rel": "dateline"}] if facts.dateline else []
    return {
        "people": [_person(one) for one in facts.contacts],
        "places": place,
        "subjects": [
            {"name": one.name, "uri": one.address, "rel": "about"} for one in facts.topics
        ],
        "genres": [{"name": facts.kicker, "uri": GENRES[facts.kind]}]
        if facts.kind in GENRES
        else [{"name": facts.kicker}],
        "infoSources": [
            {
                "name": office.full_name,
                "role": "publisher",
                "uri": office.home,
                "contactInfo": _reached(phone=office.phone, email=office.email),
            }
        ],
        "associations": [
            *(_picture(one) for one in facts.figures),
            *(_document(one) for one in facts.documents),
        ],
        "altIds": [
            {"role": "page", "value": facts.page},
            {"role": "edition", "value": facts.permanent},
        ],
        "trustIndicators": [{"title": _("Editions"), "href": f"{facts.page}editions/"}]
        if not facts.embargoed_until
        else [],
    }


def _person(person: Person) -> dict[str, Any]:
    reached = _reached(phone=person.phone, mobile=person.mobile, email=person.email)
    return {"name": person.name, "rel": "media-contact", "contactInfo": reached}


def _reached(**ways: str) -> list[dict[str, str]]:
    return [{"type": way, "value": value} for way, value in ways.items() if value]


def _picture(figure: Figure) -> dict[str, Any]:
    return {
        "name": figure.name,
        "uri": figure.address,
        "type": "picture",
        "pubStatus": "usable",
        "by": figure.credit,
        "usageTerms": figure.rights,
        "descriptions": [
            {"role": role, "value": value}
            for role, value in (("caption", figure.caption), ("alt", figure.alt))
            if value
        ],
        "renditions": [
            {
                "name": "original",
                "href": figure.address,
                "contentType": figure.mime,
                "width": figure.width,
                "height": figure.height,
            }
        ],
    }


def _document(document: Document) -> dict[str, Any]:
    """Return a file that goes with the release, as an item of its own."""
    file = {"name": "original", "href": document.address, "contentType": document.mime}
    return {
        "name": document.name,
        "uri": document.address,
        "type": "text",
        "pubStatus": "usable",
        "title": document.title or document.name,
        "renditions": [{**file, "sizeInBytes": document.size}],
    }


def _notes(facts: Facts) -> list[str]:
    return [f"{note_heading(one)}: {one.text}" for one in facts.notes]


def _language(code: str) -> str:
    """Return a language's tag as BCP 47 writes it: pt-BR."""
    head, _hyphen, region = code.partition("-")
    return f"{head}-{region.upper()}" if region else head


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _json(item: dict[str, Any]) -> bytes:
    """Return JSON without what is empty; lone surrogates have no place in UTF-8."""
    kept = {name: value for name, value in item.items() if value not in ("", [])}
    return json.dumps(kept, ensure_ascii=False, indent=1).encode(errors="replace")


FORMAT = Format(
    "json",
    "application/json; charset=utf-8",
    gettext_lazy("JSON for agencies (ninjs)"),
    write,
    place=5,
    version=2,
    gone=cancelled,
)
