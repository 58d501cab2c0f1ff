"""The list of pictures and files, with where each is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Contact
from files.models import Document, Picture
from files.renditions import file_name, widths
from releases.desk.small_page import small_page
from releases.models import (
    Edition,
    EditionAttachment,
    EditionFigure,
    Release,
    ReleaseAttachment,
    ReleaseFigure,
)
from releases.models.release import visible_to

ON_A_PAGE = 40


@dataclass(frozen=True)
class Use:
    """A place where a file is used."""

    words: str
    address: str
    language: str = ""


@dataclass(frozen=True)
class Listed:
    """A file of the list: what it is, and where it is used."""

    row: Picture | Document
    address: str
    small: str
    uses: tuple[Use, ...]


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def files(request: HttpRequest) -> HttpResponse:
    """The files of the releases that this person may see, and contacts' photos, newest first."""
    kind = "documents" if request.GET.get("kind") == "documents" else "pictures"
    rows = _documents(request.user) if kind == "documents" else _pictures(request.user)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    of_page: Any = page.object_list
    listed = _with_uses(list(of_page), request.user)
    context = {"kind": kind, "page": page, "listed": listed}
    return small_page(request, "files", None, None, _("Pictures and files"), context)


def _pictures(user: Any) -> Any:
    """Return the pictures that stand in something that `user` may see."""
    releases, editions = Release.objects.visible_to(user), Edition.objects.visible_to(user)
    used = Q(releasefigure__release__in=releases) | Q(editionfigure__edition__in=editions)
    photos = Contact.objects.exclude(photo=None).values("photo")
    return Picture.objects.filter(used | Q(pk__in=photos)).distinct()


def _documents(user: Any) -> Any:
    """Return the documents that stand in something that `user` may see."""
    releases, editions = Release.objects.visible_to(user), Edition.objects.visible_to(user)
    used = Q(releaseattachment__release__in=releases) | Q(editionattachment__edition__in=editions)
    return Document.objects.filter(used).distinct()


def _with_uses(rows: list[Picture | Document], user: Any) -> list[Listed]:
    uses: dict[tuple[type, int], list[Use]] = {}
    for key, use in _uses(rows, user):
        found = uses.setdefault(key, [])
        if use not in found:
            found.append(use)
    return [_listed(row, tuple(uses.get((type(row), row.pk), ()))) for row in rows]


def _listed(row: Picture | Document, uses: tuple[Use, ...]) -> Listed:
    if isinstance(row, Document):
        return Listed(row, reverse("admin:releases_release_document", args=[row.key]), "", uses)
    address = reverse("admin:releases_release_picture", args=[row.key])
    small = [row.key, widths(row)[0], file_name(row, "webp")]
    return Listed(row, address, reverse("admin:releases_release_rendition", args=small), uses)


def _uses(rows: list[Picture | Document], user: Any) -> Iterable[tuple[tuple[type, int], Use]]:
    """Give each place of use that `user` may see, by model and key."""
    pictures = [row.pk for row in rows if isinstance(row, Picture)]
    documents = [row.pk for row in rows if isinstance(row, Document)]
    figures = ReleaseFigure.objects.filter(visible_to(user, "release"), picture__in=pictures)
    for figure in figures.select_related("release"):
        yield (Picture, figure.picture_id), _in_release(figure.release)
    shown = EditionFigure.objects.filter(visible_to(user, "edition__release"), picture__in=pictures)
    for old in shown.select_related("edition__release"):
        yield (Picture, old.picture_id), _in_edition(old.edition)
    attached = ReleaseAttachment.objects.filter(visible_to(user, "release"), document__in=documents)
    for one in attached.select_related("release"):
        yield (Document, one.document_id), _in_release(one.release)
    carried = EditionAttachment.objects.filter(
        visible_to(user, "edition__release"), document__in=documents
    )
    for each in carried.select_related("edition__release"):
        yield (Document, each.document_id), _in_edition(each.edition)
    for person in Contact.objects.filter(photo__in=pictures):
        address = reverse("admin:contacts_contact_change", args=[person.pk])
        yield (Picture, person.photo_id or 0), Use(person.name, address)


def _in_release(release: Release) -> Use:
    address = reverse("admin:releases_release_change", args=[release.pk])
    return Use(str(release), address, release.language)


def _in_edition(edition: Edition) -> Use:
    address = reverse("admin:releases_release_history", args=[edition.release_id])
    words = _("Edition %(number)d: %(headline)s")
    said = words % {"number": edition.number, "headline": edition.headline}
    return Use(said, address, edition.language)
