"""How a stored file is sent: its own type, and no right to do anything in a browser."""

from __future__ import annotations

from django.core.files.base import File
from django.http import FileResponse, Http404

from files import renditions
from files.models import Picture


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


def _sent(file: File[bytes], mime_type: str) -> FileResponse:
    headers = {
        "Content-Type": mime_type,
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return FileResponse(file, headers=headers)
