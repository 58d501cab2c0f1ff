"""The shapes of the API's answers, in the words of JSON Schema 2020-12."""

from typing import Any

from django.conf import settings

from releases.models.edition import Reason
from releases.models.text import Kind

Shape = dict[str, Any]


def text(description: str, **more: Any) -> Shape:
    """A text."""
    return {"type": "string", "description": description, **more}


def url(description: str) -> Shape:
    """An absolute address."""
    return text(description, format="uri")


def moment(description: str) -> Shape:
    """A moment with its zone (RFC 3339)."""
    return text(description, format="date-time")


def number(description: str) -> Shape:
    """A whole number from 1 on."""
    return {"type": "integer", "minimum": 1, "description": description}


def many(of: Shape, description: str) -> Shape:
    """A list."""
    return {"type": "array", "items": of, "description": description}


def named(name: str) -> Shape:
    """A shape of SHAPES, by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def whole(**fields: Shape) -> Shape:
    """An object with all of these fields, and no others."""
    required = list(fields)
    return {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


LANGUAGE = text("Its language (BCP 47).", enum=[code for code, _name in settings.LANGUAGES])
TOPIC = {
    "name": text("Its name in the language of the address."),
    "slug": text("What `topic` asks for."),
    "url": url("Its page."),
}
CONTACT = {
    "name": text("The name."),
    "role": text("What she or he is, or nothing."),
    "phone": text("By international rules (E.164), or nothing."),
    "mobile": text("By international rules (E.164), or nothing."),
    "languages": many(text("A code (BCP 47)."), "What the person speaks."),
    "url": url("The person's page."),
}
ITEM = {
    "id": text("`urn:uuid:`, the same for ever, whatever is corrected or moved."),
    "url": url("Its page."),
    "api_url": url("The whole of it here."),
    "kind": text("What it is.", enum=list(Kind.values)),
    "language": LANGUAGE,
    "headline": text("The title."),
    "subhead": text("The line below, or nothing."),
    "summary": text("One or two sentences, or nothing."),
    "date": text("The date printed on it.", format="date"),
    "published": moment("When its first edition became public."),
    "updated": moment("When the present edition did."),
    "edition": number("The number of the present edition."),
    "topics": many(named("Topic"), "What it is about."),
    "translations": many(named("Translation"), "The same release in other languages."),
    "card_url": url("A picture of the headline, 1200 × 630 pixels."),
}
WHOLE = {
    "dateline": text("The place, or nothing."),
    "body_html": text("The text, as HTML."),
    "body_text": text("The text, without markup."),
    "contacts": many(named("Contact"), "Whom to call, in their order."),
    "figures": many(named("Figure"), "Its pictures that may be used still, in their order."),
    "files": many(named("File"), "Its reports and data, in their order."),
    "notes": many(named("Note"), "Why it was changed, the latest first."),
    "editions": many(named("Edition"), "All that were public, the newest first."),
}
SHAPES: dict[str, Shape] = {
    "Topic": whole(**TOPIC),
    "Contact": whole(**CONTACT),
    "Translation": whole(language=LANGUAGE, url=url("Its page.")),
    "Figure": whole(
        url=url("The picture."),
        type=text("Its media type."),
        alt=text("What it shows."),
        caption=text("The words below it, or nothing."),
        credit=text("Whose it is, or nothing."),
    ),
    "File": whole(
        url=url("The file."),
        type=text("Its media type."),
        title=text("What it is."),
        size=number("How many bytes it has."),
    ),
    "Note": whole(
        edition=number("The edition that it explains."),
        reason=text("Why.", enum=list(Reason.values)),
        date=moment("When that edition became public."),
        text=text("The note."),
    ),
    "Edition": whole(
        number=number("Counted from 1."),
        date=moment("When it became public."),
        url=url("Its page, for ever."),
    ),
    "ReleaseItem": whole(**ITEM),
    "WholeRelease": whole(**ITEM, **WHOLE),
    "Releases": whole(
        items=many(named("ReleaseItem"), "Twenty at most, the newest first."),
        older_url={**url("The next page."), "type": ["string", "null"]},
        newer_url={**url("The page before."), "type": ["string", "null"]},
    ),
    "Topics": whole(items=many(named("Topic"), "From A to Z.")),
    "Contacts": whole(items=many(named("Contact"), "From A to Z.")),
    "Index": whole(
        language=LANGUAGE,
        releases_url=url("All releases."),
        topics_url=url("All topics."),
        contacts_url=url("Whom journalists may call."),
        description_url=url("What may be asked, as OpenAPI 3.1."),
    ),
    "Problem": whole(
        title=text("What is the matter."),
        status={"type": "integer", "description": "The status of the answer."},
    ),
}
