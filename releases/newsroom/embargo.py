"""The pages behind a share link.

GET, which mail and chat scanners send too, tells the moment and nothing else; POST, the
recipient's "I accept", opens the text and is what counts.
"""

from datetime import datetime
from typing import TypeVar

from django.db.models import Q
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from files.answers import copy_answer, document_answer, picture_answer
from files.models import Document, Picture
from releases import sharing, timekeeping
from releases.figures import is_offered
from releases.formats import FORMATS
from releases.models import Edition, EditionFigure
from releases.newsroom.downloads import file_address, file_answer
from releases.newsroom.facts import facts_of
from releases.newsroom.figures import Addresses, copies
from releases.newsroom.parts import page
from releases.newsroom.release_page import answered, told_by
from releases.sharing import Shared

Answer = TypeVar("Answer", bound=HttpResponseBase)

# Not for search engines, not for any cache, and the secret is told to no other site.
CLOSED = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


# Without cookies there is no session that another site could ride on: the secret is the right.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def embargo(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for acceptance; then show the edition that waits. After the lift, lead to the page."""
    shared = _shared(secret)
    if shared.waiting is None:
        address = shared.public.get_absolute_url() if shared.public else "/"
        return _closed(HttpResponseRedirect(address))
    with translation.override(shared.waiting.language):
        return _accepted(request, shared) or _closed(_opened(request, shared.waiting, secret))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def download(request: HttpRequest, secret: str, suffix: str) -> HttpResponse:
    """The same for a file of that edition, which says on every page until when it waits."""
    shared = _shared(secret)
    if shared.waiting is None:
        address = file_address(shared.public, suffix) if shared.public else "/"
        return _closed(HttpResponseRedirect(address))
    with translation.override(shared.waiting.language):
        return _accepted(request, shared) or _closed(_file(request, shared.waiting, suffix))


@require_safe
def picture(_request: HttpRequest, secret: str, key: str) -> FileResponse:
    """A picture of the edition that the link opens."""
    now = timekeeping.now()
    figure = _figure(secret, key, now)
    if not is_offered(figure, now):
        raise Http404
    return _closed(picture_answer(figure.picture))


@require_safe
def rendition(_request: HttpRequest, secret: str, key: str, width: int, name: str) -> FileResponse:
    """A smaller copy of such a picture, or of the photo of somebody to call."""
    now = timekeeping.now()
    found = _photo(secret, key, now) or _figure(secret, key, now).picture
    return _closed(copy_answer(found, width, name))


@require_safe
def document(_request: HttpRequest, secret: str, key: str, name: str) -> FileResponse:
    """A document of the edition that the link opens."""
    shared = sharing.find(secret, timekeeping.now())
    waiting = shared.waiting if shared else None
    found = Document.objects.filter(editionattachment__edition=waiting, key=key).first()
    if waiting is None or found is None or found.name != name:
        raise Http404
    return _closed(document_answer(found))


def _photo(secret: str, key: str, now: datetime) -> Picture | None:
    """Return the photo with this key of somebody whom the edition that a link opens names."""
    shared = sharing.find(secret, now)
    if shared is None or shared.waiting is None:
        return None
    named = Q(contact__edition_links__edition=shared.waiting, contact__active=True)
    return Picture.objects.filter(named, key=key).first()


def _figure(secret: str, key: str, now: datetime) -> EditionFigure:
    """Return the figure with this picture in the edition that a link opens, or raise Http404."""
    shared = sharing.find(secret, now)
    if shared is None or shared.waiting is None:
        raise Http404
    found = shared.waiting.figures.filter(picture__key=key).select_related("picture").first()
    if found is None:
        raise Http404
    return found


def _addresses(secret: str) -> Addresses:
    """Return where the pictures and documents behind a link are found."""
    return Addresses(
        lambda picture: reverse("embargo:picture", args=[secret, picture.key]),
        lambda picture, width, name: reverse(
            "embargo:rendition", args=[secret, picture.key, width, name]
        ),
        lambda document: reverse("embargo:document", args=[secret, document.key, document.name]),
    )


def _shared(secret: str) -> Shared:
    """Return what a secret opens; raises Http404 where it opens nothing."""
    shared = sharing.find(secret, timekeeping.now())
    if shared is None:
        raise Http404
    return shared


def _accepted(request: HttpRequest, shared: Shared) -> HttpResponse | None:
    """Return the page that asks for acceptance, or count that it was given and return None."""
    if request.method != "POST" and shared.waiting:
        context = {"until": shared.waiting.public_from}
        return _closed(page(request, "newsroom/embargo.html", context))
    sharing.count_opening(shared.link, timekeeping.now())
    return None


def _opened(request: HttpRequest, edition: Edition, secret: str) -> HttpResponse:
    """Show the edition as it will stand; neighbours and related releases are the public's."""
    addresses = _addresses(secret)
    known = answered(request, edition, timekeeping.now(), addresses=addresses)
    for one in known.contacts:
        # Readers may see the photo of nobody who is not named in public yet.
        one.shown_photo = copies(one.photo, addresses) if one.photo and one.active else None
    files = [
        (suffix, str(one.name), reverse("embargo:download", args=[secret, suffix]))
        for suffix, one in FORMATS.items()
    ]
    behind = {"embargoed_until": edition.public_from, "secret": secret, "downloads": files}
    return page(request, "newsroom/release.html", {**told_by(known), **behind})


def _file(request: HttpRequest, edition: Edition, suffix: str) -> HttpResponse:
    facts = facts_of(request, edition, timekeeping.now())
    return file_answer(FORMATS[suffix], facts)


def _closed(response: Answer) -> Answer:
    """Add the headers that keep it between us and the recipient."""
    for name, value in CLOSED.items():
        response.headers[name] = value
    return response
