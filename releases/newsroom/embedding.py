"""oEmbed 1.0 (oembed.com): what a site shows of a release where an editor pastes its address.

Of type `link`: no page of ours is shown inside another's, and no code of ours runs there. Only
addresses of releases are known, and only JSON is spoken.
"""

from datetime import datetime
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from releases.html import one_line
from releases.models import Edition
from releases.newsroom import queries
from releases.newsroom.cards import HEIGHT, WIDTH, card_address
from releases.newsroom.context import moment


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The release at `?url=`; 404 for anything else, 501 for a format that is not JSON."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    edition = _edition(request, moment(request))
    with translation.override(edition.language):
        home = reverse("newsroom:home")
    office = settings.PRESS_OFFICE
    said = {
        "version": "1.0",
        "type": "link",
        "title": one_line(edition.headline),
        "author_name": str(office["full_name"] or office["name"]),
        "provider_name": str(office["name"]),
        "provider_url": request.build_absolute_uri(home),
        **_thumbnail(request, edition),
    }
    return JsonResponse(said)


def _edition(request: HttpRequest, at: datetime) -> Edition:
    """Return the public edition at the address asked for, also at a former one; raises Http404."""
    try:
        asked = urlsplit(request.GET.get("url", ""))
        path = unquote(asked.path)
        language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
        with translation.override(language):
            match = resolve(path)
    except (ValueError, Resolver404):
        raise Http404 from None
    ours = asked.scheme in ("http", "https") and asked.netloc == request.get_host()
    if not ours or match.view_name != "newsroom:release":
        raise Http404
    begun = queries.begun_of_address(at, language, match.kwargs["slug"])
    edition = next((one for one in begun if one.is_public(at)), None)
    if edition is None:
        raise Http404
    return edition


def _thumbnail(request: HttpRequest, edition: Edition) -> dict[str, str | int]:
    """Return the release's card, where it is not larger than what is wanted."""
    for name, size in (("maxwidth", WIDTH), ("maxheight", HEIGHT)):
        most = request.GET.get(name, "")
        if most.isascii() and most.isdigit() and int(most[:9]) < size:
            return {}
    return {
        "thumbnail_url": request.build_absolute_uri(card_address(edition)),
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
    }
