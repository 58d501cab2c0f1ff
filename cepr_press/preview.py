"""Text that is still being typed, as the newsroom will show it. Nothing is stored or cached.

Here and not at the desk, which does not know the newsroom: the page is the newsroom's own.
"""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from cepr_press.middleware import NEWSROOM_POLICY
from contacts.models import Contact
from donations.shown import on_release
from files.models import Document, Picture
from releases import plain_release, publishing, slugs, timekeeping
from releases.content import TEXT_FIELDS, Content, figure_columns
from releases.desk.access import release_for
from releases.desk.typed import typed
from releases.html import plain_text
from releases.models import Edition, EditionAttachment, EditionFigure, Release, Topic
from releases.newsroom import queries
from releases.newsroom.context import boilerplate, office
from releases.newsroom.embargo import CLOSED
from releases.newsroom.figures import (
    Addresses,
    ShownAttachment,
    ShownFigure,
    attached,
    copies,
    interrupted,
    laid_out,
    shown,
)

# No stored edition has it: among the releases of its day the unsaved one is the newest.
STAND_IN = 2**62
PAGES = {"page": "newsroom/release.html", "mail": "preview/mail.html", "card": "preview/card.html"}


@require_POST
@permission_required("releases.change_release", raise_exception=True)
def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show what the form holds now; `?as=` chooses page, mail or card."""
    release = release_for(request, pk) if pk else None
    template = PAGES.get(request.GET.get("as", "page"), PAGES["page"])
    content = typed(request.POST, release)
    with translation.override(content.language):
        response = render(request, template, _context(request, content, release))
    # The newsroom's policy, as for the page itself: no script runs, whatever was typed.
    for name, value in {**CLOSED, "Content-Security-Policy": NEWSROOM_POLICY}.items():
        response.headers[name] = value
    return response


def _edition(content: Content, release: Release | None) -> Edition:
    """Return an edition that is not stored, with what publishing now would fill in."""
    now = timekeeping.now()
    former = publishing.newest_edition(release) if release else None
    content = publishing.as_published(content, now, former)
    values = {name: getattr(content, name) for name in TEXT_FIELDS}
    if not slugs.PATTERN.fullmatch(content.slug):
        values["slug"] = slugs.from_headline(content.slug or content.headline)
    return Edition(pk=STAND_IN, release=release, number=1, public_from=now, **values)


def _context(request: HttpRequest, content: Content, release: Release | None) -> dict[str, Any]:
    """Return all that the page, the mail and the card show."""
    edition = _edition(content, release)
    topics = queries.by_name(Topic.objects.filter(pk__in=content.topics))
    people = Contact.objects.select_related("photo").in_bulk(content.contacts)
    contacts = [people[pk] for pk in content.contacts if pk in people]
    for one in contacts:
        one.shown_photo = copies(one.photo, AT_THE_DESK) if one.photo else None
    canonical = request.build_absolute_uri(edition.get_absolute_url())
    appeals = on_release(edition, timekeeping.now(), [one.pk for one in topics])()
    pieces = laid_out(edition.body, edition.dateline, _figures(content))
    return {
        "edition": edition,
        "pieces": interrupted(pieces, appeals["inside_after"]),
        "topics": topics,
        "contacts": contacts,
        "attachments": _attachments(content),
        "editions_public": [],
        "corrections": [],
        "canonical_url": canonical,
        "plain": _plain(edition, contacts, canonical),
        **vars(queries.around(timekeeping.now(), edition, topics)),
        **appeals,
    }


def _figures(content: Content) -> list[ShownFigure]:
    """Return the stored pictures in their order, at the addresses where staff may see them."""
    stored = Picture.objects.in_bulk([figure.picture for figure in content.figures])
    found = []
    for figure in content.figures:
        row = EditionFigure(**figure_columns(figure))
        row.picture = stored[figure.picture]
        found.append(shown(row, timezone.localdate(), AT_THE_DESK))
    return found


def _original(picture: Picture) -> str:
    return reverse("admin:releases_release_picture", args=[picture.key])


def _copy(picture: Picture, width: int, name: str) -> str:
    return reverse("admin:releases_release_rendition", args=[picture.key, width, name])


def _document(document: Document) -> str:
    return reverse("admin:releases_release_document", args=[document.key])


AT_THE_DESK = Addresses(_original, _copy, _document)


def _attachments(content: Content) -> list[ShownAttachment]:
    """Return the stored documents in their order."""
    stored = Document.objects.in_bulk([one.document for one in content.attachments])
    rows = [
        EditionAttachment(document=stored[one.document], title=one.title)
        for one in content.attachments
    ]
    return [attached(row, AT_THE_DESK) for row in rows]


def _plain(edition: Edition, contacts: list[Contact], address: str) -> str:
    """Return the text as a mail carries it."""
    lines = [
        (one.name, one.role, one.phone_display, one.mobile_display, one.email)
        for one in contacts
        if one.active
    ]
    return plain_release.write(
        plain_release.PlainRelease(
            kicker=edition.kicker,
            dated=date_format(edition.day, translation.pgettext("date format", "F j, Y")),
            contacts=tuple(", ".join(filter(None, line)) for line in lines),
            headline=edition.headline,
            subhead=edition.subhead,
            dateline=edition.dateline,
            body=edition.body,
            about=plain_text(boilerplate().about) or str(office()["about"]),
            address=address,
        )
    )
