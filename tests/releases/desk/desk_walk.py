"""A walk through every address of the desk, for whatever the database holds."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from contacts.models import Contact
from files.models import Document, Picture
from releases.models import Act, Edition, Release, Topic
from tests.house.urlmap import KEYS, Leaf, leaves
from tests.releases.newsroom.walk import Answer, Values, copies

#: Names that are written within an answer anew each time.
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value="|"token": ")[^"]+')
#: Addresses that are sent what a form holds, and answer with it.
ASKED = re.compile(r"/(check|links|preview)/$")
TOLD = (Release, Edition, Act, Topic, Contact)


def keys(model: type) -> list[object]:
    return list(model._default_manager.order_by("pk").values_list("pk", flat=True))


def moments() -> list[str]:
    """Now, and after all that is planned."""
    now = timezone.now()
    return [now.isoformat(), (now + timedelta(days=30)).isoformat()]


def newsroom_paths() -> list[str]:
    """What of the newsroom is looked at in another moment, planned releases and files too."""
    lists = ["", "releases/", "topics/", "feed.atom", "sitemap.xml", "sitemap-1987.xml"]
    pages = [one.get_absolute_url()[1:] for one in Edition.objects.all()]
    editions = [one.get_permanent_url()[1:] for one in Edition.objects.all()]
    topics = [one.get_absolute_url()[1:] for one in Topic.objects.all()]
    return [*lists, *pages, *editions, *topics]


#: What to put into the places of an address that no row of its own model fills.
PLACES: dict[str, Callable[[], list[Values]]] = {
    "admin:releases_release_picture": lambda: [{"key": p.key} for p in Picture.objects.all()],
    "admin:releases_release_rendition": copies,
    "admin:releases_release_small": lambda: [{"key": p.key} for p in Picture.objects.all()],
    "admin:releases_release_document": lambda: [{"key": d.key} for d in Document.objects.all()],
    "preview_release": lambda: [{"pk": pk} for pk in keys(Release)],
    **dict.fromkeys(
        (
            "admin:releases_release_revision",
            "admin:releases_release_restore",
            "admin:releases_release_differences",
            "admin:releases_release_unpublished",
            "admin:releases_release_mend_note",
        ),
        lambda: [{"pk": pk, "number": 1, "older": 1, "newer": 1} for pk in keys(Release)],
    ),
    "another_moment": lambda: [
        {"moment": moment, "path": path} for moment, path in product(moments(), newsroom_paths())
    ],
    "view_on_site": lambda: [
        {"content_type_id": ContentType.objects.get_for_model(model).pk, "object_id": pk}
        for model in TOLD
        for pk in keys(model)
    ],
    "admin:app_list": lambda: [
        {"app_label": label} for label in ("releases", "contacts", "donations", "auth")
    ],
    "admin:django.views.generic.base.RedirectView": lambda: [
        {"object_id": pk} for pk in keys(Release)
    ],
    "admin:django.contrib.admin.sites.AdminSite.catch_all_view": lambda: [{"url": "nowhere/"}],
    "invitation": lambda: [{"token": "nothing"}],
    "password_reset_confirm": lambda: [{"uidb64": "MQ", "token": "nothing"}],
    "end_session": lambda: [{"reference": "nothing"}],
}
PLACES["admin:view_on_site"] = PLACES["view_on_site"]


def below_the_desk() -> list[Leaf]:
    """Every address of the desk."""
    found = leaves(get_resolver().url_patterns)
    return [leaf for leaf in found if "".join(map(str, leaf.patterns)).lstrip("^/")[:5] == "desk/"]


def filled(leaf: Leaf) -> list[Values]:
    """What to put into a leaf's places. Raises LookupError where nobody knows."""
    if not leaf.wanted:
        return [{}]
    if leaf.name in PLACES:
        return PLACES[leaf.name]()
    for model in apps.get_models():
        options = model._meta
        own = leaf.name.startswith(f"admin:{options.app_label}_{options.model_name}_")
        if own and leaf.wanted <= {*KEYS}:
            return [dict.fromkeys(KEYS, pk) for pk in keys(model)]
    raise LookupError(f"{leaf.name} wants {sorted(leaf.wanted)}: tell PLACES what goes there")


def questions(leaf: Leaf, asked: list[str]) -> Iterator[str]:
    """The queries to ask an address with: searches, filters, counts, names to choose from."""
    yield ""
    if leaf.name in ("find",) or leaf.name.endswith("_changelist"):
        yield from (f"?q={word}" for word in asked)
    if leaf.name == "admin:releases_release_changelist":
        yield from ("?_facets=True", "?stage__exact=draft", "?stage__exact=approved&_facets=True")
        yield from (f"?topics__id__exact={pk}" for pk in keys(Topic))
    if leaf.name == "admin:releases_release_files":
        yield "?kind=documents"
    if leaf.name == "admin:autocomplete":
        field = "?app_label=donations&model_name=appeal&field_name=releases"
        yield from (f"{field}&term={word}" for word in ["", *asked])


def addresses(asked: list[str]) -> list[str]:
    """Every address of the desk, with every question; `asked`: beginnings of words to look for."""
    found = [
        leaf.path(values) + question
        for leaf in below_the_desk()
        for values in filled(leaf)
        for question in questions(leaf, asked)
    ]
    return list(dict.fromkeys(found))


def walk(client: Client, asked: list[str]) -> list[Answer]:
    """The answers of every address, and of those that are asked by POST."""
    found = addresses(asked)
    posted = [address for address in found if ASKED.search(address)]
    return [ask(client, one) for one in found] + [sent(client, one) for one in posted]


def ask(client: Client, address: str) -> Answer:
    """What is answered to somebody who looks."""
    return answer(address, client.get(address))


def sent(client: Client, address: str) -> Answer:
    """What is answered to an empty form."""
    return answer(f"POST {address}", client.post(address))


def answer(asked: str, response: HttpResponse) -> Answer:
    """All of a response, also of a file that is sent piece by piece."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = tuple(sorted(response.headers.items()))
    return Answer(asked, response.status_code, headers, body)


def said(answer: Answer) -> tuple[int, bytes]:
    """The status and the page, without what is new in each answer."""
    return answer.status, TOKEN.sub(rb"\1", answer.body)
