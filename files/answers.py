"""How a stored file is sent: its own type, and no right to do anything in a browser."""

from __future__ import annotations

from django.core.files.base import File
from django.http import FileResponse, Http404

from files import renditions
from files.models import Document, Picture


def picture_answer(picture: Picture) -> FileResponse:
    """Return a picture's own file."""
    return _sent(picture.file.open(), picture.mime_type)


def copy_answer(picture: Picture, width: int, name: str) -> FileResponse:
    """Return one of a picture's smaller copies; raises Http404 for one that is not offered."""
    if not renditions.is_offered(picture, width, name):
        raise Http404
    extension = name.rpartition(".")[2]
    copy = renditions.rendition(picture, width, extension)
    return _sent(copy, renditions.FORMATS[extension].mime)


def document_answer(document: Document) -> FileResponse:
    """Return a document: to be saved, never to be shown in a page of ours."""
    return _sent(document.file.open(), document.mime_type, save=True)


def _sent(file: File[bytes], mime_type: str, save: bool = False) -> FileResponse:
    # Told apart from the other headers, or Django guesses the type from the file's name.
    return FileResponse(
        file,
        as_attachment=save,
        content_type=mime_type,
        headers={"Content-Security-Policy": "sandbox; default-src 'none'"},
    )
