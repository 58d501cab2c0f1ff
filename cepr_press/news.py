"""What is new, for staff: CHANGELOG.md as a page of the desk."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cepr_press import __version__

STRONG = re.compile(r"\*\*(.+?)\*\*")


@dataclass
class Version:
    """One version: its name, and its paragraphs as (strong words, the words after them)."""

    name: str
    items: list[tuple[str, str]] = field(default_factory=list)


def versions(text: str) -> list[Version]:
    """Read a change log: "## name", then paragraphs and "- " items. All else stays plain text."""
    found: list[Version] = []
    for heading in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        name, _line, rest = heading.partition("\n")
        blocks = re.split(r"\n\s*\n|\n(?=- )", rest.strip())
        found.append(Version(name.strip(), [_item(block) for block in blocks if block.strip()]))
    return found


def _item(block: str) -> tuple[str, str]:
    """Part a paragraph into the strong words that it begins with, and the rest."""
    words = " ".join(block.removeprefix("- ").split())
    strong = STRONG.match(words)
    rest = words[strong.end() :] if strong else words
    return (strong.group(1) if strong else "", STRONG.sub(r"\1", rest).replace("`", ""))


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """Show the change log, newest version first as it stands there."""
    text = (settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8")
    context = {
        **admin.site.each_context(request),
        "title": _("What’s new"),
        "version": __version__,
        "versions": versions(text),
    }
    return render(request, "admin/news.html", context)
