"""The people whom journalists may call: the directory, a page and a card for each."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
)
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import SPOKEN, Contact
from contacts.vcard import MIME_TYPE, vcard
from releases.newsroom import paging, queries, structured
from releases.newsroom.context import language, moment
from releases.newsroom.figures import copies
from releases.newsroom.parts import page
from releases.on_call import on_call, to_call


@require_safe
def contacts(request: HttpRequest) -> HttpResponse:
    """The people whom journalists may call, on a topic (`?topic=`), in a language (`?speaks=`).

    A topic that readers can't see is not found, nor is a language that nobody speaks.
    """
    now, asked = moment(request), request.GET
    everybody = list(queries.contacts(now, language()))
    topics = queries.by_name(queries.topics(now, language()))
    topic = next((one for one in topics if one.slug == asked.get("topic")), None)
    spoken = _spoken(everybody)
    speaks = asked.get("speaks", "")
    if (asked.get("topic") and topic is None) or (speaks and speaks not in dict(spoken)):
        raise Http404
    people = queries.contacts_on(now, topic, language()) if topic else everybody
    chosen = [one for one in people if not speaks or speaks in one.languages]
    context = {
        **to_call(now, language(), chosen),
        "topics": topics,
        "topic": topic,
        "spoken": spoken,
        "speaks": speaks,
    }
    return page(request, "newsroom/contacts.html", context)


def _spoken(people: Iterable[Contact]) -> list[tuple[str, str]]:
    """Return the languages that somebody speaks, by code and own name."""
    codes = {code for person in people for code in person.languages}
    return [pair for pair in SPOKEN if pair[0] in codes]


@require_safe
def contact(request: HttpRequest, slug: str) -> HttpResponse:
    """One person, and the releases that name him or her."""
    now = moment(request)
    person = _person(now, slug)
    if person.slug != slug:
        return HttpResponsePermanentRedirect(person.get_absolute_url())
    shown = paging.page(request, queries.listed(now, language()).naming(person))
    person.on_call = person == on_call(now, language())
    way = ((_("Media contacts"), reverse("newsroom:contacts")), (person.name, request.path))
    absolute = request.build_absolute_uri
    context = {
        "contact": person,
        "canonical_url": paging.first_page(request),
        "structured": structured.blocks(
            structured.person(absolute, person), structured.breadcrumbs(absolute, *way)
        ),
        **vars(shown),
    }
    return page(request, "newsroom/contact.html", context)


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """One person as a vCard 4.0, for address books; no search engine keeps it."""
    person = _person(moment(request), slug)
    if person.slug != slug:
        return HttpResponsePermanentRedirect(reverse("newsroom:vcard", args=[person.slug]))
    office: dict[str, Any] = settings.PRESS_OFFICE
    text = vcard(
        person,
        organisation=str(office["full_name"] or office["name"]),
        page=request.build_absolute_uri(person.get_absolute_url()),
        photo=request.build_absolute_uri(copies(person.photo).src) if person.photo else "",
    )
    disposition = content_disposition_header(as_attachment=True, filename=f"{person.slug}.vcf")
    headers = {"Content-Disposition": disposition, "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type=MIME_TYPE, headers=headers)


def _person(at: datetime, slug: str) -> Contact:
    """Return the contact who is, or once was, at this address; raises Http404."""
    there = queries.contacts(at, language())
    person = there.filter(slug=slug).first() or queries.by_former_address(there, slug)
    if person is None:
        raise Http404
    return person
