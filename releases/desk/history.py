"""The history of a release: its revisions and its log, and what differs between any two texts."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from releases import publishing, timekeeping, workflow
from releases.content import TEXT_FIELDS, Content, Figure, read
from releases.desk.access import release_for
from releases.desk.act_forms import RestoreForm
from releases.desk.small_page import small_page
from releases.desk.state import local
from releases.differences import LABELS, FieldChange, compare
from releases.html import with_dateline
from releases.models import Act, Edition, Release, Revision
from releases.restoring import restorable
from releases.shown import Parts, as_shown, day_in_words, parts_of
from releases.snapshots import from_snapshot

ROWS = 50


@dataclass(frozen=True)
class Row:
    """A revision in the list: what it changed, and the editions that were made of it."""

    revision: Revision
    saved: str
    by: str
    changed: str
    editions: list[Edition]
    is_current: bool


@dataclass(frozen=True)
class Line:
    """A line of the log with its moment in words, and the headline where it was another one."""

    act: Act
    at: str
    headline: str


@dataclass(frozen=True)
class Text:
    """One side of a difference: what it is called, where it can be read, a word on it."""

    name: str
    address: str
    said: str
    content: Content


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """All revisions and the whole log, ROWS of each at a time; leads on to what was chosen."""
    release = release_for(request, pk)
    older, newer = (request.GET.get(name, "") for name in ("older", "newer"))
    if _is_number(older) and _is_number(newer):
        pair = sorted((int(older), int(newer)))
        return redirect("admin:releases_release_differences", pk, *pair)
    revisions = Paginator(release.revisions.all(), ROWS).get_page(request.GET.get("page"))
    log = Paginator(release.acts.all(), ROWS).get_page(request.GET.get("log"))
    context = {
        "rows": _rows(release, revisions),
        "revisions": revisions,
        "log": log,
        "lines": [_line(act, release) for act in log],
    }
    return _page(request, "history", release, _("History"), context)


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One revision as a text to read, with ways to its neighbours."""
    release = release_for(request, pk)
    kept = _kept(release, number)
    content = from_snapshot(kept.schema, kept.snapshot)
    context = {
        "revision": kept,
        "saved": local(kept.made_at),
        "by": workflow.name_of(kept.made_by),
        "newest": release.revisions.values_list("number", flat=True)[0],
        **_text(content, parts_of(content)),
    }
    return _page(request, "revision", release, _revision_name(number), context)


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def differences(request: HttpRequest, pk: int, older: int, newer: int) -> HttpResponse:
    """What differs between two revisions."""
    release = release_for(request, pk)
    return _compared(request, release, _revision(release, older), _revision(release, newer))


@require_safe
@permission_required("releases.view_release", raise_exception=True)
def unpublished(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What would change for readers: an edition against the text as it would be published now."""
    release = release_for(request, pk)
    edition = get_object_or_404(release.editions, number=number)
    content = publishing.as_published(read(release), timekeeping.now(), edition)
    before = Text(
        _("Edition %(number)s") % {"number": number},
        edition.get_permanent_url() if edition.public_from <= timekeeping.now() else "",
        _("public from %(moment)s") % {"moment": local(edition.public_from)},
        read(edition),
    )
    return _compared(
        request, release, before, _present(release, content), _("What would change for readers")
    )


@permission_required("releases.change_release", raise_exception=True)
def restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show what restoring a revision would change, then do it."""
    release = release_for(request, pk)
    kept = _kept(release, number)
    form = RestoreForm(request.POST or None, initial={"seen": release.version})
    if request.method == "POST" and form.is_valid():
        try:
            return _restored(request, pk, number, **form.cleaned_data)
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
    found, present = restorable(release, number), read(release)
    context = {
        "revision": kept,
        "saved": local(kept.made_at),
        "lost": found.lost,
        "is_equal": found.content == present,
        "language": found.content.language,
        "changes": compare(*as_shown(present, found.content)),
    }
    return small_page(request, "restore", release, form, _("Restore this text"), context)


def _restored(request: HttpRequest, pk: int, number: int, seen: int, why: str) -> HttpResponse:
    """Restore, say what was done and what was not, and show the form. Raises workflow.Refused."""
    done = workflow.restore(pk, request.user, seen, number, why)  # type: ignore[arg-type]
    numbers = {"number": number, "new": done.revision.number if done.revision else number}
    if done.revision is None:
        messages.info(
            request, _("The text says what revision %(number)s says: nothing to restore.") % numbers
        )
    else:
        messages.success(
            request, _("Revision %(number)s is restored, as revision %(new)s.") % numbers
        )
    for lost in done.lost:
        messages.warning(request, str(lost))
    return HttpResponseRedirect(reverse("admin:releases_release_change", args=[pk]))


# --- The list ------------------------------------------------------------------------------------


def _rows(release: Release, page: Page[Revision]) -> list[Row]:
    """Return the page's rows; later pages begin with the newest revision too, to compare with."""
    kept = release.revisions.select_related("made_by")
    start, end = page.start_index(), page.end_index()
    found = list(kept[start - 1 : end + 1])  # and one more, to say what the last one changed
    texts = {one.number: from_snapshot(one.schema, one.snapshot) for one in found}
    made = _editions_by_revision(release, texts)
    newest = list(kept[:1]) if page.has_previous() else found[:1]
    shown = found[: end - start + 1]
    return [
        Row(
            one,
            local(one.made_at),
            workflow.name_of(one.made_by),
            _changed(texts.get(one.number - 1), texts.get(one.number)),
            made.get(one.number, []),
            one in newest,
        )
        for one in (newest + shown if page.has_previous() else shown)
    ]


def _changed(older: Content | None, newer: Content | None) -> str:
    """Name the fields that a revision changed: "Headline, text"."""
    if older is None or newer is None:
        return ""
    names = [name for name in LABELS if getattr(older, name, "") != getattr(newer, name, "")]
    return capfirst(", ".join(str(LABELS[name]) for name in names))


def _editions_by_revision(release: Release, texts: dict[int, Content]) -> dict[int, list[Edition]]:
    """Return the editions that were made of each revision: the newest then, if it says the same."""
    found: dict[int, list[Edition]] = {}
    former = None
    for edition in _with_revision(release):
        text = texts.get(edition.made_of)  # type: ignore[attr-defined]
        if text and _says(edition, publishing.as_published(text, edition.public_from, former)):
            found.setdefault(edition.made_of, []).append(edition)  # type: ignore[attr-defined]
        former = edition
    return found


def _with_revision(release: Release) -> QuerySet[Edition]:
    """Return the editions in order, each with `made_of`: the number of the revision before it."""
    before = release.revisions.filter(made_at__lte=OuterRef("made_at"))
    number = Subquery(before.order_by("-number").values("number")[:1])
    return release.editions.annotate(made_of=number).order_by("number")


def _says(edition: Edition, content: Content) -> bool:
    return all(getattr(edition, name) == getattr(content, name) for name in TEXT_FIELDS)


def _line(act: Act, release: Release) -> Line:
    return Line(act, local(act.at), act.headline if act.headline != str(release) else "")


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


# --- One text, two texts -------------------------------------------------------------------------


def _kept(release: Release, number: int) -> Revision:
    return get_object_or_404(release.revisions.select_related("made_by"), number=number)


def _revision_name(number: int) -> str:
    return _("Revision %(number)s") % {"number": number}


def _revision(release: Release, number: int) -> Text:
    kept = _kept(release, number)
    return Text(
        _revision_name(number),
        reverse("admin:releases_release_revision", args=[release.pk, number]),
        " · ".join(filter(None, [local(kept.made_at), workflow.name_of(kept.made_by), kept.why])),
        from_snapshot(kept.schema, kept.snapshot),
    )


def _present(release: Release, content: Content) -> Text:
    said = [local(release.changed_at), workflow.name_of(release.changed_by)]
    address = reverse("admin:releases_release_change", args=[release.pk])
    return Text(_("The present text"), address, " · ".join(said), content)


def _text(content: Content, parts: Parts) -> dict[str, Any]:
    """Return a text for reading: its body cleaned, what hangs on it by name."""
    [shown] = as_shown(content)
    return {
        "content": content,
        "shown": shown,
        "day": day_in_words(content),
        "body": with_dateline(content.body, content.dateline),
        "figures": [_figure(one, parts) for one in content.figures],
    }


def _figure(figure: Figure, parts: Parts) -> dict[str, Any]:
    return {"words": figure, "picture": parts.pictures.get(figure.picture)}


def _compared(
    request: HttpRequest, release: Release, older: Text, newer: Text, title: str = ""
) -> HttpResponse:
    """Show what differs between two texts."""
    changes: list[FieldChange] = compare(*as_shown(older.content, newer.content))
    context = {
        "older": older,
        "newer": newer,
        "changes": changes,
        "is_equal": older.content == newer.content,
        "language": newer.content.language,
    }
    return _page(request, "differences", release, title or _("What changed"), context)


def _page(
    request: HttpRequest, name: str, release: Release, title: str, context: dict[str, Any]
) -> HttpResponse:
    """Show one of these pages in the admin's frame."""
    frame = {
        **admin.site.each_context(request),
        "title": title,
        "release": release,
        "opts": Release._meta,
    }
    return render(request, f"admin/releases/release/{name}.html", {**frame, **context})
