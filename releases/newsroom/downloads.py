"""A release as a file, at its address with a suffix; and the page that helps to cite it.

Files follow the rule of pages (releases/newsroom/addressed.py): what is not public yet is not
there, a former address leads to the present one, a withdrawn release is gone.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from releases.formats import FORMATS, bibtex
from releases.formats.made import file_of
from releases.formats.shape import Facts, Format, Gone, moment, paragraphs, quotations
from releases.html import one_line
from releases.models import Edition
from releases.newsroom.addressed import Addressed, addressed
from releases.newsroom.facts import facts_of, gone_facts
from releases.newsroom.parts import page


@require_safe
def download(request: HttpRequest, slug: str, suffix: str) -> HttpResponse:
    """The public edition of a release as a file."""
    found = addressed(request, "newsroom:download", slug, gone=_gone, suffix=suffix)
    if isinstance(found, HttpResponse):
        return found
    return _public_file(request, found, found.current, FORMATS[suffix])


@require_safe
def edition_download(request: HttpRequest, slug: str, number: int, suffix: str) -> HttpResponse:
    """One edition by its number as a file, also after another has taken its place."""
    name = "newsroom:edition_download"
    found = addressed(request, name, slug, gone=_gone, number=number, suffix=suffix)
    if isinstance(found, HttpResponse):
        return found
    return _public_file(request, found, found.edition(number), FORMATS[suffix])


@require_safe
def cite(request: HttpRequest, slug: str) -> HttpResponse:
    """How to cite a release, its quotations with their source, and an address a paragraph."""
    found = addressed(request, "newsroom:cite", slug)
    if isinstance(found, HttpResponse):
        return found
    facts = facts_of(request, found.current, found.at, found.begun)
    return page(request, "newsroom/cite.html", {"edition": found.current, **citations(facts)})


def citations(facts: Facts) -> dict[str, Any]:
    """Return what the page on citing shows, as plain text to select and copy."""
    numbered = list(enumerate(paragraphs(facts.body), 1))
    source = f"{facts.office.full_name}, “{one_line(facts.headline)}”, {facts.day}, {facts.page}"
    return {
        "styles": [
            ("APA", bibtex.apa(facts)),
            ("Chicago", bibtex.chicago(facts)),
            ("BibTeX", bibtex.write(facts).decode()),
        ],
        "quotations": [f"{one} — {source}" for one in quotations(facts.body)],
        "paragraphs": [
            (f"{facts.page}#p{number}", " ".join(text.split()[:9])) for number, text in numbered
        ],
    }


def tools(public: Edition, edition: Edition) -> dict[str, Any]:
    """Return the files that a release page offers, and where it is told how to cite.

    Files are triples of suffix, name and address. A former edition offers its own files.
    """
    slug, former = public.slug, edition != public
    name = "newsroom:edition_download" if former else "newsroom:download"
    places = [slug, edition.number] if former else [slug]
    files = [
        (suffix, str(one.name), reverse(name, args=[*places, suffix]))
        for suffix, one in FORMATS.items()
    ]
    return {"downloads": files, "cite_url": reverse("newsroom:cite", args=[slug])}


def file_address(edition: Edition, suffix: str) -> str:
    """Return where a public edition is to be had as a file."""
    with translation.override(edition.language):
        return reverse("newsroom:download", args=[edition.slug, suffix])


def file_answer(kind: Format, facts: Facts) -> HttpResponse:
    """Return a file under a good name, with the page that it is a copy of (RFC 6596).

    One that lacks a picture, since the storage does, is kept by nobody.
    """
    file = file_of(kind, facts)
    answer = HttpResponse(file.data, content_type=kind.mime)
    if not file.whole:
        answer.headers["Cache-Control"] = "no-store"
    name = f"{facts.file_name}.{kind.suffix}"
    disposition = content_disposition_header(kind.attached, name)
    answer.headers["Content-Disposition"] = disposition or "inline"
    answer.headers["Content-Language"] = facts.language
    return answer


def _gone(request: HttpRequest, last: Edition, at: datetime) -> HttpResponse:
    """Say in place of a file that the release is gone (RFC 9110, section 15.5.11), and why."""
    with translation.override(last.language):
        gone = gone_facts(request, last, at)
        kind = FORMATS[str(request.resolver_match.kwargs["suffix"])]  # type: ignore[union-attr]
        body, mime = (
            (kind.gone(gone), kind.mime)
            if kind.gone
            else (_gone_text(gone).encode(errors="replace"), "text/plain; charset=utf-8")
        )
    headers = {"X-Robots-Tag": "noindex", "Content-Language": last.language}
    return HttpResponse(body, content_type=mime, status=410, headers=headers)


def _gone_text(gone: Gone) -> str:
    """Return the public word on a withdrawal as a few lines of text."""
    read_instead = _("Read instead:")
    said = [
        _("This release was withdrawn"),
        moment(gone.ended),
        one_line(gone.headline),
        gone.reason,
        gone.text,
        f"{read_instead} {gone.instead}" if gone.instead else "",
        gone.page,
    ]
    return "\n\n".join(line for line in said if line) + "\n"


def _public_file(
    request: HttpRequest, found: Addressed, edition: Edition, kind: Format
) -> HttpResponse:
    facts = facts_of(request, edition, found.at, found.begun)
    answer = file_answer(kind, facts)
    answer.headers["Link"] = f'<{facts.page}>; rel="canonical"'
    if not kind.indexed or facts.replaced:
        # Search engines lead to the page, which all of these are copies of.
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer
