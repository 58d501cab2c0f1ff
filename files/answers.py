"""How a stored file is sent: its own type, and no right to do anything in a browser."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import File
from django.http import FileResponse, Http404

from files import renditions
from files.models import Document, Picture
from files.trouble import tell_missing


def picture_answer(picture: Picture) -> FileResponse:
    """Return a picture's own file; raises Http404 where the storage lacks it."""
    return _sent(picture, picture.file.open, picture.mime_type)


def copy_answer(picture: Picture, width: int, name: str) -> FileResponse:
    """Return one of a picture's smaller copies; raises Http404 for one that is not offered.

    And for one that is not there, where the storage lacks the picture it would be made of.
    """
    if not renditions.is_offered(picture, width, name):
        raise Http404
    extension = name.rpartition(".")[2]
    mime_type = renditions.FORMATS[extension].mime
    return _sent(picture, lambda: renditions.rendition(picture, width, extension), mime_type)


def document_answer(document: Document) -> FileResponse:
    """Return a document: to be saved, never to be shown in a page of ours.

    Raises Http404 where the storage lacks it.
    """
    return _sent(document, document.file.open, document.mime_type, save=True)


def _sent(
    one: Picture | Document,
    open_file: Callable[[], File[bytes]],
    mime_type: str,
    save: bool = False,
) -> FileResponse:
    try:
        file = open_file()
    except FileNotFoundError as error:
        tell_missing(str(one.file.name))
        raise Http404 from error
    # Told apart from the other headers, or Django guesses the type from the file's name.
    return FileResponse(
        file,
        as_attachment=save,
        content_type=mime_type,
        headers={"Content-Security-Policy": "sandbox; default-src 'none'"},
    )
