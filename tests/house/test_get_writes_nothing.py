"""Looking changes nothing: GET and HEAD of every address of the map leave the database alone."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import get_resolver, include, path
from django.utils import timezone, translation
from django.utils.http import urlsafe_base64_encode
from PIL import Image

from accounts import invitations
from files.documents import admit_document
from files.gate import admit_picture
from files.models import Document, Picture, store_document, store_picture
from files.renditions import file_name, widths
from releases import autosaving
from releases.models import (
    Edition,
    EditionAttachment,
    EditionContact,
    EditionFigure,
    EditionTopic,
    Event,
    SeriesPlace,
    ShareLink,
)
from releases.models.share import digest
from releases.newsroom.cards import card_of, home_card
from tests.house.urlmap import Leaf, leaves, values_for
from tests.make import (
    make_appeal,
    make_boilerplate,
    make_contact,
    make_duty,
    make_edition,
    make_event,
    make_next_edition,
    make_release,
    make_series,
    make_topic,
)

WRITE = re.compile(
    r'\b(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|DELETE FROM|(?<!FOR )UPDATE)\s+"?\w', re.IGNORECASE
)

#: What a GET may write all the same: that somebody is signed in, and since when.
SESSION = re.compile(r'"accounts_session"|^UPDATE "auth_user" SET "last_login" = [^,]+ WHERE')

#: What an address is to be asked with, so that it comes further than its door.
QUESTIONS = {
    "admin:autocomplete": "?app_label=releases&model_name=release&field_name=topics&term=a",
    "signposts:oembed": "?url=http://testserver/releases/changed/",
}

SECRET = "walked-secret"

#: How an address answers where it does not answer 200: kept by name, so that the walk cannot go
#: past a page that is not there.
DOORS = {301, 302, 303, 403, 405}
NOT_THERE = {"admin:django.contrib.admin.sites.AdminSite.catch_all_view"}


def table(edition: Edition) -> dict[str, dict[str, object]]:
    """What to put into each address outside the desk, and into the desk's few odd ones."""
    topic, contact = edition.topics.first(), edition.contacts.first()
    picture, slug = edition.figures.first().picture, {"slug": edition.slug}
    waiting = Edition.objects.get(slug="waiting")
    document = document_of(edition)
    changed = Edition.objects.get(slug="changed", number=2)
    kind = ContentType.objects.get_for_model(topic)
    on_site = {"content_type_id": kind.pk, "object_id": topic.pk}
    return {
        **{f"admin:releases_release_{name}": {"key": picture.key} for name in ("picture", "small")},
        "admin:releases_release_rendition": copy_of(picture),
        "media:rendition": copy_of(picture),
        "admin:releases_release_document": {"key": document["key"]},
        "media:document": document,
        "embargo:document": {"secret": SECRET, **document_of(waiting)},
        "embargo:rendition": {"secret": SECRET, **copy_of(waiting.figures.first().picture)},
        "admin:releases_release_revision": {"number": 1},
        "admin:releases_release_restore": {"number": 1},
        "admin:releases_release_differences": {"older": 1, "newer": 1},
        "admin:releases_release_unpublished": {"pk": edition.release_id, "number": 1},
        "media:picture": {"key": picture.key, "name": picture.name},
        "preview_release": {"pk": edition.release_id},
        **{f"newsroom:{name}": slug for name in ("release", "editions")},
        "admin:releases_release_mend_note": {"pk": changed.release_id, "number": 2},
        "another_moment": {"moment": timezone.now().isoformat(), "path": ""},
        "newsroom:differences": {"slug": "changed", "older": 1, "newer": 2},
        "embargo:open": {"secret": SECRET},
        "embargo:picture": {"secret": SECRET, "key": waiting.figures.first().picture.key},
        "newsroom:edition": {**slug, "number": edition.number},
        **{name: {"slug": topic.slug} for name in ("newsroom:topic", "newsroom:topic_feed")},
        **{name: {"slug": contact.slug} for name in ("newsroom:contact", "newsroom:vcard")},
        **for_programs(edition),
        **of_finding(edition),
        **of_files(edition),
        **dict.fromkeys(("view_on_site", "admin:view_on_site"), on_site),
        "admin:django.views.generic.base.RedirectView": {"object_id": edition.release_id},
        "admin:django.contrib.admin.sites.AdminSite.catch_all_view": {"url": "nowhere/"},
        **of_accounts(),
    }


def of_accounts() -> dict[str, dict[str, object]]:
    """The same for accounts: an open invitation, a link to a new password."""
    user, _made = get_user_model().objects.get_or_create(
        username="invited", defaults={"is_staff": True, "password": "!"}
    )
    key, token = urlsafe_base64_encode(b"%d" % user.pk), default_token_generator.make_token(user)
    return {
        "admin:app_list": {"app_label": "auth"},
        "invitation": {"token": invitations.token(user, "Ada")},
        "password_reset_confirm": {"uidb64": key, "token": token},
        "end_session": {"reference": "nothing"},
    }


def of_files(edition: Edition) -> dict[str, dict[str, object]]:
    """The same for a release as files, and for the way out of its page."""
    slug = {"slug": edition.slug}
    return {
        "donations:way_out": {"name": "walk"},
        "newsroom:cite": slug,
        "newsroom:download": {**slug, "suffix": "txt"},
        "newsroom:edition_download": {**slug, "suffix": "json", "number": edition.number},
        "embargo:download": {"secret": SECRET, "suffix": "txt"},
    }


def of_finding(edition: Edition) -> dict[str, dict[str, object]]:
    """The same for what helps to find, years, months, series, dates to come; and for appeals."""
    year, month = edition.dated.year, f"{edition.dated:%m}"
    return {
        "newsroom:archive_year": {"year": year},
        "newsroom:archive_month": {"year": year, "month": month},
        "newsroom:sitemap_year": {"year": year},
        "newsroom:series": {"slug": SeriesPlace.objects.get(release=edition.release).series.slug},
        "newsroom:event_calendar": {"uid": Event.objects.get().uuid},
        **{f"donations:{name}": {"name": "walk"} for name in ("way_out", "seen")},
    }


def copy_of(picture: Picture) -> dict[str, object]:
    """A smaller copy, which is made at that moment."""
    name = file_name(picture, "avif")
    return {"key": picture.key, "width": widths(picture)[0], "name": name}


def document_of(edition: Edition) -> dict[str, object]:
    """The edition's document."""
    document = edition.attachments.first().document
    return {"key": document.key, "name": document.name}


def for_programs(edition: Edition) -> dict[str, dict[str, object]]:
    """The same for what programs read: feeds of a kind, cards, the API."""
    slug = {"slug": edition.slug}
    return {
        "newsroom:kind_feed": {"kind": edition.kind},
        "newsroom:card": {**slug, "digest": card_of(edition).digest},
        "newsroom:home_card": {"digest": home_card().digest},
        "newsroom:api_release": slug,
    }


@contextmanager
def recorded() -> Iterator[list[str]]:
    """Yields the list of statements that write, as they are executed."""
    found: list[str] = []

    def watch(execute, sql, params, many, context):
        if WRITE.search(sql) and not SESSION.search(sql):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def written_by(client: Client, address: str) -> list[str]:
    """The statements by which GET and HEAD of this address write."""
    with recorded() as statements:
        client.get(address)
        client.head(address)
    return [f"{address}: {statement}" for statement in statements]


def addresses(edition: Edition) -> list[tuple[Leaf, str]]:
    """Every address of the map, filled in, in every language; those that have none, once."""
    known, found = table(edition), {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for leaf in leaves(get_resolver().url_patterns):
                path = leaf.path(values_for(leaf, known)) + QUESTIONS.get(leaf.name, "")
                found[path] = leaf
    return [(leaf, path) for path, leaf in found.items()]


def make_picture() -> Picture:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "navy").save(drawn, "PNG")
    return store_picture(admit_picture(drawn.getvalue(), "walk.png"))


def make_document() -> Document:
    return store_document(admit_document(b"Year,Share\n2024,14\n", "walk.csv"))


@pytest.fixture
def edition(db, settings, tmp_path) -> Edition:
    """A public edition with all that hangs on one, and a row of all that the desk lists."""
    settings.MEDIA_ROOT = tmp_path
    walker = get_user_model().objects.create_superuser("walker", password=None)
    for release in (make_release(), None):
        autosaving.keep(walker, release, {"headline": ["Typed, and not saved"]})
    edition = make_edition()
    same = {"language": edition.language, "dated": edition.dated}
    EditionTopic.objects.create(edition=edition, topic=make_topic(), **same)
    SeriesPlace.objects.create(release=edition.release, series=make_series(), position=1)
    make_event()
    person = make_contact()
    EditionContact.objects.create(edition=edition, contact=person)
    make_duty(person, timezone.now(), timezone.now() + timedelta(hours=1))
    EditionFigure.objects.create(edition=edition, picture=make_picture(), alt="A square")
    make_boilerplate()
    EditionAttachment.objects.create(edition=edition, document=make_document(), title="A")
    make_appeal("walk")
    make_next_edition(make_edition(slug="changed"), headline="Changed")
    waiting = make_edition(slug="waiting", at=timezone.now() + timedelta(days=1))
    EditionFigure.objects.create(edition=waiting, picture=make_picture(), alt="A square")
    EditionAttachment.objects.create(edition=waiting, document=make_document(), title="A")
    ShareLink.objects.create(
        release=waiting.release,
        digest=digest(SECRET),
        made_at=timezone.now(),
        made_by=waiting.published_by,
    )
    return edition


@pytest.fixture
def superuser(edition) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username="walker"))
    return client


@pytest.mark.long_on_postgresql
def test_a_stranger_looking_changes_nothing(client, edition):
    assert [s for _, path in addresses(edition) for s in written_by(client, path)] == []


@pytest.mark.long_on_postgresql
def test_a_superuser_looking_changes_nothing(superuser, edition):
    assert [s for _, path in addresses(edition) for s in written_by(superuser, path)] == []


def test_the_walk_comes_through_every_door(superuser, edition):
    """An address that answers 404 has not been walked: its row in the table is wrong."""
    with translation.override("en"):
        walk = {path: leaf for leaf, path in addresses(edition) if not other_language(path)}
    answers = {path: superuser.get(path).status_code for path in walk}
    wrong = {
        path: status
        for path, status in answers.items()
        if status not in {200, *DOORS} and walk[path].name not in NOT_THERE
    }
    assert wrong == {}
    assert {walk[path].name for path, status in answers.items() if status == 200} >= {
        "newsroom:home", "newsroom:release", "admin:index", "admin:releases_release_change",
    }  # fmt: skip


def other_language(path: str) -> bool:
    return path.startswith(tuple(f"/{code}/" for code, _name in settings.LANGUAGES))


# --- That the walk would notice ------------------------------------------------------------------


def counting(request: HttpRequest) -> HttpResponse:
    """A page that counts its readers as they look: what is forbidden."""
    get_user_model().objects.create(username=f"reader{get_user_model().objects.count()}")
    return HttpResponse("counted")


def reading(request: HttpRequest, **places: object) -> HttpResponse:
    return HttpResponse(get_user_model().objects.count())


urlpatterns = [
    path("desk/", admin.site.urls),
    path("counting/", counting, name="counting"),
    path("nest/", include(([path("<int:number>/<slug:slug>/", reading, name="deep")], "nest"))),
]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_a_page_that_writes_is_noticed(client):
    assert written_by(client, "/counting/")
    assert not written_by(client, "/nest/1/a/")


@pytest.mark.django_db
def test_signing_in_is_the_only_exception(client):
    user = get_user_model().objects.create(username="reader")
    with recorded() as statements:
        client.force_login(user)
    assert statements == []
    with recorded() as statements:
        user.email = "reader@example.org"
        user.save()
        user.delete()
    assert statements


def test_an_address_that_nobody_can_fill_in_is_noticed():
    deep = next(leaf for leaf in leaves(urlpatterns) if leaf.name == "nest:deep")
    assert deep.path(values_for(deep, {"nest:deep": {"number": 1, "slug": "é"}})) == (
        "/nest/1/%C3%A9/"
    )
    with pytest.raises(LookupError, match="nest:deep wants number, slug"):
        values_for(deep, {})
