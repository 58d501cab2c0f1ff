"""Quick search at the desk: one question, asked of all that this person may see."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Contact
from donations.models import Appeal
from releases.models import Release, Topic

SEARCHED: tuple[type[Model], ...] = (Release, Topic, Contact, Appeal, User)
HITS = 10
#: Characters of a question that are looked at.
LONGEST = 200


@dataclass(frozen=True)
class Group:
    """What was found of one kind: its name, and the name, address and language of each hit."""

    name: str
    hits: list[tuple[str, str, str]]


def found(request: HttpRequest, question: str) -> list[Group]:
    """Return what answers `question`, by kind; only kinds that the asker may view."""
    question = question.replace("\x00", "").strip()[:LONGEST]
    if not question:
        return []
    groups = (_group(request, model, question) for model in SEARCHED)
    return [group for group in groups if group.hits]


def _group(request: HttpRequest, model: type[Model], question: str) -> Group:
    """Ask the model's own list at the desk: its own fields, rows and permissions."""
    options = model._meta
    rows = admin.site.get_model_admin(model)
    name = str(options.verbose_name_plural)
    if not rows.has_view_permission(request):
        return Group(name, [])
    hits, _twice = rows.get_search_results(request, rows.get_queryset(request), question)
    page = f"admin:{options.app_label}_{options.model_name}_change"
    return Group(
        name,
        [
            (str(hit), reverse(page, args=[hit.pk]), getattr(hit, "language", ""))
            for hit in hits.distinct()[:HITS]
        ],
    )


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Show what was found, grouped."""
    question = request.GET.get("q", "")
    context = {
        **admin.site.each_context(request),
        "title": _("Search"),
        "question": question,
        "groups": found(request, question),
    }
    return render(request, "admin/find.html", context)
