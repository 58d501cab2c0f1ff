"""Translations at the desk: which there are, which could begin, and what each is behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from releases import workflow
from releases.desk.access import release_for
from releases.desk.small_page import small_page
from releases.desk.state import describe
from releases.desk.views import act, say_why, seen_by_button
from releases.models import Edition, Release


@dataclass(frozen=True)
class Member:
    """The same release in another language: its form, what is said of it, what it is behind."""

    language: str
    headline: str
    address: str
    said: str
    behind: str = ""


@dataclass(frozen=True)
class Source:
    """What a translation was made from, in words; where it is shown what has changed since.

    `newest` is the number of the edition that it could have by now, 0 where it has that.
    """

    words: str
    compare: str = ""
    newest: int = 0


@dataclass(frozen=True)
class Family:
    """A release among its translations, as one person may know them.

    `members` are the others; `free` the languages in which there is none, by code and name.
    """

    members: list[Member]
    free: list[tuple[str, str]]
    source: Source | None

    @property
    def translated(self) -> bool:
        """Whether it is the original of others."""
        return bool(self.members) and self.source is None


def family(release: Release, by: User, now: datetime) -> Family:
    """Return the translations of a release that `by` may see, and those that could be begun."""
    others = Release.objects.visible_to(by).of_family(release.root).exclude(pk=release.pk)
    rows = list(others.prefetch_related("editions"))
    own = [one.number for one in release.editions.all() if one.is_public(now)]
    taken = {release.language, *(one.language for one in rows)}
    free = [pair for pair in settings.LANGUAGES if pair[0] not in taken]
    original = next((one for one in rows if one.pk == release.original_id), None)
    return Family(
        members=[_member(one, release, max(own, default=0), now) for one in rows],
        free=[] if release.original_id else free,
        source=_source(release, original, now) if original else None,
    )


def _member(one: Release, release: Release, public: int, now: datetime) -> Member:
    """Return what the form of `release`, whose edition `public` is public, says of another."""
    state = describe(list(one.editions.all()), now)
    late = one.original_id == release.pk and public > max(one.based_on, 1)
    return Member(
        language=one.language,
        headline=str(one),
        address=_desk("change", one.pk),
        said=" · ".join((one.get_language_display(), str(one.get_stage_display()), state)),
        behind=made_from(one.based_on, public, public=True) if late else "",
    )


def made_from(based_on: int, newest: int, *, public: bool) -> str:
    """Say which edition of the original a translation was made from, and which there is now."""
    words = {"base": based_on, "number": newest}
    if not newest:
        return _("Begun before the original had an edition.")
    if newest <= based_on:
        return _("Made from edition %(base)d of the original, its newest.") % words
    if not based_on and public:
        return _("Begun before the original’s first edition; edition %(number)d is public.") % words
    if not based_on:
        return _("Begun before the original’s first edition; edition %(number)d waits.") % words
    if public:
        return _("Made from edition %(base)d; edition %(number)d is public.") % words
    return _("Made from edition %(base)d; edition %(number)d waits for its moment.") % words


def _source(release: Release, original: Release, now: datetime) -> Source:
    """Return what the form of a translation says of its original."""
    editions: Sequence[Edition] = sorted(original.editions.all(), key=lambda one: one.number)
    if not editions:
        return Source(made_from(release.based_on, 0, public=False))
    newest = editions[-1]
    words = made_from(release.based_on, newest.number, public=newest.is_public(now))
    if newest.number <= release.based_on:
        return Source(words)
    return Source(words, _compare(release, original, newest, now), newest.number)


def _compare(release: Release, original: Release, newest: Edition, now: datetime) -> str:
    """Return where it is shown what the translation may lack, '' where there is nothing."""
    if release.based_on and newest.is_public(now):
        return newest.get_differences_url(release.based_on)
    if release.based_on:
        return _desk("unpublished", original.pk, release.based_on)
    began = release.revisions.order_by("number").values_list("made_at", flat=True).first()
    numbers = original.revisions.values_list("number", flat=True)
    older, newer = numbers.filter(made_at__lte=began).first(), numbers.first()
    return _desk("differences", original.pk, older, newer) if older and older != newer else ""


def _desk(page: str, *places: Any) -> str:
    return reverse(f"admin:releases_release_{page}", args=places)


@require_POST
@permission_required("releases.add_release", raise_exception=True)
def translate(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a draft in another language that is linked to this release, and open it."""
    by: Any = request.user
    release = release_for(request, pk)
    change, language = _desk("change", pk), request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseRedirect(change)
    try:
        made = workflow.translate(pk, by, seen_by_button(request), language)
    except workflow.Refused as refused:
        return say_why(request, change, refused)
    messages.success(
        request,
        _(
            "This draft is to become the translation of “%(headline)s”. It begins with its text: "
            "write over that, field by field."
        )
        % {"headline": release},
    )
    return HttpResponseRedirect(_desk("change", made.pk))


class LinkForm(forms.Form):
    """Which release this one translates, told by its address in the newsroom or at the desk."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    address = forms.CharField(
        label=gettext_lazy("Address of the original"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Copied from the newsroom or from the desk. Left empty, it is no translation."
        ),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_address(self) -> int | None:
        """Return the key of the release at the address, None for none."""
        path = urlsplit(self.cleaned_data["address"].strip()).path
        if not path:
            return None
        found = self._at(path if path.startswith("/") else f"/{path}")
        if found is None:
            raise forms.ValidationError(_("There is no release at this address."))
        return found.pk

    def _at(self, path: str) -> Release | None:
        """Return the release whose form or page is there, if this person may see it."""
        there = Release.objects.visible_to(self.by)
        with translation.override(translation.get_language_from_path(path) or "en"):
            try:
                match = resolve(path)
            except Resolver404:
                return None
            if match.view_name == "admin:releases_release_change":
                key = match.kwargs["object_id"]
                return there.filter(pk=key).first() if key.isdecimal() else None
            language, slug = translation.get_language(), match.kwargs.get("slug")
        if match.namespace != "newsroom" or not slug:
            return None
        at_slug = {"addresses__language": language, "addresses__slug": slug}
        return there.filter(**at_slug).first() or there.filter(language=language, slug=slug).first()


@permission_required("releases.change_release", raise_exception=True)
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which release this one translates; then both lead to each other."""
    by: Any = request.user
    release = release_for(request, pk)
    known = Release.objects.visible_to(by).filter(pk=release.original_id or 0).first()
    address = request.build_absolute_uri(_desk("change", known.pk)) if known else ""
    initial = {"seen": release.version, "address": address}
    form = LinkForm(request.POST or None, by=by, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            workflow.link(pk, by, told["seen"], told["address"])
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, _("Readers see this with the next edition."))
            return HttpResponseRedirect(_desk("change", pk))
    return small_page(request, "link", release, form, _("Link to the original"))


@require_POST
@permission_required("releases.change_release", raise_exception=True)
def catch_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that this translation has what stands in an edition of its original."""
    text = request.POST.get("number", "")
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    seen = seen_by_button(request)
    return act(request, pk, seen, lambda pk, by, seen: workflow.catch_up(pk, by, seen, number))
