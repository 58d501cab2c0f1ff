"""What files show of an edition, asked for anew each time: the facts of releases/formats."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from contacts.models import Contact
from contacts.phones import display
from releases.boilerplate import standing
from releases.figures import is_offered
from releases.formats import shape
from releases.html import plain_text, without_pictures
from releases.models import Edition, EditionAttachment, EditionFigure
from releases.newsroom import queries


def facts_of(
    request: HttpRequest, edition: Edition, at: datetime, begun: Sequence[Edition] = ()
) -> shape.Facts:
    """Return the facts of an edition, in its own language.

    `begun` are the release's editions that have begun, the newest first; none where the edition
    waits and its reader has a share link. Five queries.
    """
    with translation.override(edition.language):
        return _facts(request, edition, at, begun)


def gone_facts(request: HttpRequest, last: Edition, at: datetime) -> shape.Gone:
    """Return what is said of a withdrawn release, whose last edition this was."""
    withdrawal = getattr(last, "withdrawal", None)
    successor = withdrawal.replaced_by_id if withdrawal else None
    instead = Edition.objects.public(at).filter(release=successor).first() if successor else None
    return shape.Gone(
        urn=last.release.uuid.urn,
        number=last.number,
        language=last.language,
        headline=last.headline,
        page=request.build_absolute_uri(last.get_absolute_url()),
        ended=last.public_until or at,
        reason=str(withdrawal.get_reason_display()) if withdrawal else "",
        text=withdrawal.text if withdrawal else "",
        instead=request.build_absolute_uri(instead.get_absolute_url()) if instead else "",
    )


def _facts(
    request: HttpRequest, edition: Edition, at: datetime, begun: Sequence[Edition]
) -> shape.Facts:
    absolute = request.build_absolute_uri
    home = begun[0].present or edition if begun else edition
    first = begun[-1] if begun else edition
    newest = begun[0] if begun else edition
    topics = queries.by_name(queries.topics_of(edition.pk))
    return shape.Facts(
        **{name: getattr(edition, name) for name in COLUMNS},
        body=without_pictures(edition.body),
        kicker=edition.kicker,
        dated=edition.day,
        urn=edition.release.uuid.urn,
        slug=home.slug,
        page=absolute(home.get_absolute_url()),
        permanent=absolute(edition.get_permanent_url()),
        released=first.public_from,
        changed=edition.public_from,
        office=_office(request, edition.language),
        contacts=tuple(_person(one) for one in queries.contacts_of(edition.pk)),
        topics=tuple(shape.Subject(t.name, absolute(t.get_absolute_url())) for t in topics),
        figures=tuple(
            _figure(request, one) for one in queries.figures_of(edition.pk) if is_offered(one, at)
        ),
        documents=tuple(_document(request, one) for one in queries.attachments_of(edition.pk)),
        notes=tuple(
            shape.Note(str(one.get_reason_display()), one.public_from, one.note)
            for one in begun
            if one.note
        ),
        embargoed_until=None if begun else edition.public_from,
        replaced=edition.number != newest.number,
    )


COLUMNS = (*("number", "language", "kind", "headline", "subhead", "summary", "dateline"),)


def _office(request: HttpRequest, language: str) -> shape.Office:
    facts: dict[str, Any] = settings.PRESS_OFFICE
    words = standing(language)
    phone = str(facts["phone"])
    return shape.Office(
        name=str(facts["name"]),
        full_name=shape.office_name(),
        about=plain_text(words.about) or str(facts["about"]),
        phone=phone,
        phone_display=display(phone, translation.get_language() or ""),
        email=str(facts["email"]),
        address=plain_text(words.address) or str(facts["address"]),
        home=request.build_absolute_uri(reverse("newsroom:home")),
    )


def _person(contact: Contact) -> shape.Person:
    """Return a contact as the page shows it: with the office's numbers where the contact left."""
    if not contact.active:
        phone, email = (str(settings.PRESS_OFFICE[name]) for name in ("phone", "email"))
        shown = display(phone, translation.get_language() or "")
        return shape.Person(contact.name, phone=phone, phone_display=shown, email=email)
    return shape.Person(
        name=contact.name,
        role=contact.role,
        email=contact.email,
        phone=contact.phone,
        phone_display=contact.phone_display,
        mobile=contact.mobile,
        mobile_display=contact.mobile_display,
        languages=tuple(contact.languages),
    )


def _figure(request: HttpRequest, figure: EditionFigure) -> shape.Figure:
    picture = figure.picture
    return shape.Figure(
        file=str(picture.file.name),
        name=picture.name,
        mime=picture.mime_type,
        width=picture.width,
        height=picture.height,
        address=request.build_absolute_uri(picture.get_absolute_url()),
        alt=figure.alt,
        caption=figure.caption,
        credit=figure.credit or picture.credit,
        rights=figure.rights or picture.copyright_notice,
    )


def _document(request: HttpRequest, attachment: EditionAttachment) -> shape.Document:
    document = attachment.document
    return shape.Document(
        file=str(document.file.name),
        name=document.name,
        title=attachment.title,
        kind=document.kind,
        mime=document.mime_type,
        size=document.size,
        address=request.build_absolute_uri(document.get_absolute_url()),
    )
