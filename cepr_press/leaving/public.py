"""What readers can see, as files: each edition as ninjs and Markdown, pictures, people, topics."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest
from django.utils import translation

from contacts.models import Contact
from contacts.vcard import vcard
from donations.models import Appeal
from releases.formats import FORMATS
from releases.formats.shape import Facts
from releases.models import Edition, Topic
from releases.newsroom import queries
from releases.newsroom.facts import facts_of

#: A file of the export: its path, and its content.
Written = tuple[str, bytes]
#: What a release is written as, by the suffix of its format.
SUFFIXES = ("json", "md")
COLUMNS = ("file", "release", "edition", "title", "alt", "caption", "credit", "rights")


def asked_at(address: str) -> HttpRequest:
    """Return a request as a reader makes it at this address: it says how the site is called."""
    parts = urlsplit(address)
    environ = {
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": parts.hostname or "localhost",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(),
    }
    return WSGIRequest(environ)


def files(request: HttpRequest, at: datetime) -> Iterator[Written]:
    """Give all that is public at this moment."""
    media: list[dict[str, Any]] = []
    for current in Edition.objects.public(at).order_by("pk").iterator(100):
        yield from _release(request, current, at, media)
    yield from stored(sorted({str(one["file"]) for one in media}))
    yield "media.csv", _table(media)
    yield "contacts.vcf", "".join(_cards(request, at)).encode()
    yield "topics.json", as_json(list(_topics(request, at)))
    yield "appeals.json", as_json(list(_appeals(at)))


def stored(names: Iterable[str]) -> Iterator[Written]:
    """Give the files of the storage with these names, those that are there."""
    for name in names:
        if default_storage.exists(name):
            with default_storage.open(name) as file:
                yield f"media/{name}", file.read()


def as_json(said: object) -> bytes:
    """Return a value as JSON that people can read."""
    return (json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _release(
    request: HttpRequest, current: Edition, at: datetime, media: list[dict[str, Any]]
) -> Iterator[Written]:
    """Give a release's editions that have begun, as their own addresses show them."""
    begun = list(queries.begun_of_address(at, current.language, current.slug))
    for one in begun:
        one.present = current
    for edition in begun:
        facts = facts_of(request, edition, at, begun)
        folder = f"releases/{current.language}/{current.slug}/{edition.number}"
        with translation.override(facts.language):
            for suffix in SUFFIXES:
                yield f"{folder}/release.{suffix}", FORMATS[suffix].make(facts)
        media.extend(_media(current, edition, facts))


def _media(current: Edition, edition: Edition, facts: Facts) -> Iterator[dict[str, Any]]:
    """Give a line for each picture and, with the public edition, each document."""
    of = {"release": current.slug, "edition": edition.number}
    for one in facts.figures:
        words = {name: getattr(one, name) for name in ("alt", "caption", "credit", "rights")}
        yield {"file": one.file, **of, **words}
    if edition == current:
        for link in queries.attachments_of(edition.pk):
            yield {"file": str(link.document.file.name), **of, "title": link.title}


def _table(lines: list[dict[str, Any]]) -> bytes:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, COLUMNS, restval="")
    table.writeheader()
    table.writerows(lines)
    return text.getvalue().encode()


def _cards(request: HttpRequest, at: datetime) -> Iterator[str]:
    found: dict[int, Contact] = {}
    for code, _name in settings.LANGUAGES:
        found |= {one.pk: one for one in queries.contacts(at, code)}
    for one in found.values():
        page = request.build_absolute_uri(one.get_absolute_url())
        yield vcard(one, str(settings.PRESS_OFFICE["full_name"]), page)


def _topics(request: HttpRequest, at: datetime) -> Iterator[dict[str, Any]]:
    found: dict[int, Topic] = {}
    for code, _name in settings.LANGUAGES:
        found |= {one.pk: one for one in queries.topics(at, code)}
    for one in found.values():
        names = {key: text for key, text in vars(one).items() if key.startswith("name_")}
        page = request.build_absolute_uri(one.get_absolute_url())
        yield {"slug": one.slug, **names, "page": page}


def _appeals(at: datetime) -> Iterator[dict[str, Any]]:
    shown = ("name", "language", "heading", "text", "button", "url")
    yield from Appeal.objects.running(at).order_by("pk").values(*shown)
