"""Who may see a release: naming the people, and the way in for an administrator."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from releases import workflow
from releases.desk.access import release_for
from releases.desk.small_page import small_page
from releases.desk.state import restriction
from releases.models import Release
from releases.models.release import visible_to


def staff(permission: str = "releases.view_release") -> QuerySet[User]:
    """Return those who come to the desk and have this right, by name."""
    able = User.objects.with_perm(
        permission, backend="django.contrib.auth.backends.ModelBackend"
    ).filter(is_staff=True)
    return able.order_by("first_name", "last_name", "username")


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """People of the desk, each with the role that says what he or she could do here."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        """Return "Ana Ruiz (editor)"."""
        roles = ", ".join(group.name for group in obj.groups.all())
        return f"{workflow.name_of(obj)} ({roles})" if roles else workflow.name_of(obj)


class PeopleForm(forms.Form):
    """Everybody at the desk, or only the people named."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    who = forms.ChoiceField(
        label=gettext_lazy("Who may see this"),
        choices=[
            ("everybody", gettext_lazy("Everybody at the desk")),
            ("named", gettext_lazy("Only these people")),
        ],
        widget=forms.RadioSelect,
    )
    people = PeopleField(label=gettext_lazy("These people"), queryset=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = staff().prefetch_related("groups")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for names where only some are to see it; names count for nothing otherwise."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("who") == "everybody":
            cleaned["people"] = []
        elif not cleaned.get("people") and "people" not in self.errors:
            self.add_error("people", _("Name at least one person."))
        return cleaned


@permission_required("releases.change_release", raise_exception=True)
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask who may see the release; then only they do."""
    by: Any = request.user
    release = release_for(request, pk)
    named = list(release.named.all())
    who = "named" if named else "everybody"
    initial = {"seen": release.version, "who": who, "people": named or [by]}
    form = PeopleForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen, chosen = form.cleaned_data["seen"], form.cleaned_data["people"]
        try:
            release = workflow.restrict(pk, by, seen, chosen)
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            _say(request, release)
            return HttpResponseRedirect(reverse("admin:releases_release_change", args=[pk]))
    return small_page(request, "people", release, form, _("Choose who may see this"))


def _say(request: HttpRequest, release: Release) -> None:
    """Say who sees it now, and warn where it could not go on with these people alone."""
    names = restriction(release)
    messages.success(request, names or _("Everybody at the desk may see this release."))
    if not names:
        return
    named = release.named.values("pk")
    if not staff("releases.approve_release").filter(pk__in=named).exists():
        messages.warning(request, _("None of these people may approve it: name an editor, too."))
    if not staff("releases.publish_release").filter(pk__in=named).exists():
        messages.warning(request, _("None of these people may publish it: name a publisher, too."))


class StepInForm(forms.Form):
    """Which restricted release, told by its number and its people alone, and why."""

    release = forms.ChoiceField(
        label=gettext_lazy("Restricted release"), widget=forms.RadioSelect, choices=[]
    )
    why = forms.CharField(
        label=gettext_lazy("Why you have to see it"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The people named read it in the release’s log."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = Release.objects.exclude(visible_to(by)).order_by("pk").prefetch_related("named")
        # The version that this page has seen goes with the choice.
        choices = [(f"{one.pk}.{one.version}", f"{one.pk} · {restriction(one)}") for one in hidden]
        self.fields["release"].choices = choices  # type: ignore[attr-defined]

    def clean_release(self) -> tuple[int, int]:
        """Return the key and the version seen."""
        pk, _dot, seen = self.cleaned_data["release"].partition(".")
        return int(pk), int(seen)


@permission_required(["auth.change_user", "releases.view_release"], raise_exception=True)
def restricted(request: HttpRequest) -> HttpResponse:
    """Let an administrator join the people who may see a release, and say so in its log."""
    by: Any = request.user
    form = StepInForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        pk, seen = form.cleaned_data["release"]
        try:
            release = workflow.step_in(pk, by, seen, form.cleaned_data["why"])
        except workflow.Refused as refused:
            form.add_error(None, refused.reasons)
        else:
            messages.success(request, restriction(release))
            return HttpResponseRedirect(reverse("admin:releases_release_change", args=[pk]))
    return small_page(request, "restricted", None, form, _("Join the people named"))
