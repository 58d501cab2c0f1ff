"""What the release's form shows without storing it: a collision, or text that was not saved."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict

from releases import autosaving, workflow
from releases.content import Content, read, tidied
from releases.desk.access import release_for
from releases.desk.collision import meet
from releases.desk.house_style import taken
from releases.desk.rows import with_uploads
from releases.desk.typed import WORDS, held, rows
from releases.desk.writing import STYLE
from releases.models import Autosave, Release


def prepare(request: HttpRequest, key: str | None) -> None:
    """Look whether the form may be stored; where not, let the admin show it, with `request.shown`.

    `key` is the release's, None for a new one. Called in the transaction that stores.
    """
    if not request.user.has_perm("releases.change_release"):
        return
    if request.method == "POST":
        _meet(request, key)
        _restyle(request, key)
    elif "restore" in request.GET and (slot := autosaving.slot(_user(request), _pk(key))):
        release = release_for(request, slot.release_id) if slot.release_id else None
        _show(request, as_posted(slot), release)


def _meet(request: HttpRequest, key: str | None) -> None:
    """Hold the release, and what is posted against it."""
    pk = _pk(key)
    if pk is None:
        return
    unmoved = str(workflow.locked_version(pk)) == request.POST.get("seen")
    if unmoved and not any(name.startswith("asked-") for name in request.POST):
        return
    release = release_for(request, pk)
    met = meet(with_uploads(request.POST, request.FILES), release)
    if met and met.collision:
        # The admin stores what comes by POST, and shows what is asked for by GET.
        request.method = "GET"
        request.shown, request.collision = met.data, met.collision  # type: ignore[attr-defined]
    elif met:
        request.POST = met.data  # type: ignore[assignment]


def _restyle(request: HttpRequest, key: str | None) -> None:
    """Let the form be shown in house style, where somebody has seen what that changes."""
    if request.method == "POST" and STYLE in request.POST:
        pk = _pk(key)
        release = release_for(request, pk) if pk is not None else None
        request.POST = taken(request.POST, release)  # type: ignore[assignment]


def _show(request: HttpRequest, data: QueryDict, release: Release | None) -> None:
    """Show `data` in the form, and what it would collide with."""
    met = meet(data, release) if release else None
    request.shown = met.data if met else data  # type: ignore[attr-defined]
    request.collision = met.collision if met else None  # type: ignore[attr-defined]


def facts(request: HttpRequest, release: Release | None) -> dict[str, Any]:
    """Return what the form's page says about text that is not stored."""
    shown = getattr(request, "shown", None)
    may_write = request.user.has_perm("releases.change_release")
    slot = autosaving.slot(_user(request), release.pk if release else None) if may_write else None
    if slot and (shown is not None or not differs(slot, release)):
        slot = None
    return {"collision": getattr(request, "collision", None), "unsaved": slot, "shown": shown}


def as_posted(slot: Autosave) -> QueryDict:
    """Return a slot's values as a form would send them."""
    data = QueryDict(mutable=True)
    for name, values in slot.values.items():
        data.setlist(name, values)
    return data


def content_in(slot: Autosave, release: Release | None) -> Content:
    """Return what a slot says; a release's empty address counts as the one it has."""
    found = tidied(held(as_posted(slot), release))
    return Content(**{**vars(found), "slug": found.slug or (release.slug if release else "")})


def differs(slot: Autosave, release: Release | None) -> bool:
    """Whether a slot holds anything that is not stored."""
    begun = any(
        not row["kept"] and any(row[name] for name in WORDS)
        for row in rows(as_posted(slot), "figures")
    )
    stored = read(release) if release else Content()
    found = content_in(slot, release)
    if release is None:  # that a kind or a language was chosen is not worth a word
        found = Content(**{**vars(found), "kind": stored.kind, "language": stored.language})
    return begun or found != stored


def _user(request: HttpRequest) -> User:
    """Return who is signed in: the admin lets nobody else come this far."""
    return request.user  # type: ignore[return-value]


def _pk(key: str | None) -> int | None:
    """Return a release's key from an address of the admin; None for anything else."""
    return int(key) if key and key.isdecimal() and len(key) < 18 else None
