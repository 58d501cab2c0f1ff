"""The picture that stands beside a link to a release where it is shared: 1200 × 630 pixels, PNG.

Its address carries a hash of all that it shows: a corrected headline is another address, so that
nobody who keeps pictures shows the former one. It is drawn at the first request, and only for an
edition that is public. The fonts (releases/newsroom/fonts/) are our own: a card looks the same on
every machine.
"""

from dataclasses import astuple, dataclass
from functools import lru_cache
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from unicodedata import bidirectional, normalize

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw, ImageFont, features
from PIL.ImageFont import FreeTypeFont

from releases.html import one_line
from releases.models import Edition
from releases.newsroom.addressed import addressed

WIDTH, HEIGHT, MARGIN, STRIP = 1200, 630, 80, 16
TOP, BOTTOM = 150, 490  # The headline stands between these.
SIZES = (84, 76, 68, 61, 55, 49, 44, 39, 34, 30)
# From this size down, a word that is too long may be broken.
BROKEN, LEADING = 49, 1.2
PAPER, INK, QUIET, ACCENT, HAIRLINE = "#f9fafd", "#141728", "#484c5e", "#3138ba", "#ced0d9"
# Counts up when cards are drawn otherwise, so that they have other addresses.
DESIGN = 1
FONTS = Path(__file__).parent / "fonts"
SERIF, SANS = "DejaVuSerif-Bold.ttf", "DejaVuSans-Bold.ttf"
# The house's mark, three times #: each line from where to where, on a field of 63 by 32.
MARK = [((x, 2), (x - 5, 30)) for x in (11, 19, 31, 39, 51, 59)]
MARK += [((2, 11), (62, 11)), ((1, 21), (61, 21))]
# Letters from right to left are joined and ordered by raqm, which wants FriBiDi on the machine.
SHAPED = features.check("raqm")


@dataclass(frozen=True)
class Card:
    """All that a card shows."""

    headline: str
    kicker: str
    day: str
    office: str

    @property
    def digest(self) -> str:
        """The part of its address that changes with what it shows."""
        shown = "\0".join((str(DESIGN), *astuple(self)))
        return blake2b(shown.encode(), digest_size=8).hexdigest()


def card_of(edition: Edition) -> Card:
    """Return what the card of an edition shows, in the edition's language."""
    with translation.override(edition.language):
        return Card(
            headline=one_line(edition.headline),
            kicker=edition.kicker,
            day=date_format(edition.day, translation.pgettext("date format", "F j, Y")),
            office=one_line(
                str(settings.PRESS_OFFICE["full_name"] or settings.PRESS_OFFICE["name"])
            ),
        )


def card_address(edition: Edition) -> str:
    """Return the address of a public edition's card."""
    with translation.override(edition.language):
        return reverse("newsroom:card", args=[edition.slug, card_of(edition).digest])


def home_card() -> Card:
    """Return what the card of the newsroom itself shows, in the active language."""
    office = settings.PRESS_OFFICE
    full_name = one_line(str(office["full_name"] or office["name"]))
    return Card(
        headline=one_line(str(office["tagline"])) or full_name,
        kicker=translation.gettext("%(name)s newsroom") % {"name": office["name"]},
        day="",
        office=full_name,
    )


def home_card_address() -> str:
    """Return the address of that card."""
    return reverse("newsroom:home_card", args=[home_card().digest])


@require_safe
def home(_request: HttpRequest, digest: str) -> HttpResponse:
    """The card of the newsroom; a former address leads to the present one."""
    shown = home_card()
    if shown.digest != digest:
        return HttpResponseRedirect(home_card_address())
    return HttpResponse(drawn(shown), content_type="image/png")


@require_safe
def card(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The card of a public release; the address of a former one leads to the present one."""
    found = addressed(request, "newsroom:card", slug, digest=digest)
    if isinstance(found, HttpResponse):
        return found
    shown = card_of(found.current)
    if shown.digest != digest:
        return HttpResponseRedirect(card_address(found.current))
    return HttpResponse(drawn(shown), content_type="image/png")


@lru_cache(maxsize=128)
def drawn(card: Card) -> bytes:
    """Return the picture of a card as PNG; the last ones are kept."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, STRIP), ACCENT)
    small, office = _font(SANS, 26), _fitting(card.office, 30, WIDTH // 2)
    pen.text((MARGIN, 84), card.kicker.upper(), ACCENT, small)
    _headline(pen, card.headline)
    pen.line((MARGIN, 520, WIDTH - MARGIN, 520), HAIRLINE, 2)
    _mark(image, (MARGIN, 544))
    pen.text((MARGIN + 100, 564), readable(card.office, office), INK, office, anchor="lm")
    pen.text((WIDTH - MARGIN, 564), card.day, QUIET, _font(SANS, 24), anchor="rm")
    out = BytesIO()
    image.quantize(128).save(out, "PNG", optimize=True)
    return out.getvalue()


def _headline(pen: ImageDraw.ImageDraw, text: str) -> None:
    """Write the headline as large as it fits, from the side at which its letters begin."""
    name = _name_of_font(text)
    text = readable(text, _font(name, SIZES[0]))
    to_left = runs_to_the_left(text)
    font, lines = _set(text, name)
    step = round(font.size * LEADING)
    x, anchor = (WIDTH - MARGIN, "ra") if to_left else (MARGIN, "la")
    direction = ("rtl" if to_left else "ltr") if SHAPED else None
    for number, line in enumerate(lines):
        pen.text((x, TOP + number * step), line, INK, font, anchor=anchor, direction=direction)


def _set(text: str, name: str) -> tuple[FreeTypeFont, list[str]]:
    """Return the largest font in which the text fits, and its lines; a longer one is cut."""
    width = WIDTH - 2 * MARGIN
    for size in SIZES:
        font = _font(name, size)
        most = int((BOTTOM - TOP) // (size * LEADING))
        whole = all(font.getlength(word) <= width for word in text.split(" "))
        found = wrapped(text, font, width)
        if len(found) <= most and (whole or size <= BROKEN):
            return font, balanced(text, font, width)
    return font, [*found[: most - 1], found[most - 1].rstrip(" ,;:–—-") + "…"]


def wrapped(text: str, font: FreeTypeFont, width: float) -> list[str]:
    """Return the lines of a text; a word that is longer than a line is broken."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= width:
            line = longer
            continue
        lines += [line] if line else []
        line = word
        while font.getlength(line) > width:
            cut = next(n for n in range(len(line), 0, -1) if font.getlength(line[:n]) <= width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def balanced(text: str, font: FreeTypeFont, width: int) -> list[str]:
    """Return as many lines as the full width takes, and as even as they come."""
    full = wrapped(text, font, width)
    longest = max((font.getlength(word) for word in text.split(" ")), default=0)
    for narrower in range(max(width // 2, int(longest) + 1), width, 20):
        lines = wrapped(text, font, narrower)
        if len(lines) == len(full):
            return lines
    return full


def runs_to_the_left(text: str) -> bool:
    """Return whether a text begins from the right (Unicode UAX 9, rules P2 and P3)."""
    strong = (kind for kind in map(bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def _name_of_font(text: str) -> str:
    """Return the serif font if it has every letter, else the one that has more scripts."""
    serif = _font(SERIF, SIZES[0])
    return SERIF if readable(text, serif) == normalize("NFC", text) else SANS


def readable(text: str, font: FreeTypeFont) -> str:
    """Return a text without what the font has no picture for (emoji), spaces put in order."""
    kept = "".join(mark for mark in normalize("NFC", text) if _has(font, mark))
    return " ".join(kept.split(" ")) if kept == normalize("NFC", text) else " ".join(kept.split())


@lru_cache(maxsize=4096)
def _has(font: FreeTypeFont, mark: str) -> bool:
    """Return whether a font has a picture of its own for a character."""
    if mark.isspace():
        return True
    return bytes(font.getmask(mark)) != bytes(font.getmask("\U0010ffff"))


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> FreeTypeFont:
    return ImageFont.truetype(FONTS / name, size)


def _fitting(text: str, size: int, width: int) -> FreeTypeFont:
    """Return the largest font, from `size` down, in which a line of text is not too wide."""
    fonts = (_font(SANS, smaller) for smaller in range(size, 12, -2))
    return next((font for font in fonts if font.getlength(text) <= width), _font(SANS, 12))


def _mark(image: Image.Image, place: tuple[int, int]) -> None:
    """Put the house's mark there, 80 pixels wide: drawn four times as large, for even edges."""
    scale, large = 80 / 63, 4
    size = (80, round(32 * scale))
    field = Image.new("L", (size[0] * large, size[1] * large))
    pen = ImageDraw.Draw(field)
    for line in MARK:
        ends = [(x * scale * large, y * scale * large) for x, y in line]
        pen.line(ends, 255, round(3.5 * scale * large))
    image.paste(ACCENT, place, field.resize(size, Image.Resampling.LANCZOS))
