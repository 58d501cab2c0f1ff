"""What the API answers. Each view gets what readers may see now, and hands it over as JSON."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from releases.models import Topic
from releases.newsroom import paging, queries
from releases.newsroom.addressed import addressed
from releases.newsroom.api import writing
from releases.newsroom.context import language, moment
from releases.newsroom.feeds.entries import with_topics
from releases.newsroom.finding import ON_TOPIC, asked_for, narrowed
from releases.newsroom.translations import also_in

View = Callable[..., HttpResponse]
# Any page may read what everybody may read (Fetch standard, CORS).
HEADERS = {"Access-Control-Allow-Origin": "*"}


def answers(view: Callable[..., dict[str, Any] | HttpResponse]) -> View:
    """Make a view of a function that returns an object, or the answer that is due instead.

    What does not exist is a problem in JSON, too (RFC 9457).
    """

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, **places: Any) -> HttpResponse:
        try:
            found = view(request, **places)
        except Http404:
            return problem(404, "There is nothing at this address.")
        if isinstance(found, HttpResponse):
            return found
        return JsonResponse(found, headers=HEADERS, json_dumps_params={"ensure_ascii": False})

    return answer


def problem(status: int, title: str) -> HttpResponse:
    """Return what is the matter."""
    data = {"title": title, "status": status}
    kind = "application/problem+json"
    return JsonResponse(data, status=status, content_type=kind, headers=HEADERS)


@answers
def index(request: HttpRequest) -> dict[str, Any]:
    """Where everything is, in the language of the address."""
    lists = ("releases", "topics", "contacts", "description")
    addresses = {name: reverse(f"newsroom:api_{name}") for name in lists}
    absolute = {f"{name}_url": request.build_absolute_uri(at) for name, at in addresses.items()}
    return {"language": language(), **absolute}


@answers
def releases(request: HttpRequest) -> dict[str, Any]:
    """Releases, the newest first, twenty a page; narrowed by topic, kind and year."""
    asked, now = asked_for(request), moment(request)
    about = _topic(request, asked.topic) if asked.topic else None
    found = with_topics(narrowed(now, asked, about))
    shown = paging.page(request, found, ON_TOPIC if about else "", asked.query)
    home = request.build_absolute_uri(request.path)
    return {
        "items": [writing.item(request, one) for one in shown.editions],
        "older_url": f"{home}{shown.older_url}" if shown.older_url else None,
        "newer_url": f"{home}{shown.newer_url}" if shown.newer_url else None,
    }


@answers
def release(request: HttpRequest, slug: str) -> dict[str, Any] | HttpResponse:
    """One release with its text, people to call, pictures, files, notes and editions."""
    found = addressed(request, "newsroom:api_release", slug)
    if isinstance(found, HttpResponse):
        gone = found.status_code == 410
        return problem(410, "This release was withdrawn.") if gone else found
    edition = found.current
    edition.first_moment = found.begun[-1].public_from  # type: ignore[attr-defined]
    return writing.release(request, also_in(found.at, [edition])[0], found.begun, found.at)


@answers
def topics(request: HttpRequest) -> dict[str, Any]:
    """The topics that a release carries."""
    found = queries.by_name(queries.topics(moment(request), language()))
    return {"items": [writing.topic(request, one) for one in found]}


@answers
def contacts(request: HttpRequest) -> dict[str, Any]:
    """The people whom journalists may call, on whatever."""
    found = queries.contacts(moment(request), language()).order_by("name", "pk")
    return {"items": [writing.contact(request, one) for one in found]}


def _topic(request: HttpRequest, slug: str) -> Topic:
    """Return the topic that is, or once was, at this address; raises Http404."""
    there = queries.topics(moment(request), language())
    found = there.filter(slug=slug).first() or queries.by_former_address(there, slug)
    if found is None:
        raise Http404
    return found
