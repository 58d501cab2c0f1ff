"""Pictures as files carry them: the original, or one that suits a page."""

from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image

from releases.formats.shape import Document, Figure

# Pixels across: 300 to the inch on a page. What is wider makes a file larger and no page finer.
WIDEST = 1900


class Missing(Exception):
    """The storage lacks the file of `one`."""

    def __init__(self, one: Figure | Document) -> None:
        super().__init__(one.file)
        self.one = one


def original(one: Figure | Document) -> bytes:
    """Return a picture, or another file, as it is stored; raises Missing where it is not."""
    try:
        with default_storage.open(one.file) as stored:
            data: bytes = stored.read()
    except FileNotFoundError as error:
        raise Missing(one) from error
    return data


def for_page(figure: Figure) -> tuple[str, bytes]:
    """Return a picture's suffix and bytes as JPEG or PNG, which every program knows.

    One of these that is not too wide stays what it is, to the byte.
    """
    data = original(figure)
    if figure.mime in ("image/jpeg", "image/png") and figure.width <= WIDEST:
        return (".jpg" if figure.mime == "image/jpeg" else ".png"), data
    kind = "JPEG" if figure.mime == "image/jpeg" else "PNG"
    made = BytesIO()
    with Image.open(BytesIO(data)) as image:
        image.draft("RGB", (WIDEST, WIDEST))
        height = max(1, round(image.height * WIDEST / image.width))
        fit = image.resize((WIDEST, height)) if image.width > WIDEST else image
        fit.save(made, kind, quality=88, icc_profile=image.info.get("icc_profile"))
    return (".jpg" if kind == "JPEG" else ".png"), made.getvalue()
