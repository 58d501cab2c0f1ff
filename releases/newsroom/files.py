"""How a stored file is sent, whoever may have it."""

from django.http import FileResponse

from files.models import Picture


def file_answer(picture: Picture) -> FileResponse:
    """Return the file: its own type, and no right to do anything in a browser."""
    headers = {
        "Content-Type": picture.mime_type,
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return FileResponse(picture.file.open(), headers=headers)
