"""The API's one table: each address, what may be asked there, and what is answered.

The map of addresses and the description (OpenAPI 3.1) are made from it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse

from releases.models.text import Kind
from releases.newsroom.api import views
from releases.newsroom.api.shapes import SHAPES, Shape, named, text

# Counts up when a program that reads the API would have to be changed.
VERSION = "1"

#: What may be asked for in a query, by its name.
PARAMETERS: dict[str, Shape] = {
    "topic": text("The `slug` of a topic.", maxLength=120),
    "kind": text("One kind only.", enum=list(Kind.values)),
    "year": text("One year only.", pattern="^[0-9]{4}$"),
    "before": text("What is older than this place: `older_url` has it.", maxLength=140),
    "after": text("What is newer than this place: `newer_url` has it.", maxLength=140),
}


@dataclass(frozen=True)
class Endpoint:
    """An address below /api/: `places` are in its path, `parameters` in its query.

    `statuses` are those that it may answer with besides 200.
    """

    name: str
    path: str
    view: Callable[..., HttpResponse]
    shape: str
    places: dict[str, Shape] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    statuses: tuple[int, ...] = ()

    @property
    def route(self) -> str:
        """Its path as the map of addresses has it."""
        found = self.path
        for place in self.places:
            found = found.replace(f"{{{place}}}", f"<uslug:{place}>")
        return found


SLUG = {"slug": text("The last part of the address of its page.", pattern=r"^[\w-]+$")}
LISTS = ("topic", "kind", "year", "before", "after")
ENDPOINTS = (
    Endpoint("index", "", views.index, "Index"),
    Endpoint("releases", "releases/", views.releases, "Releases", {}, LISTS, (404,)),
    Endpoint(
        "release", "releases/{slug}/", views.release, "WholeRelease", SLUG, (), (301, 404, 410)
    ),
    Endpoint("topics", "topics/", views.topics, "Topics"),
    Endpoint("contacts", "contacts/", views.contacts, "Contacts"),
)
SAID = {
    301: "It has moved: `Location` says where to.",
    304: "It is what you have (`If-None-Match`).",
    404: "There is nothing at this address, or nothing yet.",
    405: "Only GET and HEAD are answered.",
    410: "It was withdrawn.",
}


@views.answers
def description(request: HttpRequest) -> dict[str, Any]:
    """The API's description (OpenAPI 3.1)."""
    office = settings.PRESS_OFFICE
    home = request.build_absolute_uri(reverse("newsroom:api_index"))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{office['name']}: releases",
            "version": VERSION,
            "description": "What the newsroom shows, to be read by programs.",
        },
        "servers": [{"url": home.rstrip("/")}],
        "paths": {f"/{one.path}": {"get": _operation(one)} for one in ENDPOINTS},
        "components": {"schemas": SHAPES},
    }


def _operation(one: Endpoint) -> dict[str, Any]:
    """Return what OpenAPI says of an endpoint."""
    asked = [_parameter(name, PARAMETERS[name], "query") for name in one.parameters]
    places = [_parameter(name, shape, "path") for name, shape in one.places.items()]
    return {
        "operationId": one.name,
        "summary": (one.view.__doc__ or "").strip(),
        "parameters": [*places, *asked],
        "responses": {
            "200": {"description": "OK", "content": _content("application/json", one.shape)},
            **{str(status): _other(status) for status in sorted({304, 405, *one.statuses})},
        },
    }


def _parameter(name: str, shape: Shape, where: str) -> dict[str, Any]:
    return {"name": name, "in": where, "required": where == "path", "schema": shape}


def _other(status: int) -> dict[str, Any]:
    said = {"description": SAID[status]}
    problem = {"content": _content("application/problem+json", "Problem")}
    return {**said, **problem} if status in (404, 410) else said


def _content(kind: str, shape: str) -> dict[str, Any]:
    return {kind: {"schema": named(shape)}}


def urlpatterns() -> list[URLPattern]:
    """Return the map of the API's addresses."""
    found = [path(one.route, one.view, name=f"api_{one.name}") for one in ENDPOINTS]
    return [*found, path("openapi.json", description, name="api_description")]
