"""The page that says what changed between two editions of a release."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from releases.differences import Value, compare
from releases.figures import words
from releases.models import Edition, EditionAttachment, EditionContact, EditionFigure, EditionTopic
from releases.newsroom.addressed import addressed
from releases.newsroom.parts import page

TEXTS = ("headline", "subhead", "dateline", "summary", "body")


@require_safe
def differences(request: HttpRequest, slug: str, older: int, newer: int) -> HttpResponse:
    """What changed from one edition to a later one, and why."""
    if older >= newer:
        raise Http404
    found = addressed(request, "newsroom:differences", slug, older=older, newer=newer)
    if isinstance(found, HttpResponse):
        return found
    before, after = found.edition(older), found.edition(newer)
    context = {
        "older": before,
        "newer": after,
        "steps": [one for one in found.begun[::-1] if older < one.number <= newer],
        "changes": compare(*_as_shown(before, after)),
    }
    return page(request, "newsroom/differences.html", context)


def _as_shown(*editions: Edition) -> list[dict[str, Value]]:
    """Return each edition's fields as readers see them; four queries, however many editions."""
    topics = EditionTopic.objects.filter(edition__in=editions).select_related("topic")
    contacts = EditionContact.objects.filter(edition__in=editions).select_related("contact")
    attached = EditionAttachment.objects.filter(edition__in=editions).select_related("document")
    figures = EditionFigure.objects.filter(edition__in=editions)
    named = {
        "topics": _by_edition((row.edition_id, row.topic.name) for row in topics),
        "contacts": _by_edition((row.edition_id, row.contact.name) for row in contacts),
        "figures": _by_edition((row.edition_id, "\n".join(words(row))) for row in figures),
        "attachments": _by_edition(
            (row.edition_id, f"{row.title} ({row.document.name})") for row in attached
        ),
    }
    return [
        {
            **{name: getattr(one, name) for name in TEXTS},
            **{name: found.get(one.pk, []) for name, found in named.items()},
            "topics": sorted(named["topics"].get(one.pk, [])),
            "kind": one.kicker,
            "dated": date_format(one.day, pgettext("date format", "F j, Y")),
        }
        for one in editions
    ]


def _by_edition(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for edition, text in rows:
        found.setdefault(edition, []).append(text)
    return found
