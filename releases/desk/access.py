"""What a person at the desk may see: every page of the desk gets its release and pictures here."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from contacts.models import Contact
from files.models import Document, Picture
from releases.models import (
    EditionAttachment,
    EditionFigure,
    Release,
    ReleaseAttachment,
    ReleaseFigure,
)
from releases.models.release import visible_to


def release_for(request: HttpRequest, pk: int) -> Release:
    """Return the release with this key; raises Http404 where this person knows of none."""
    return get_object_or_404(Release.objects.visible_to(request.user), pk=pk)


def picture_for(request: HttpRequest, key: str) -> Picture:
    """Return the picture with this key; raises Http404 where this person can't have met it.

    It stands in a release that he or she may see, in an edition of one, or with a contact. One
    that stands in none, just uploaded or taken out again, is there for who knows its key: nobody
    can guess that, and only the release's own pages tell it.
    """
    written = ReleaseFigure.objects.filter(picture=OuterRef("pk"))
    published = EditionFigure.objects.filter(picture=OuterRef("pk"))
    shown = (
        Exists(written.filter(visible_to(request.user, "release")))
        | Exists(published.filter(visible_to(request.user, "edition__release")))
        | Exists(Contact.objects.filter(photo=OuterRef("pk")))
        | ~(Exists(written) | Exists(published))
    )
    return get_object_or_404(Picture.objects.filter(shown), key=key)


def document_for(request: HttpRequest, key: str) -> Document:
    """Return the document with this key, by the same rule; raises Http404."""
    written = ReleaseAttachment.objects.filter(document=OuterRef("pk"))
    published = EditionAttachment.objects.filter(document=OuterRef("pk"))
    shown = (
        Exists(written.filter(visible_to(request.user, "release")))
        | Exists(published.filter(visible_to(request.user, "edition__release")))
        | ~(Exists(written) | Exists(published))
    )
    return get_object_or_404(Document.objects.filter(shown), key=key)
