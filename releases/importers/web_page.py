"""Reads a saved web page or mail: its rich text, and what of the page a release does not take."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Final

from django.utils.translation import gettext as _

from releases.importers import ImportedText, decode

HEAD: Final = re.compile(r"<head[\s>].*?</head\s*>", re.DOTALL | re.IGNORECASE)
PICTURE: Final = re.compile(r"<img\b[^>]*", re.IGNORECASE)
ALT: Final = re.compile(r"""\balt\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
EMBEDDED: Final = re.compile(
    r"<(video|audio|iframe|object|embed|svg|canvas|form|math)\b", re.IGNORECASE
)
CHANGED: Final = re.compile(r"<(del|ins)\b", re.IGNORECASE)
COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)


def read_page(data: bytes, _accepted: Mapping[str, bool]) -> ImportedText:
    """What an `.html` file says. Raises ImportRefused."""
    markup = decode(data)
    shown = COMMENT.sub("", HEAD.sub("", markup, count=1))
    losses = [_picture(tag) for tag in PICTURE.findall(shown)]
    embedded = sorted({name.lower() for name in EMBEDDED.findall(shown)})
    losses += [_("Embedded in the page: %(name)s.") % {"name": name} for name in embedded]
    if CHANGED.search(shown):
        losses.append(_("Marked changes: insertions are in the text, deletions are gone."))
    return ImportedText(markup=HEAD.sub("", markup, count=1), losses=tuple(losses))


def _picture(tag: str) -> str:
    alt = ALT.search(tag)
    name = " ".join(unescape(alt[1].strip("\"'")).split()) if alt else ""
    return _("A picture (%(name)s) that is not in the file.") % {
        "name": name or _("without a description")
    }
