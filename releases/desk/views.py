"""The desk's own pages: duplicate, submit, approve, send back, publish, take back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from releases import publishing, timekeeping, workflow
from releases.checks import problems
from releases.content import read
from releases.desk.access import release_for
from releases.desk.act_forms import (
    NoteForm,
    PublishForm,
    SendBackForm,
    UrgentForm,
    WithdrawForm,
)
from releases.desk.consequences import consequences, published
from releases.desk.since import since
from releases.desk.small_page import small_page
from releases.desk.state import describe, moment, named
from releases.desk.told import left_behind
from releases.models import Release

Act = Callable[[int, Any, int], Release]


def act(request: HttpRequest, pk: int, seen: int, action: Act) -> HttpResponse:
    """Do `action`, say what happened, and show the release's form again."""
    release_for(request, pk)
    change = reverse("admin:releases_release_change", args=[pk])
    try:
        release = action(pk, request.user, seen)
    except workflow.Refused as refused:
        return say_why(request, change, refused)
    state = describe(list(release.editions.all()), timekeeping.now())
    messages.success(
        request,
        _("“%(release)s” is now: %(stage)s, %(newsroom)s.")
        % {"release": release, "stage": release.get_stage_display(), "newsroom": state},
    )
    return HttpResponseRedirect(change)


def say_why(request: HttpRequest, change: str, refused: workflow.Refused) -> HttpResponse:
    """Say why not, and show the release's form again."""
    for reason in refused.reasons:
        messages.error(request, reason)
    return HttpResponseRedirect(f"{change}?check=1" if refused.problems else change)


@require_POST
@permission_required("releases.add_release", raise_exception=True)
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a new draft with the text, topics and contacts of this release, and open it."""
    by: Any = request.user
    release = release_for(request, pk)
    try:
        copy = workflow.duplicate(pk, by, seen_by_button(request))
    except workflow.Refused as refused:
        change = reverse("admin:releases_release_change", args=[pk])
        return say_why(request, change, refused)
    messages.success(
        request,
        _(
            "This draft is a copy of “%(headline)s”: its text, topics and media contacts. "
            "Left behind: %(left)s."
        )
        % {"headline": release, "left": left_behind(read(release))},
    )
    return HttpResponseRedirect(reverse("admin:releases_release_change", args=[copy.pk]))


@require_POST
@permission_required("releases.submit_release", raise_exception=True)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand a draft to the editors."""
    return act(request, pk, seen_by_button(request), workflow.submit)


@require_POST
@permission_required("releases.approve_release", raise_exception=True)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the text as it is stored."""
    return act(request, pk, seen_by_button(request), workflow.approve)


@require_POST
@permission_required("releases.publish_release", raise_exception=True)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a scheduled edition back."""
    return act(request, pk, seen_by_button(request), workflow.take_back)


@permission_required("releases.approve_release", raise_exception=True)
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then make it a draft again."""
    release = release_for(request, pk)
    form = SendBackForm(request.POST or None, initial={"seen": release.version})
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        return act(
            request,
            pk,
            form.cleaned_data["seen"],
            lambda pk, by, seen: workflow.send_back(pk, by, seen, why),
        )
    return small_page(request, "send_back", release, form, _("Send back"))


@permission_required("releases.publish_release", raise_exception=True)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask when (and why, if an edition is replaced), then publish."""
    return _publish(request, pk, PublishForm, _("Publish"))


@permission_required("releases.publish_release", raise_exception=True)
def publish_urgently(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for a text that nobody has approved, and why it can't wait."""
    return _publish(request, pk, UrgentForm, _("Publish without approval"), {"urgent": True})


def _publish(
    request: HttpRequest,
    pk: int,
    form_class: type[PublishForm],
    title: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form, or publish as it says."""
    release, now = release_for(request, pk), timekeeping.now()
    waiting = publishing.scheduled_edition(release, now)
    former = publishing.begun_edition(release, now)
    told = {"former": former, "waiting": waiting}
    form = form_class(request.POST or None, **told, initial={"seen": release.version})
    if request.method == "POST" and form.is_valid():
        try:
            edition = form.publish(release, request.user)  # type: ignore[arg-type]
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, published(edition))
            return HttpResponseRedirect(reverse("admin:releases_release_change", args=[pk]))
    place = (release.language, release.slug)
    content = read(release)
    context = {
        **told,
        "moves": former is not None and place != (former.language, former.slug),
        "problems": problems(release, content),
        "since": since(release, content),
        **(extra or {}),
    }
    context["consequences"] = consequences(release, content, now)
    if waiting:
        context |= {"name": named(waiting), "moment": moment(waiting.public_from, now)}
    return small_page(request, "publish", release, form, title, context)


@permission_required("releases.publish_release", raise_exception=True)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then end the public edition."""
    release = release_for(request, pk)
    form = WithdrawForm(request.POST or None, initial={"seen": release.version})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("reason", "text", "replaced_by")}
        return act(
            request,
            pk,
            form.cleaned_data["seen"],
            lambda pk, by, seen: workflow.withdraw(pk, by, seen, **told),
        )
    return small_page(request, "withdraw", release, form, _("Withdraw"))


@permission_required("releases.publish_release", raise_exception=True)
def mend_note(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show the public note of an edition after the first, and store another wording."""
    release = release_for(request, pk)
    edition = get_object_or_404(release.editions, number=number)
    initial = {"seen": release.version, "text": edition.note}
    form = NoteForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        try:
            workflow.mend_note(pk, request.user, words["seen"], number, words["text"])  # type: ignore[arg-type]
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("The note of edition %(n)d is mended.") % {"n": number})
            return HttpResponseRedirect(reverse("admin:releases_release_change", args=[pk]))
    return small_page(request, "mend_note", release, form, _("Mend the note"), {"edition": edition})


def seen_by_button(request: HttpRequest) -> int:
    """Return the version that the button's form had seen; -1 (never one) for anything else."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1
